"""E-mail addresses. Value: lower case, host in Unicode."""

import re
from collections.abc import Iterable, Iterator
from string import ascii_letters, digits

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.triage.identifiers.hosts import CHAIN, WIDE_CHAIN, cut_host, read_host
from tipline.domain.values import Identifier

_AT = re.compile(r"@|\[at\]|\(at\)|\[@\]|\(@\)", re.IGNORECASE)
_LOCAL = re.compile(r"[a-z0-9_](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?\Z", re.IGNORECASE)
_LOCAL_CHARACTERS = frozenset(ascii_letters + digits + "._%+-")
_CHAIN = re.compile(CHAIN, re.IGNORECASE)
_WIDE_CHAIN = re.compile(WIDE_CHAIN, re.IGNORECASE)
_LOCAL_CHARS_MAX = 64
_HOST_CHARS = 300


def find(text: str) -> Iterable[Identifier]:
    """Find e-mail addresses in ``text``."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find e-mail addresses in a folded text."""
    for at in _AT.finditer(folded.plain):
        local = _read_local(folded.plain, at.start())
        host = _read_mail_host(folded, at.end()) if local else None
        if local and host:
            name, end = host
            yield folded.make("email", f"{local.lower()}@{name}", (at.start() - len(local), end))


def _read_local(plain: str, end: int) -> str | None:
    start = end
    while start and end - start <= _LOCAL_CHARS_MAX and plain[start - 1] in _LOCAL_CHARACTERS:
        start -= 1
    local = plain[start:end].lstrip(".-%+")
    return local if _LOCAL.match(local) else None


def _read_mail_host(folded: Folded, start: int) -> tuple[str, int] | None:
    chain = _CHAIN.match(folded.plain, start, start + _HOST_CHARS)
    cut = cut_host(chain[0]) if chain else None
    if cut:
        return cut[0], start + cut[1]
    wide = _WIDE_CHAIN.match(folded.plain, start, start + _HOST_CHARS)
    host = read_host(wide[0]) if wide and wide.end() == len(folded.plain.rstrip()) else None
    return (host, wide.end()) if wide and host else None
