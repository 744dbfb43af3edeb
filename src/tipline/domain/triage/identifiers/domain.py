"""Domain names without scheme or path. Value: lower case, Unicode."""

import re
from collections.abc import Iterable, Iterator
from re import Match

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.triage.identifiers.hosts import (
    ALONE,
    CHAIN,
    WIDE_CHAIN,
    list_hosts,
    looks_like_file,
    read_host,
)
from tipline.domain.values import Identifier

_CHAIN = re.compile(rf"{ALONE}{CHAIN}", re.IGNORECASE)
_WIDE_CHAIN = re.compile(WIDE_CHAIN, re.IGNORECASE)


def find(text: str) -> Iterable[Identifier]:
    """Find domain names in ``text``.

    In running text their letters are ASCII, since nobody can tell where a Chinese sentence ends
    and a Chinese name begins; a text that is nothing but a name may be in any letters.
    """
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find domain names in a folded text."""
    whole = _read_whole(folded)
    if whole:
        yield whole
        return
    for match in _CHAIN.finditer(folded.plain):
        for host, start, end in list_hosts(match[0]):
            if _is_alone(folded, match, host):
                yield folded.make("domain", host, (match.start() + start, match.start() + end))


def _read_whole(folded: Folded) -> Identifier | None:
    if folded.plain.isascii():
        return None
    start = len(folded.plain) - len(folded.plain.lstrip())
    whole = _WIDE_CHAIN.fullmatch(folded.plain, start, len(folded.plain.rstrip()))
    host = read_host(whole[0]) if whole else None
    if host and "xn--" in host:
        return None
    return folded.make("domain", host, whole.span()) if whole and host else None


def _is_alone(folded: Folded, match: Match[str], host: str) -> bool:
    # Not the first half of an e-mail address, and not the name of a file in running text.
    if folded.after(match.end(), 1) == "@":
        return False
    return not looks_like_file(host) or folded.is_whole(match)
