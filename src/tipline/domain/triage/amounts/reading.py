"""Reads a whole text for amounts, also where characters of no width stand between its digits."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from tipline.domain.triage.amounts import context, english, finding
from tipline.domain.triage.amounts.context import GAP
from tipline.domain.triage.amounts.currencies import AFTER_WORDS, BEFORE_WORDS, LATIN
from tipline.domain.triage.amounts.finding import SCALES, Amount
from tipline.domain.triage.amounts.numerals import ARABIC, CHINESE

Sift = Callable[[Sequence[str], Sequence[str]], Sequence[int]]
_UNSEEN_CLASS = "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]"
_UNSEEN = re.compile(_UNSEEN_CLASS)
_NUMERAL = f"{ARABIC}{CHINESE}余餘多来來把"
_SCALE = "百佰千仟万萬亿億wWkKｗＷｋＫ"  # noqa: RUF001 - as sent
# A text in which this finds nothing holds no amount. It means the same to Python's re and to Rust's
# regex: no looking around, no classes that differ.
GATE = "(?i)" + "|".join(
    (
        rf"[{_NUMERAL}+＋]{GAP}?[wWkKｗＷｋＫ]?[{_NUMERAL}+＋]{{0,2}}{GAP}{{0,2}}(?:{AFTER_WORDS}|[毛角])",  # noqa: RUF001 - as sent
        rf"[{_NUMERAL}]{GAP}?[{_SCALE}]",
        rf"(?:{'|'.join(SCALES)}){GAP}{{0,2}}(?:{AFTER_WORDS})",
        rf"(?:{BEFORE_WORDS}){GAP}{{0,2}}[:：]?{GAP}{{0,2}}[{_NUMERAL}]",
        rf"{context.PAID}[{ARABIC}]",
        rf"[a-z][ -](?:{LATIN})",
        _UNSEEN_CLASS,
    )
)
_ENGLISH = tuple(sorted({word[:3] for word in LATIN.split("|")}))


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Find the amounts of money in ``text``, in the order of their places and never overlapping.

    Never raises; takes time in proportion to the length of the text.
    """
    seen = _UNSEEN.sub("", text)
    found = _find_all(seen)
    return found if len(seen) == len(text) else _put_back(text, found)


def find_amounts_many(texts: Sequence[str], *, sift: Sift) -> list[tuple[Amount, ...]]:
    """Find the amounts of many texts: the same as ``find_amounts`` of each.

    ``sift(texts, patterns)`` gives a number for each text whose bit ``n`` says that pattern ``n`` is
    in it; a fast engine makes this fast.
    """
    told = sift(texts, (GATE,))
    return [find_amounts(text) if bit else () for text, bit in zip(texts, told, strict=True)]


def write_plain(value: Decimal) -> str:
    """Write an amount as plain digits without exponent and trailing zeros: 38000, 1234.5."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _find_all(text: str) -> tuple[Amount, ...]:
    written = list(finding.find_in(text))
    words = list(english.find_in(text)) if _may_hold_words(text) else []
    if not words:
        return tuple(written)
    taken = [(each.start, each.end) for each in written]
    free = [each for each in words if not any(s < each.end and each.start < e for s, e in taken)]
    return tuple(sorted((*written, *free), key=lambda each: each.start))


def _may_hold_words(text: str) -> bool:
    low = text.lower()
    for word in _ENGLISH:  # noqa: SIM110 - any() with a generator takes four times as long
        if word in low:
            return True
    return False


def _put_back(text: str, found: tuple[Amount, ...]) -> tuple[Amount, ...]:
    places = [place for place, each in enumerate(text) if not _UNSEEN.match(each)]
    moved = ((places[each.start], places[each.end - 1] + 1, each) for each in found)
    return tuple(replace(each, start=s, end=e, surface=text[s:e]) for s, e, each in moved)
