"""A request as the gate makes it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

import h11

from tipline.domain.evidence.targets import Target

Send = Callable[[bytes], Awaitable[None]]
RawHeaders = list[tuple[bytes, bytes]]
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# Of the connection between browser and gate, or given anew.
_OWN_HEADERS = frozenset(
    {b"proxy-connection", b"proxy-authorization", b"connection", b"keep-alive", b"te", b"upgrade"}
    | {b"host", b"content-length", b"transfer-encoding", b"trailer"}
)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request: where to, and who wants the answer.

    ``door`` is the page it belongs to; ``send`` takes the answer's bytes as they come from the
    wire, ``unpacked`` the body's bytes without their packing.
    """

    target: Target
    method: str = "GET"
    headers: RawHeaders = field(default_factory=list)
    body: bytes = b""
    door: int = 0
    body_max: int | None = None
    send: Send | None = None
    unpacked: Callable[[bytes], object] | None = None

    def write(self, talk: h11.Connection) -> bytes:
        """Give the bytes that are sent to the site."""
        headers = [(b"Host", self.target.authority.encode())]
        headers += [each for each in self.headers if each[0].lower() not in _OWN_HEADERS]
        if self.body or self.method == "POST":
            headers.append((b"Content-Length", str(len(self.body)).encode()))
        request = h11.Request(method=self.method, target=self.target.path or "/", headers=headers)
        data = talk.send(request) or b""
        if self.body:
            data += talk.send(h11.Data(data=self.body)) or b""
        return data + (talk.send(h11.EndOfMessage()) or b"")


def name_visitor(agent: str, languages: str) -> RawHeaders:
    """Give the headers of a visitor without a browser."""
    return [
        (b"User-Agent", agent.encode()),
        (b"Accept", b"text/html,application/xhtml+xml,*/*;q=0.8"),
        (b"Accept-Language", languages.encode()),
        (b"Accept-Encoding", b"gzip, deflate, br, zstd"),
    ]


def join(url: str, place: str) -> str:
    """Give the address that a Location header names."""
    try:
        # Bytes of a header came as Latin-1; sites write UTF-8 into it.
        return urljoin(url, place.encode("latin-1").decode("utf-8"))
    except (ValueError, UnicodeError):
        return place
