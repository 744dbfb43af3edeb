"""Links: with a scheme, or a bare host with a port or path.

Value: refanged, scheme (where one was written) and host in lower case, host in Unicode, no user
name, no usual port, the path as written.
"""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.addresses import FOUR, FOUR_GATE, read_ipv4, read_ipv6
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import (
    BROKEN_CHAIN,
    BROKEN_DOT,
    LETTERS,
    WIDE_CHAIN,
    cut_host,
    cut_wide_host,
    list_hiding,
    read_any_host,
    read_host,
    write_ascii,
)
from tipline.domain.triage.reading.names import list_names
from tipline.domain.triage.reading.paths import read_path
from tipline.domain.triage.reading.suffixes import looks_like_prose
from tipline.domain.values import Identifier

Place = tuple[str, int]  # a host and where it ends
_ANY = re.IGNORECASE
_SLASHES = r"(?:\\?/ ?\\?/|\[//\]|\\\\)"
_MARK = r" ?(?:[:：;]|\[[:：]\]|\([:：]\)) ?"
_LETTERS_OF_SCHEME = r"(?:h ?(?:t ?t|x ?x|\* ?\*|#+|_ ?_) ?p(?: ?s)?|(?<![a-z])ftp)"
_SCHEME = re.compile(
    rf"(?P<scheme>{_LETTERS_OF_SCHEME})(?:{_MARK}{_SLASHES}|:/(?=[a-z0-9])|//) ?(?:\r?\n)?"
    r"(?P<user>[\w.~%!$&'*+;=:-]{1,100}@)?",
    _ANY,
)
_SCHEME_GATE = rf"(?:{_LETTERS_OF_SCHEME})(?:{_MARK}{_SLASHES}|:/|//)".replace("(?<![a-z])", "")
_BARE_GATE = rf"(?:{BROKEN_DOT}[{LETTERS}]{{2,63}}|\.[\u2e80-\uffff]{{1,30}})(?:[/?#]|:[0-9])"
GATE = rf"(?i){_SCHEME_GATE}|{_BARE_GATE}|{FOUR_GATE}"
_CHAIN = re.compile(BROKEN_CHAIN, _ANY)
_WIDE_CHAIN = re.compile(WIDE_CHAIN, _ANY)
_BRACKETED = re.compile(r"\[([0-9a-f:.]{2,45})\]", _ANY)
_WHOLE_NUMBER = re.compile(r"(?:0x[0-9a-f]{8}|[1-9][0-9]{7,9})(?=[/:?#])", _ANY)
_PORT = re.compile(r":(\d{1,5})(?!\d)")
_WORDY = re.compile(r"/[a-z]", _ANY)
_USUAL_PORTS = {"http": "80", "https": "443", "ftp": "21"}
_HOST_CHARS, _WHOLE_CHARS = 300, 2000
_FOLLOWERS = frozenset(":/?#")  # what ends a host for certain


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find links in a folded text."""
    yield from _find_schemed(folded)
    yield from _find_bare(folded)
    yield from _find_addresses(folded)
    yield from _find_whole(folded)


def _find_schemed(folded: Folded) -> Iterator[Identifier]:
    plain = folded.plain
    for match in _SCHEME.finditer(plain):
        read = _read_authority(plain, match.end())
        if read:
            scheme = _read_scheme(match["scheme"])
            hidden = _list_scheme_hiding(match, scheme)
            yield _finish(folded, scheme, read, (match.start(), match.end()), hidden)


def _read_scheme(written: str) -> str:
    if written.lower() == "ftp":
        return "ftp"
    return "https" if written[-1] in "sS" else "http"


def _list_scheme_hiding(match: Match[str], scheme: str) -> tuple[str, ...]:
    ways = () if match["scheme"].lower() == scheme and ":" in match[0] else ("hxxp",)
    return (*ways, "userinfo") if match["user"] else ways


def _find_bare(folded: Folded) -> Iterator[Identifier]:
    plain = folded.plain
    for host in list_names(folded):
        is_followed = host.is_last and plain[host.end : host.end + 1] in _FOLLOWERS
        if is_followed and not folded.is_taken((host.start, host.end)):
            end = _find_end(plain, host.end)
            if end > host.end and not looks_like_prose(host.name):
                yield _finish(folded, "", (host.name, host.end), (host.start, host.start))


def _find_end(plain: str, place: int) -> int:
    port = _PORT.match(plain, place)
    end = port.end() if port else place
    return end + len(read_path(plain, end)[0])


def _find_addresses(folded: Folded) -> Iterator[Identifier]:
    # 10.0.0.0/8 is a network, 10.0.0.1:8080 and 10.0.0.1/login are links.
    for match in FOUR.finditer(folded.plain):
        follows = _PORT.match(folded.plain, match.end()) or _WORDY.match(folded.plain, match.end())
        four = read_ipv4(match[0]) if follows else None
        if four:
            yield _finish(folded, "", (four, match.end()), (match.start(), match.start()))


def _find_whole(folded: Folded) -> Iterator[Identifier]:
    # A text that is nothing but a link may have a host in any letters.
    whole = folded.plain.strip()
    if whole.isascii() or len(whole) > _WHOLE_CHARS:
        return
    start = folded.plain.index(whole)
    chain = _WIDE_CHAIN.match(folded.plain, start)
    host = read_host(chain[0]) if chain and not chain[0].isascii() else None
    if chain and host and chain[0] != whole:
        if _find_end(folded.plain, chain.end()) == start + len(whole):
            yield _finish(folded, "", (host, chain.end()), (start, start))


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
    number = _WHOLE_NUMBER.match(plain, start)
    chain = _CHAIN.match(plain, start, start + _HOST_CHARS)
    if number or not chain or plain[chain.end() : chain.end() + 1] not in _FOLLOWERS:
        return (number[0].lower(), number.end()) if number else None
    host = read_ipv4(chain[0]) or read_any_host(chain[0])
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


def _finish(
    folded: Folded, scheme: str, read: Place, head: tuple[int, int], hidden: tuple[str, ...] = ()
) -> Identifier:
    # ``head`` is where the link starts and where its host starts.
    host, end = read
    begin = f"{scheme}://" if scheme else ""
    port = _PORT.match(folded.plain, end)
    place = port.end() if port else end
    shown = f":{port[1]}" if port and port[1] != _USUAL_PORTS.get(scheme) else ""
    written, path, ways = read_path(folded.plain, place)
    hidden = (*hidden, *list_hiding(folded.plain[head[1] : end], host), *ways)
    ascii_host = write_ascii(host)
    also = f"{begin}{ascii_host}{shown}{path}" if ascii_host else ""
    span = head[0], place + len(written)
    return folded.make("url", f"{begin}{host}{shown}{path}", span, *hidden, also=also)
