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
    LETTERS,
    list_hosts,
)

# Whatever holds a host holds this; also a pattern of Rust's regex.
HOST_GATE = rf"[{LETTERS}]{BROKEN_DOT}[a-zA-Z\u00c0-\u058f]{{2}}"
_CHAIN = re.compile(rf"{ALONE}(?:[wW]{{3}}(?:{BROKEN_DOT}|\. ){BROKEN_CHAIN}|{CHAIN})")
_SPOT = re.compile(rf"[.。｡丶·•点](?=[\])}}】）」> \r\n]{{0,2}}[{LETTERS}])")
_WORD_DOT = re.compile(r"d[o0]t[\])}】）」> ]")
_LETTERS = "".join(each for each in map(chr, range(0x590)) if re.match(f"[{LETTERS}]", each))
_OPENING = "[({【（「< \r\n"
_LABEL_CHARS = 70
_GLUED = re.compile(r"[a-zA-Z0-9]{2}")


class Host(Struct, frozen=True, gc=False):
    """A host's canonical name, where it stands in the folded text, and if it ends its chain."""

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
    for chain in _find_chains(folded):
        start = _find_start(folded, chain)
        written = folded.plain[start : chain.end()]
        for name, begin, end in list_hosts(written):
            yield Host(name, start + begin, start + end, start + end == chain.end())


def _find_chains(folded: Folded) -> Iterator[Match[str]]:
    # Dots are rarer than letters: look for one that belongs to nothing yet, then for where its name
    # begins.
    if _WORD_DOT.search(folded.low):
        yield from _CHAIN.finditer(folded.plain)
        return
    plain, place = folded.plain, 0
    for spot in _SPOT.finditer(plain):
        if spot.start() >= place and not folded.is_taken(spot.span()):
            first = max(place, spot.start() - _LABEL_CHARS)
            before = plain[first : spot.start()].rstrip(_OPENING).rstrip(_LETTERS)
            chain = _CHAIN.match(plain, first + len(before))
            if chain:
                yield chain
                place = chain.end()


def _find_start(folded: Folded, chain: Match[str]) -> int:
    # A host that is glued to a word written in another way begins where the writing changes.
    start, plain = chain.start(), folded.plain
    if plain is folded.text:
        return start
    for place in range(start + 1, min(chain.end(), start + _LABEL_CHARS)):
        is_glued = plain[place - 1] == " " or _GLUED.match(plain, place - 1)
        if is_glued and folded.is_seam(place):
            return place
    return start
