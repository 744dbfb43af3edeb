"""Mobile numbers of the mainland as most people write them. Value: E.164, as ``+8613800138000``."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.digits import keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.labels import may_start_number
from tipline.domain.values import Identifier

GATE = r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
_MOBILE = re.compile(
    r"1[3-9][0-9](?:[0-9]{8}|[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9a-zA-Z_]|[.,][0-9]{1,3}(?![0-9]))"
)
_COUNTRY = re.compile(r"(?<![0-9])(?:\(?\+ ?|00|\()?86\)?[ -]{0,2}\Z")
_COUNTRY_CHARS = 9


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find mobile numbers in a folded text."""
    plain = folded.plain
    for match in _MOBILE.finditer(plain):
        start = match.start()
        country = _COUNTRY.search(plain, max(0, start - _COUNTRY_CHARS), start)
        start = country.start() if country else start
        if not _goes_on(plain[max(0, start - 2) : start]) and may_start_number(folded, start):
            yield folded.make("phone", "+86" + keep_digits(match[0]), (start, match.end()))


def _goes_on(before: str) -> bool:
    # A digit right before, or a decimal point after one, makes it part of a longer number.
    return before[-1:].isdigit() or (before[-1:] == "." and before[:1].isdigit())
