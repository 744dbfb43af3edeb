"""A link in its canonical form."""

import re

from msgspec import Struct

from tipline.domain.triage.canonical.escapes import escape, unescape
from tipline.domain.triage.canonical.host import read_host

_SPACES = "\t\n\v\f\r \x85\xa0\u2028\u2029\u3000"
_VANISHING = str.maketrans("", "", "\t\r\n")
_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_AND_PORT = re.compile(rb"[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+:\d{1,5}(?:[/?]|\Z)")
# What is canonical already, but for the path's dots and slashes. A last label that begins with a
# letter keeps numeric addresses out.
_PLAIN = re.compile(
    r"(https?|ftp)://((?:[a-z0-9_-]+\.)+[a-z][a-z0-9_-]*)(/[!\"$&->@-~]*)?(?:\?([!\"$&-~]*))?"
)


class HostMissing(ValueError):
    """The text names no host, so it is no link that a list could know."""


class Canonical(Struct, frozen=True):
    """The parts of a canonical link; ``query`` is None where there is no question mark."""

    scheme: str
    host: str
    path: str
    query: str | None = None

    @property
    def url(self) -> str:
        """The link without its query, as google/safebrowsing gives it."""
        return f"{self.scheme}://{self.host}{self.path}"

    @property
    def full(self) -> str:
        """The link with its query, as the documentation gives it."""
        return self.url if self.query is None else f"{self.url}?{self.query}"


def canonicalise(url: str) -> Canonical:
    """Bring a link into its canonical form; ``http`` where it names no scheme.

    Bytes that are no UTF-8 may stand in ``url`` as lone surrogates. More than google/safebrowsing
    does, "host.example:8080/x" is read as a host and its port, and all ports are dropped.

    Raises:
        HostMissing: it names no host.

    """
    match = _PLAIN.fullmatch(url)
    if match:
        scheme, host, path, query = match.groups()
        if path is None:
            return Canonical(scheme, host, "/", query)
        if "//" not in path and "/." not in path:
            return Canonical(scheme, host, path, query)
    return _read(url)


def _read(url: str) -> Canonical:
    bare = url.partition("#")[0].strip(_SPACES).translate(_VANISHING)
    scheme, rest = _split_scheme(unescape(_encode(bare)))
    rest, mark, query = rest.partition(b"?")
    authority, slash, path = rest.partition(b"/")
    host = read_host(authority)
    if not host:
        raise HostMissing
    return Canonical(scheme, host, _clean(escape(slash + path)), escape(query) if mark else None)


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a character: no byte either
        return text.encode("utf-8", "surrogatepass")


def _split_scheme(written: bytes) -> tuple[str, bytes]:
    match = _SCHEME.match(written)
    if not match or _HOST_AND_PORT.match(written):
        return "http", written
    rest = written[match.end() :]
    if rest[:2] != b"//":
        raise HostMissing
    return match[1].decode("ascii").lower(), rest[2:]


def _clean(path: str) -> str:
    # Go's path.Clean, and the last slash stays.
    if "//" not in path and "/." not in path:
        return path or "/"
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in {"", "."}:
            kept.append(part)
    last = "/" if kept and path[-1] == "/" else ""
    return f"/{'/'.join(kept)}{last}"
