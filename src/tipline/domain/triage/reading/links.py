"""Puts links together: host, port and the rest, refanged."""

import re

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import list_hiding, write_ascii
from tipline.domain.triage.reading.innocent import judge_host, judge_innocent
from tipline.domain.triage.reading.paths import read_path
from tipline.domain.values import Identifier

Place = tuple[str, int]  # a host and where it ends
PORT = re.compile(r":([0-9]{1,5})(?![0-9])")
FOLLOWERS = frozenset(":/?#")  # what ends a host for certain
_USUAL_PORTS = {"http": "80", "https": "443", "ftp": "21"}


def find_end(plain: str, place: int) -> int:
    """Tell where a link ends whose host ends at ``place``; ``place`` itself if nothing follows."""
    port = PORT.match(plain, place)
    end = port.end() if port else place
    return end + len(read_path(plain, end)[0])


def make_link(
    folded: Folded, scheme: str, read: Place, head: tuple[int, int], *hidden: str
) -> Identifier:
    """Make a link; ``head`` is where it starts and where its host starts."""
    host, end = read
    begin = f"{scheme}://" if scheme else ""
    port = PORT.match(folded.plain, end)
    place = port.end() if port else end
    shown = f":{port[1]}" if port and port[1] != _USUAL_PORTS.get(scheme) else ""
    written, path, ways = read_path(folded.plain, place)
    ways = (*hidden, *list_hiding(folded.plain[head[1] : end], host), *ways)
    also = "" if host.isascii() else f"{begin}{write_ascii(host)}{shown}{path}"
    is_address = host[-1].isdigit() or host[-1] == "]"
    value = f"{begin}{host}{shown}{path}"
    innocent = (
        judge_innocent("url", value) if is_address else judge_host(host, is_front=len(path) < 2)
    )
    span = head[0], place + len(written)
    return folded.make("url", value, span, *ways, also=also, innocent=innocent)
