"""Resolves each name once, pins it for the whole inspection, and refuses what is not public."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from tipline.domain.evidence.addresses import Endpoint, is_public, read_address
from tipline.domain.evidence.targets import UrlRefused, check_may_ask

_SECONDS = 8.0


class NameUnknown(OSError):
    """The name has no address, or its servers do not answer."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What may be reached beside the public internet, and what may not although it is public.

    ``allow`` names exact endpoints; ``hosts`` says where a name lies instead of asking for it, with
    a port where that differs from the one that the address names.
    """

    allow: frozenset[Endpoint] = frozenset()
    own: frozenset[str] = frozenset()
    hosts: Mapping[str, str] = field(default_factory=dict)
    proxy: str = ""  # http://HOST:PORT or socks5://HOST:PORT: names are then resolved there


@dataclass(frozen=True)
class Pin:
    """Where an endpoint is connected to; with a proxy, by its name."""

    addresses: tuple[str, ...]
    port: int


class Names:
    """The names of one inspection."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._pins: dict[Endpoint, Pin | UrlRefused | NameUnknown] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    async def pin(self, endpoint: Endpoint) -> tuple[Pin, bool]:
        """Find where an endpoint lies, and whether this was asked for the first time.

        Raises:
            UrlRefused: it may not be reached.
            NameUnknown: it has no address.

        """
        is_new = endpoint not in self._pins
        if is_new:
            async with self._locks.setdefault(endpoint.host, asyncio.Lock()):
                await self._remember(endpoint)
        known = self._pins[endpoint]
        if isinstance(known, Exception):
            raise type(known)(*known.args)
        return known, is_new

    async def _remember(self, endpoint: Endpoint) -> None:
        if endpoint not in self._pins:
            try:
                self._pins[endpoint] = await self._look_up(endpoint)
            except (UrlRefused, NameUnknown) as refused:
                self._pins[endpoint] = refused

    async def _look_up(self, endpoint: Endpoint) -> Pin:
        rules = self._rules
        check_may_ask(endpoint, allow=rules.allow, own=rules.own)
        host = endpoint.host.strip("[]").rstrip(".")
        if host in rules.hosts:
            found, _colon, port = rules.hosts[host].partition(":")
            pin = Pin((found,), int(port or endpoint.port))
        elif rules.proxy and read_address(host) is None:
            return Pin((host,), endpoint.port)
        else:
            pin = Pin(await self._resolve(host), endpoint.port)
        self._check(endpoint, pin)
        return pin

    def _check(self, endpoint: Endpoint, pin: Pin) -> None:
        # One address that is not public is enough: which of them a later answer holds is up to them.
        for text in pin.addresses:
            address = read_address(text)
            shown = f"[{text}]" if ":" in text else text
            if Endpoint(shown, pin.port) in self._rules.allow:
                continue
            if address is None or not is_public(address):
                raise UrlRefused("not_public")
        if pin.port != endpoint.port and endpoint.host not in self._rules.hosts:
            raise UrlRefused("port")

    async def _resolve(self, host: str) -> tuple[str, ...]:
        if read_address(host) is not None:
            return (host,)
        if host not in self._found:
            self._found[host] = await _ask_system(host)
        return self._found[host]


async def _ask_system(host: str) -> tuple[str, ...]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_SECONDS):
            rows = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as wrong:
        raise NameUnknown(type(wrong).__name__) from wrong
    return tuple(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))
