"""IP addresses of version 6, not times of day. Value: as RFC 5952 writes them."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.addresses import read_ipv6
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

GATE = r"(?i)[0-9a-f]{1,4}:[0-9a-f:]{2,35}"
_SIX = re.compile(r"(?<![0-9a-z_:.])[0-9a-f:]{6,39}(?![0-9a-z_:]|\.\d)", re.IGNORECASE)
_COLONS_MIN = 2


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find addresses in a folded text."""
    for match in _SIX.finditer(folded.plain):
        six = read_ipv6(match[0]) if match[0].count(":") >= _COLONS_MIN else None
        if six:
            yield folded.make("ipv6", six, match.span())
