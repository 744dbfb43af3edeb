"""Links: with a scheme, or a bare host with a port or path.

Value: refanged, scheme and host in lower case, host in Unicode, no user name, no usual port, and
at least the path ``/``; ``http`` where no scheme was written.
"""

import re
from collections.abc import Iterable, Iterator
from re import Match

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.triage.identifiers.hosts import (
    ALONE,
    CHAIN,
    WIDE_CHAIN,
    cut_host,
    cut_wide_host,
    list_hosts,
    read_any_host,
)
from tipline.domain.triage.identifiers.ip import read_ipv4, read_ipv6
from tipline.domain.values import Identifier

Link = tuple[str, int, int]  # value, start, end

_ASCII = re.IGNORECASE
_SCHEME = re.compile(
    r"(?<![a-z])(?P<scheme>h(?:tt|xx|\*\*)ps?|ftp)(?::|\[:\])(?://|\[//\]|\\\\)"
    r"(?:[\w.~%!$&'*+;=:-]{1,100}@)?",
    _ASCII,
)
_CHAIN = re.compile(CHAIN, _ASCII)
_WIDE_CHAIN = re.compile(WIDE_CHAIN, _ASCII)
_BRACKETED = re.compile(r"\[([0-9a-f:.]{2,45})\]", _ASCII)
_BARE = re.compile(rf"{ALONE}{CHAIN}", _ASCII)
_PORT = re.compile(r":(\d{1,5})(?!\d)")
_REST = re.compile(r"[/?#][!-~]{0,2000}")
_WORDY = re.compile(r"/[a-z]", _ASCII)
_SCHEMES = {"https": "https", "hxxps": "https", "h**ps": "https", "ftp": "ftp"}
_USUAL_PORTS = {"http": "80", "https": "443", "ftp": "21"}
_OPENERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ENDINGS = ".,;:!?'\"*_~`|"
_HOST_CHARS = 300
_FOLLOWERS = frozenset(":/?#")  # what ends a host for certain


def find(text: str) -> Iterable[Identifier]:
    """Find links in ``text``."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find links in a folded text; a link within another is not told."""
    place = 0
    for match in _merge(folded.plain):
        if match.start() >= place:
            read = _read_schemed if match.re is _SCHEME else _read_bare
            found = read(folded.plain, match)
            if found:
                value, start, place = found
                yield folded.make("url", value, (start, place))


def _merge(plain: str) -> list[Match[str]]:
    # With a scheme first where both begin at one place, as in ftp.x.com: never the same start.
    return sorted([*_SCHEME.finditer(plain), *_BARE.finditer(plain)], key=lambda each: each.start())


def _read_schemed(plain: str, match: Match[str]) -> Link | None:
    scheme = _SCHEMES.get(match["scheme"].lower(), "http")
    read = _read_authority(plain, match.end())
    if not read:
        return None
    value, end = _finish(plain, scheme, read)
    return value, match.start(), end


def _read_authority(plain: str, start: int) -> tuple[str, int] | None:
    # A host at ``start``: the host and where it ends.
    bracketed = _BRACKETED.match(plain, start)
    if bracketed:
        six = read_ipv6(bracketed[1])
        return (f"[{six}]", bracketed.end()) if six else None
    readings = (
        read(plain, start) for read in (_read_certain, _read_known, _read_wide, _read_unknown)
    )
    return next(filter(None, readings), None)


def _read_certain(plain: str, start: int) -> tuple[str, int] | None:
    # Between a scheme and a port or path stands the host, even one under an unlisted suffix.
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    if not chain or plain[chain.end() : chain.end() + 1] not in _FOLLOWERS:
        return None
    host = read_ipv4(chain[0]) or read_any_host(chain[0])
    return (host, chain.end()) if host else None


def _read_known(plain: str, start: int) -> tuple[str, int] | None:
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    if not chain:
        return None
    four = read_ipv4(chain[0])
    if four:
        return four, chain.end()
    cut = cut_host(chain[0])
    return (cut[0], start + cut[1]) if cut else None


def _read_wide(plain: str, start: int) -> tuple[str, int] | None:
    chain = _WIDE_CHAIN.match(plain, start, start + _HOST_CHARS)
    cut = cut_wide_host(chain[0]) if chain and not chain[0].isascii() else None
    return (cut[0], start + cut[1]) if cut else None


def _read_unknown(plain: str, start: int) -> tuple[str, int] | None:
    # A scheme says that a host follows, even one whose suffix is not listed (yet).
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    host = read_any_host(chain[0]) if chain else None
    return (host, chain.end()) if chain and host else None


def _read_bare(plain: str, match: Match[str]) -> Link | None:
    if plain[match.end() : match.end() + 1] not in _FOLLOWERS:
        return None
    read = _read_last(match)
    if not read:
        return None
    host, start = read
    value, end = _finish(plain, "http", (host, match.end()))
    return (value, start, end) if end > match.end() else None


def _read_last(match: Match[str]) -> tuple[str, int] | None:
    # The host that the port or path follows, and where it starts.
    four = read_ipv4(match[0])
    if four:
        return (four, match.start()) if _reads_as_link(match.string, match.end()) else None
    hosts = list(list_hosts(match[0]))
    is_last = bool(hosts) and hosts[-1][2] == len(match[0])
    return (hosts[-1][0], match.start() + hosts[-1][1]) if is_last else None


def _reads_as_link(plain: str, place: int) -> bool:
    # 10.0.0.0/8 is a network, 10.0.0.1:8080 and 10.0.0.1/login are links.
    return bool(_PORT.match(plain, place) or _WORDY.match(plain, place))


def _finish(plain: str, scheme: str, read: tuple[str, int]) -> tuple[str, int]:
    host, end = read
    port = _PORT.match(plain, end)
    end = port.end() if port else end
    shown = f":{port[1]}" if port and port[1] != _USUAL_PORTS[scheme] else ""
    rest = _read_rest(plain, end)
    path = rest if rest.startswith("/") else "/" + rest
    return f"{scheme}://{host}{shown}{path}", end + len(rest)


def _read_rest(plain: str, place: int) -> str:
    match = _REST.match(plain, place)
    rest = match[0] if match else ""
    while rest and _is_ending(rest):
        rest = rest[:-1]
    return rest


def _is_ending(rest: str) -> bool:
    # A bracket that was not opened within belongs to the sentence, as do full stops and quotes.
    last = rest[-1]
    if last in _OPENERS:
        return rest.count(last) > rest.count(_OPENERS[last])
    return last in _ENDINGS
