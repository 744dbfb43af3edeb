"""Host names in a folded text, found once for all detectors that need them."""

import re
from collections.abc import Iterator
from re import Match

from msgspec import Struct

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import (
    ALONE,
    BROKEN_CHAIN,
    BROKEN_DOT,
    CHAIN,
    DOT,
    LETTERS,
    list_hosts,
)

# Whatever holds a host holds this; also a pattern of Rust's regex.
HOST_GATE = rf"(?i)[{LETTERS}]{BROKEN_DOT}[a-z\u00c0-\u058f]{{2}}"
_CHAIN = re.compile(rf"{ALONE}(?:www{BROKEN_DOT}{BROKEN_CHAIN}|{CHAIN})", re.IGNORECASE)


class Host(Struct, frozen=True, gc=False):
    """A host's canonical name, where it stands in the folded text, and where its chain ends."""

    name: str
    start: int
    end: int
    is_last: bool


def list_names(folded: Folded) -> tuple[Host, ...]:
    """Hosts of a folded text in the order of their places."""
    if folded.names is None:
        folded.names = tuple(_find_names(folded))
    return folded.names


def _find_names(folded: Folded) -> Iterator[Host]:
    for chain in _CHAIN.finditer(folded.plain):
        start = _find_start(folded, chain)
        written = folded.plain[start : chain.end()]
        for name, begin, end in list_hosts(written):
            yield Host(name, start + begin, start + end, start + end == chain.end())


def _find_start(folded: Folded, chain: Match[str]) -> int:
    # A host that is glued to a word written in another way begins where the writing changes.
    if folded.plain is folded.text:
        return chain.start()
    first = next(each for each in range(chain.start(), chain.end()) if folded.plain[each] in _DOTS)
    seams = (each for each in range(chain.start() + 1, first) if folded.is_seam(each))
    return next(seams, chain.start())


_DOTS = frozenset(".。｡丶·•点[({【（「< \r\n")
