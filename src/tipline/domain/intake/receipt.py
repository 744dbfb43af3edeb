"""The receipt's code: 20 characters in five groups of four, made, written and read back.

18 characters are random (90 bits), two are checks (see ``mending``). A single wrong character is
found and mended, a swap of two neighbours likewise, one or two unreadable characters are filled in,
and a missing or an extra character leaves a few candidates, of which the caller may try which one
exists.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from tipline.domain.intake.alphabet import CHARACTERS, POWERS, VALUES, multiply
from tipline.domain.intake.mending import (
    LENGTH,
    Mended,
    fill_in,
    is_code,
    mend_extra,
    mend_missing,
    mend_swapped,
    mend_wrong,
    solve,
)
from tipline.domain.words import Param, gettext_noop

GROUP = 4
RANDOM_BYTES = 12
_RANDOM = 18  # characters
_LONGEST = 400  # characters that are looked at: whatever is longer was never a code
_ALIKE = str.maketrans("OILU", "011V")
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc", "Cs"})
_WORD = re.compile(r"[^\s\-_./,:;|·•。、，\u2010-\u2015\u2212]+")

REFUSALS: Mapping[str, str] = {
    "empty": gettext_noop("Enter the code from your receipt."),
    "missing": gettext_noop("Missing characters: %(count)s. A code has 20: five groups of four."),
    "missing_in": gettext_noop("Characters are missing in group %(groups)s. Each group has four."),
    "extra": gettext_noop("Characters too many: %(count)s. A code has 20: five groups of four."),
    "extra_in": gettext_noop(
        "There are too many characters in group %(groups)s. Each group has four."
    ),
    "strange": gettext_noop("Some characters do not occur in codes: see position %(places)s."),
    "mistyped": gettext_noop("The code has more than one typing error."),
    "mistyped_at": gettext_noop("The code has a typing error, probably at position %(places)s."),
}


class CodeRefused(Exception):
    """This is not a code; ``reason`` is a key of ``REFUSALS``, ``params`` fill its message."""

    def __init__(self, reason: str, **params: Param) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params

    @property
    def message(self) -> str:
        """Message id to show, to be filled with ``params``."""
        return REFUSALS[self.reason]


class CodeMistyped(CodeRefused):
    """This is nearly a code.

    ``candidates`` are the codes that are one slip away (most often one, at times a few, none if
    there was more than one slip), and ``positions``, from 1, where each slip would be.
    """

    def __init__(self, reason: str, mended: Iterable[Mended] = (), **params: Param) -> None:
        found = dict(mended)
        self.candidates = tuple(found)
        self.positions = tuple(place + 1 for place in found.values())
        super().__init__(reason, places=_join(sorted(set(self.positions))), **params)


def _list_checks() -> list[list[int]]:
    # The check pair (ten bits) that each value at each random place asks for: checks are linear.
    rows = [
        [(value, multiply(value, POWERS[place])) for value in range(32)] for place in range(_RANDOM)
    ]
    pairs = [[solve(sums, _RANDOM, _RANDOM + 1) for sums in row] for row in rows]
    return [[first << 5 | second for first, second in row] for row in pairs]


_CHECKS = _list_checks()


def make_code(random_bytes: bytes) -> str:
    """Make a code of 20 characters from at least 12 fresh random bytes, of which it uses 90 bits.

    Raises:
        ValueError: fewer than 12 bytes.

    """
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a code needs {RANDOM_BYTES} random bytes, not {len(random_bytes)}")
    number = int.from_bytes(random_bytes[:RANDOM_BYTES], "big") >> 6
    code, pair = "", 0
    for checks in _CHECKS:
        value = number & 31
        number >>= 5
        code += CHARACTERS[value]
        pair ^= checks[value]
    return code + CHARACTERS[pair >> 5] + CHARACTERS[pair & 31]


def format_code(code: str) -> str:
    """Write a code in groups: ``ABCD-EFGH-JKMN-PQRS-TVWX``."""
    return "-".join([code[start : start + GROUP] for start in range(0, len(code), GROUP)])


def read_code(text: str) -> str:
    """Read a code as a person typed it and give its 20 characters.

    Any case, spaces, hyphens and full-width forms are understood, and O for 0, I and L for 1, U
    for V. One or two characters that could not be read may be given as ``?``.

    Raises:
        CodeMistyped: nearly a code; carries the codes that may have been meant.
        CodeRefused: not a code.

    """
    words = _split_words(text)
    typed = "".join(words)
    if len(typed) != LENGTH:
        raise _refuse_length(typed, words)
    strange = _find_strange(typed)
    if strange:
        return _fill_in(typed, strange)
    if not is_code(typed):
        raise _refuse_sums(typed)
    return typed


def _split_words(text: str) -> list[str]:
    # Spaces, dashes, dots and the like part groups; marks that nobody can see are dropped.
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    seen = (each for each in folded if each.isspace() or unicodedata.category(each) not in _UNSEEN)
    return _WORD.findall("".join(seen).translate(_ALIKE))


def _find_strange(typed: str) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(typed) if each not in VALUES)


def _fill_in(typed: str, strange: tuple[int, ...]) -> str:
    filled = fill_in(typed, strange) if len(strange) <= 2 else None
    if filled is None:
        raise CodeRefused("strange", places=_join(place + 1 for place in strange))
    return filled


def _refuse_sums(typed: str) -> CodeMistyped:
    mended = [*mend_wrong(typed), *mend_swapped(typed)]
    return CodeMistyped("mistyped_at" if mended else "mistyped", mended)


def _refuse_length(typed: str, words: list[str]) -> CodeRefused:
    if not typed:
        return CodeRefused("empty")
    off = len(typed) - LENGTH
    kind = "extra" if off > 0 else "missing"
    groups = _find_groups(words, kind)
    reason = f"{kind}_in" if groups else kind
    mended = [] if _find_strange(typed) else _mend_length(typed, off, groups)
    if mended:
        return CodeMistyped(reason, mended, count=abs(off), groups=_join(groups))
    return CodeRefused(reason, count=abs(off), groups=_join(groups))


def _find_groups(words: list[str], kind: str) -> list[int]:
    # Only five groups as printed tell where characters are missing or too many.
    if len(words) != LENGTH // GROUP:
        return []
    wrong = (len(word) > GROUP if kind == "extra" else len(word) < GROUP for word in words)
    return [number for number, is_wrong in enumerate(wrong, start=1) if is_wrong]


def _mend_length(typed: str, off: int, groups: list[int]) -> list[Mended]:
    if abs(off) != 1:
        return []
    mended = list(mend_missing(typed) if off < 0 else mend_extra(typed))
    inside = [each for each in mended if each[1] // GROUP + 1 in groups]
    return inside or mended


def _join(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
