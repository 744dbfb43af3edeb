"""Links whose host is an IP address, without a scheme. Value: as ``url_schemed``, without a scheme."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.addresses import FOUR, FOUR_GATE, read_ipv4
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.links import PORT, make_link
from tipline.domain.values import Identifier

GATE = FOUR_GATE
_WORDY = re.compile(r"/[a-zA-Z]")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find links in a folded text: 10.0.0.1:8080 and 10.0.0.1/login; 10.0.0.0/8 is a network."""
    for match in FOUR.finditer(folded.plain):
        follows = PORT.match(folded.plain, match.end()) or _WORDY.match(folded.plain, match.end())
        four = read_ipv4(match[0]) if follows else None
        if four:
            yield make_link(folded, "", (four, match.end()), (match.start(), match.start()))
