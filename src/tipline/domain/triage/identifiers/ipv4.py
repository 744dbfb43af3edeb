"""IP addresses of version 4, not the numbers of versions. Value: four decimal numbers."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.addresses import FOUR, FOUR_GATE, read_ipv4
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import list_hiding
from tipline.domain.values import Identifier

GATE = FOUR_GATE
_VERSION = re.compile(
    r"(?:版本号?|版|固件|内核|驱动|第|章|节|chapter|section|kernel|driver|clause|/|build|firmware|release|(?<![a-z])(?:version|ver|v))[\s:：.]*(?:是|为|is)?\s*\Z"
)


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find addresses in a folded text."""
    for match in FOUR.finditer(folded.plain):
        four = read_ipv4(match[0])
        if four and not _VERSION.search(folded.before(match.start(), 12)):
            yield folded.make("ipv4", four, match.span(), *list_hiding(match[0], four))
