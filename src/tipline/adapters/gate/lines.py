"""Connections to sites: direct or by a proxy, over TLS whose faults are facts and no obstacles."""

import asyncio
import contextlib
import ssl
import struct
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tipline.adapters.gate.certificates import find_fault, read_chain
from tipline.adapters.gate.names import Pin
from tipline.domain.evidence.targets import Target

_SECONDS = 8.0
_BUFFER = 1 << 18
_IDLE_MAX = 6


class LineFault(OSError):
    """No connection; the message is ``connect``, ``tls`` or ``proxy``."""


@dataclass(eq=False)
class Line:
    """An open connection, and whom it reached."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str
    chain: tuple[bytes, ...] = ()
    tls_fault: str = ""
    is_used: bool = False

    def close(self) -> None:
        """End it at once."""
        with contextlib.suppress(RuntimeError):
            self.writer.transport.abort()


class Lines:
    """The connections of one inspection; those that may be used again wait."""

    def __init__(self, *, proxy: str = "") -> None:
        self._proxy = urlsplit(proxy) if proxy else None
        self._idle: dict[tuple[str, int, bool], list[Line]] = {}
        self._context = _make_context()

    async def take(self, target: Target, pin: Pin, *, now: datetime) -> Line:
        """Give a connection to ``target``, one that waits or a new one.

        Raises:
            LineFault: there is none to be had.

        """
        waiting = self._idle.get(_key(target), [])
        while waiting:
            line = waiting.pop()
            if not line.reader.at_eof() and not line.writer.is_closing():
                line.is_used = True
                return line
        return await self._open(target, pin, now=now)

    def give_back(self, target: Target, line: Line) -> None:
        """Let a connection wait for the next request to the same endpoint."""
        waiting = self._idle.setdefault(_key(target), [])
        if len(waiting) < _IDLE_MAX and not line.writer.is_closing():
            waiting.append(line)
        else:
            line.close()

    def close(self) -> None:
        """End those that wait."""
        for waiting in self._idle.values():
            for line in waiting:
                line.close()
        self._idle.clear()

    async def _open(self, target: Target, pin: Pin, *, now: datetime) -> Line:
        fault = "connect"
        for address in pin.addresses:
            try:
                async with asyncio.timeout(_SECONDS):
                    line = await self._connect(address, pin.port)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                continue
            if not target.is_secret:
                return line
            try:
                async with asyncio.timeout(_SECONDS):
                    return await self._secure(line, target, now=now)
            except (OSError, TimeoutError, ssl.SSLError):
                line.close()
                fault = "tls"
        raise LineFault(fault)

    async def _connect(self, address: str, port: int) -> Line:
        if self._proxy is None:
            reader, writer = await asyncio.open_connection(address, port, limit=_BUFFER)
            return Line(reader, writer, address)
        near = await asyncio.open_connection(self._proxy.hostname, self._proxy.port, limit=_BUFFER)
        try:
            if self._proxy.scheme == "socks5":
                await _ask_socks(near, address, port)
            else:
                await _ask_connect(near, address, port)
        except BaseException:
            near[1].transport.abort()
            raise
        return Line(*near, address="")

    async def _secure(self, line: Line, target: Target, *, now: datetime) -> Line:
        host = target.endpoint.host
        await line.writer.start_tls(self._context, server_hostname=host.strip("[]").rstrip("."))
        line.chain = read_chain(line.writer.get_extra_info("ssl_object"))
        line.tls_fault = find_fault(line.chain, host=host.rstrip("."), now=now)
        return line


def _key(target: Target) -> tuple[str, int, bool]:
    return target.endpoint.host, target.endpoint.port, target.is_secret


def _make_context() -> ssl.SSLContext:
    # Whom it really reached is recorded and told; a reported site is looked at whatever its papers.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.set_alpn_protocols(["http/1.1"])
    return context


async def _ask_connect(
    near: tuple[asyncio.StreamReader, asyncio.StreamWriter], host: str, port: int
) -> None:
    reader, writer = near
    shown = f"[{host}]" if ":" in host else host
    writer.write(f"CONNECT {shown}:{port} HTTP/1.1\r\nHost: {shown}:{port}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if head.split(None, 2)[1:2] != [b"200"]:
        raise LineFault("proxy")


async def _ask_socks(
    near: tuple[asyncio.StreamReader, asyncio.StreamWriter], host: str, port: int
) -> None:
    reader, writer = near
    # RFC 1928, without authentication; the name is resolved by the proxy.
    writer.write(b"\x05\x01\x00")
    if await reader.readexactly(2) != b"\x05\x00":
        raise LineFault("proxy")
    name = host.encode("idna")
    writer.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + struct.pack(">H", port))
    _version, answer, _reserved, kind = await reader.readexactly(4)
    if answer:
        raise LineFault("proxy")
    length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
    await reader.readexactly(length + 2)
