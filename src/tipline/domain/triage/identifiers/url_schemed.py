"""Links with a scheme.

Value: refanged, scheme and host in lower case, host in Unicode, no user name, no usual port, the
path as written.
"""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.addresses import read_ipv4, read_ipv6
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import (
    BROKEN_CHAIN,
    WIDE_CHAIN,
    cut_host,
    cut_wide_host,
    read_any_host,
    read_host,
)
from tipline.domain.triage.reading.links import FOLLOWERS, Place, make_link
from tipline.domain.values import Identifier

_SLASHES = r"(?:\\?/ ?\\?/|\[//\]|\\\\)"
_MARK = r" ?(?:[:：;]|\[[:：]\]|\([:：]\)) ?"
_NAME = r"h ?(?:t ?t|x ?x|\* ?\*|#+|_ ?_) ?p(?: ?s)?"
_SCHEME = re.compile(
    rf"(?P<scheme>{_NAME}|(?<![a-z])ftp)(?:{_MARK}{_SLASHES}|:/(?=[a-z0-9])|//) ?(?:\r?\n)?"
    r"(?P<user>(?:[\w.~%!$&'*+;=:-]{1,100}@){1,3})?"
)
GATE = rf"(?i)(?:{_NAME}|ftp)(?:{_MARK}{_SLASHES}|:/|//)"
_CHAIN = re.compile(BROKEN_CHAIN)
_WIDE_CHAIN = re.compile(WIDE_CHAIN)
_BRACKETED = re.compile(r"\[([0-9a-fA-F:.]{2,45})\]")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]{8}|[1-9][0-9]{7,9}|localhost)(?=[/:?#])")
_HOST_CHARS = 300


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find links in a folded text."""
    plain = folded.plain
    for match in _SCHEME.finditer(folded.low):
        read = _read_authority(plain, match.end())
        if read:
            scheme = _read_scheme(match["scheme"])
            hidden = _list_hiding(match, scheme)
            yield make_link(folded, scheme, read, (match.start(), match.end()), *hidden)


def _read_scheme(written: str) -> str:
    if written == "ftp":
        return "ftp"
    return "https" if written[-1] == "s" else "http"


def _list_hiding(match: Match[str], scheme: str) -> tuple[str, ...]:
    ways = () if match["scheme"] == scheme and ":" in match[0] else ("hxxp",)
    return (*ways, "userinfo") if match["user"] else ways


def _read_authority(plain: str, start: int) -> Place | None:
    # A host at ``start``: the host and where it ends.
    bracketed = _BRACKETED.match(plain, start)
    if bracketed:
        six = read_ipv6(bracketed[1])
        return (f"[{six}]", bracketed.end()) if six else None
    readings = (
        read(plain, start) for read in (_read_certain, _read_known, _read_wide, _read_unknown)
    )
    return next(filter(None, readings), None)


def _read_certain(plain: str, start: int) -> Place | None:
    # Between a scheme and a port or path stands the host, even one under an unlisted suffix.
    number = _NUMBER.match(plain, start)
    if number:
        return number[0].lower(), number.end()
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    if not chain or plain[chain.end() : chain.end() + 1] not in FOLLOWERS:
        return None
    host = read_ipv4(chain[0]) or read_host(chain[0]) or read_any_host(chain[0])
    return (host, chain.end()) if host else None


def _read_known(plain: str, start: int) -> Place | None:
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    if not chain:
        return None
    four = read_ipv4(chain[0])
    if four:
        return four, chain.end()
    cut = cut_host(chain[0])
    return (cut[0], start + cut[1]) if cut else None


def _read_wide(plain: str, start: int) -> Place | None:
    chain = _WIDE_CHAIN.match(plain, start, start + _HOST_CHARS)
    cut = cut_wide_host(chain[0]) if chain and not chain[0].isascii() else None
    return (cut[0], start + cut[1]) if cut else None


def _read_unknown(plain: str, start: int) -> Place | None:
    # A scheme says that a host follows, even one whose suffix is not listed (yet).
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    host = read_any_host(chain[0]) if chain else None
    return (host, chain.end()) if chain and host else None
