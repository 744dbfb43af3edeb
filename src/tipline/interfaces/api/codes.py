"""Read a receipt code from a call."""

from tipline.domain.intake.receipt import CodeMistyped, CodeRefused, format_code, read_code
from tipline.interfaces.api.problems import FieldError, Problem
from tipline.interfaces.api.wording import word

CANDIDATES_MAX = 10


def read_given_code(text: str, *, language: str) -> str:
    """Read a code in any spelling; gives its 20 characters.

    Raises:
        Problem: it is mistyped, and where; or it is no code at all.

    """
    try:
        return read_code(text)
    except CodeMistyped as mistyped:
        shown = tuple(format_code(each) for each in mistyped.candidates[:CANDIDATES_MAX])
        raise _refuse(mistyped, language, (mistyped.positions, shown)) from None
    except CodeRefused as refused:
        raise _refuse(refused, language, ((), ())) from None


def _refuse(
    refused: CodeRefused, language: str, hints: tuple[tuple[int, ...], tuple[str, ...]]
) -> Problem:
    reason = word(refused.message, refused.params, language)
    error = FieldError("receipt_code", reason, refused.reason)
    return Problem("code_mistyped", errors=(error,), hints=hints)
