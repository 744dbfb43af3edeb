"""What may be asked for at all: http and https, of hosts that are somebody's in public."""

import ada_url
from msgspec import Struct

from tipline.domain.evidence.addresses import (
    Endpoint,
    is_other_service,
    is_public,
    read_address,
)

_PORTS = {"http:": 80, "https:": 443}
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan", "intranet")
URL_CHARS_MAX = 8_192


class UrlRefused(ValueError):
    """This address is not asked for; the message is the reason in one word."""


class Target(Struct, frozen=True):
    """Where a request goes: ``url`` as browsers normalise it, without user name and fragment."""

    url: str
    endpoint: Endpoint
    is_secret: bool  # over TLS
    path: str  # with its query

    @property
    def authority(self) -> str:
        """Value of the Host header."""
        usual = 443 if self.is_secret else 80
        return self.endpoint.host if self.endpoint.port == usual else str(self.endpoint)


def read_target(url: str) -> Target:
    """Read an address as browsers do.

    Raises:
        UrlRefused: "scheme" is not http or https, "length" is over 8,192 characters, "form" is no
            address, "host" is missing.

    """
    if len(url) > URL_CHARS_MAX:
        raise UrlRefused("length")
    try:
        read = ada_url.URL(url.strip())
    except ValueError:
        raise UrlRefused("form") from None
    if read.protocol not in _PORTS:
        raise UrlRefused("scheme")
    if not read.hostname:
        raise UrlRefused("host")
    port = int(read.port or _PORTS[read.protocol])
    read.username = read.password = read.hash = ""
    is_secret = read.protocol == "https:"
    endpoint = Endpoint(read.hostname, port)
    return Target(read.href, endpoint, is_secret, read.pathname + read.search)


def check_may_ask(
    endpoint: Endpoint,
    *,
    allow: frozenset[Endpoint] = frozenset(),
    own: frozenset[str] = frozenset(),
) -> None:
    """Refuse an endpoint by its name alone, before anything is resolved.

    ``allow`` holds exact endpoints that are let through; ``own`` hosts of this house.

    Raises:
        UrlRefused: "own", "port", "local_name" or "not_public".

    """
    if endpoint in allow:
        return
    host = endpoint.host.rstrip(".")
    if host in own:
        raise UrlRefused("own")
    if is_other_service(endpoint.port):
        raise UrlRefused("port")
    address = read_address(host)
    if address is not None and not is_public(address):
        raise UrlRefused("not_public")
    if address is None and (host.rpartition(".")[2] in _LOCAL_NAMES or host.endswith(_ENDS)):
        raise UrlRefused("local_name")


_ENDS = tuple(f".{each}" for each in _LOCAL_NAMES)
