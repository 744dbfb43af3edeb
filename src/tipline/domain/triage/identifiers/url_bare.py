"""Links without a scheme: a host with a port or a path. Value: as ``url_schemed``, without a scheme."""

from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import BROKEN_DOT, LETTERS
from tipline.domain.triage.reading.links import FOLLOWERS, find_end, make_link
from tipline.domain.triage.reading.names import list_names
from tipline.domain.triage.reading.suffixes import looks_like_prose
from tipline.domain.values import Identifier

GATE = rf"{BROKEN_DOT}[{LETTERS}]{{2,63}}(?:[/?#]|:[0-9])"


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find links in a folded text."""
    plain = folded.plain
    for host in list_names(folded):
        is_followed = host.is_last and plain[host.end : host.end + 1] in FOLLOWERS
        if is_followed and not folded.is_taken((host.start, host.end)):
            is_link = find_end(plain, host.end) > host.end and not looks_like_prose(host.name)
            if is_link:
                yield make_link(folded, "", (host.name, host.end), (host.start, host.start))
