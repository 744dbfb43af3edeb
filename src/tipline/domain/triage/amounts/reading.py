"""Reads a whole text for amounts, also where characters of no width stand between its digits."""

import re
from decimal import Decimal

from msgspec.structs import replace

from tipline.domain.triage.amounts import context, english, finding
from tipline.domain.triage.amounts.context import GAP
from tipline.domain.triage.amounts.currencies import FIRSTS, LASTS, LATIN
from tipline.domain.triage.amounts.finding import SCALES, Amount
from tipline.domain.triage.amounts.numerals import ARABIC, CHINESE

_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]")
_NUMERAL = f"{ARABIC}{CHINESE}余餘多来來把"
_SCALE = "百佰千仟万萬亿億wWkKｗＷｋＫ"  # noqa: RUF001 - as sent
# A text in which this finds nothing, once characters of no width are gone, holds no amount. Means
# the same to Python's re and to Rust's regex: no looking around, no classes that differ.
GATE = "(?i)" + "|".join(
    (
        rf"[{_NUMERAL}wWkKｗＷｋＫ+＋]{GAP}{{0,2}}[{FIRSTS}毛角{_SCALE}]",  # noqa: RUF001 - as sent
        rf"(?:{'|'.join(SCALES)}){GAP}{{0,2}}[{FIRSTS}]",
        rf"[{LASTS}]{GAP}{{0,2}}[:：]?{GAP}{{0,2}}[{_NUMERAL}]",
        rf"{context.PAID}[{ARABIC}]",
        rf"[a-z][ -](?:{LATIN})",
    )
)
_GATE = re.compile(GATE)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Find the amounts of money in ``text``, in the order of their places and never overlapping.

    Never raises; takes time in proportion to the length of the text.
    """
    seen = _UNSEEN.sub("", text)
    if not _GATE.search(seen):
        return ()
    found = _find_all(seen)
    return found if len(seen) == len(text) else _put_back(text, found)


def write_plain(value: Decimal) -> str:
    """Write an amount as plain digits without exponent and trailing zeros: 38000, 1234.5."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _find_all(text: str) -> tuple[Amount, ...]:
    written = list(finding.find_in(text))
    words = list(english.find_in(text)) if text.isascii() or re.search("[a-z]{3}", text) else []
    if not words:
        return tuple(written)
    taken = [(each.start, each.end) for each in written]
    free = [each for each in words if not any(s < each.end and each.start < e for s, e in taken)]
    return tuple(sorted((*written, *free), key=lambda each: each.start))


def _put_back(text: str, found: tuple[Amount, ...]) -> tuple[Amount, ...]:
    places = [place for place, each in enumerate(text) if not _UNSEEN.match(each)]
    moved = ((places[each.start], places[each.end - 1] + 1, each) for each in found)
    return tuple(replace(each, start=s, end=e, surface=text[s:e]) for s, e, each in moved)
