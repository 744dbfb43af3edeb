"""E-mail addresses. Value: lower case, host in Unicode."""

import re
from collections.abc import Iterator
from re import Match
from string import ascii_letters, digits

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import (
    CHAIN,
    WIDE_CHAIN,
    cut_host,
    list_hiding,
    read_host,
    write_ascii,
)
from tipline.domain.values import Identifier

_BRACKET = r"[\[({【（<] ?(?:at|@|艾特|a) ?[\])}】）>]"
_WORD = r"(?<=[a-z0-9])(?: at | ?艾特 ?)(?=[a-z0-9-]{2,40}(?: dot |\.|[\[(]| ?[点。] ?))"
_MAIL_HOSTS = (
    r"(?:qq|163|126|gmail|hotmail|outlook|sina|yeah|foxmail|yahoo|proton(?:mail)?|139|189|icloud)"
)
_HASH = rf"(?<=[a-z0-9])[#*](?={_MAIL_HOSTS}[.点。\[(])"
_AT = re.compile(rf" @ |@| ?{_BRACKET} ?|{_WORD}|{_HASH}", re.IGNORECASE)
GATE = rf"(?i)@|{_BRACKET}|[a-z0-9] (?:at) [a-z0-9]|艾特|[#*]{_MAIL_HOSTS}"
_LOCAL = re.compile(r"[a-z0-9_](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?\Z", re.IGNORECASE)
_LOCAL_CHARACTERS = frozenset(ascii_letters + digits + "._%+-")
_CHAIN = re.compile(CHAIN, re.IGNORECASE)
_WIDE_CHAIN = re.compile(WIDE_CHAIN, re.IGNORECASE)
_LOCAL_CHARS_MAX = 64
_HOST_CHARS = 300


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find e-mail addresses in a folded text."""
    for at in _AT.finditer(folded.plain):
        local = _read_local(folded.plain, at)
        host = _read_mail_host(folded, at.end()) if local else None
        if local and host:
            yield _make(folded, at=at, local=local, host=host)


def _make(folded: Folded, *, at: Match[str], local: str, host: tuple[str, int]) -> Identifier:
    name, end = host
    ascii_host = write_ascii(name)
    hidden = list_hiding(folded.plain[at.end() : end], name)
    return folded.make(
        "email",
        f"{local.lower()}@{name}",
        (at.start() - len(local), end),
        *(("word_at", *hidden) if at[0] != "@" else hidden),
        also=f"{local.lower()}@{ascii_host}" if ascii_host else "",
    )


def _read_local(plain: str, at: Match[str]) -> str | None:
    start = end = at.start()
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
