"""Mobile numbers of the mainland as most people write them. Value: E.164, as ``+8613800138000``."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.digits import keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.labels import may_start_number
from tipline.domain.values import Identifier

_COUNTRY = r"(?:(?:\(?\+ ?|(?<![0-9])00|\()?86\)?[ -]{0,2})"
_MOBILE = re.compile(
    rf"(?<![0-9])(?<![0-9]\.){_COUNTRY}?(?P<mobile>1[3-9][0-9](?:[0-9]{{8}}|[ -]?[0-9]{{4}}[ -]?[0-9]{{4}}))"
    r"(?![0-9a-z_]|[.,][0-9]{1,3}(?![0-9]))",
    re.IGNORECASE,
)
GATE = r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find mobile numbers in a folded text."""
    for match in _MOBILE.finditer(folded.plain):
        if may_start_number(folded, match.start()):
            yield folded.make("phone", "+86" + keep_digits(match["mobile"]), match.span())
