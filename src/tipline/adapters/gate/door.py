"""The gate's doors: proxies on loopback, one for each page, by which a browser asks.

What a door answers is not its own: the live site by way of the gate, the record of it, or nothing.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Protocol, Self

import h11

from tipline.adapters.gate.asking import Ask, Send
from tipline.domain.evidence.addresses import Endpoint
from tipline.domain.evidence.targets import Target, UrlRefused, read_target

_HEAD_BYTES = 1 << 20
_BODY_BYTES = 1 << 20
_PIECE = 1 << 16
_OPENED = b"HTTP/1.1 200 OK\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
GetContext = Callable[[str], ssl.SSLContext]


class NoAnswer(Exception):
    """There is no answer; the message says why in one word."""


class Answers(Protocol):
    """What stands behind a door."""

    async def check(self, target: Target) -> None:
        """Refuse a connection to ``target`` before it is made.

        Raises:
            UrlRefused: it may not be made.
            NoAnswer: nobody is there.

        """

    async def answer(self, ask: Ask) -> bool:
        """Give the answer's bytes to ``ask.send``; tells whether more may be asked on this connection.

        Raises:
            UrlRefused: it may not be asked.
            NoAnswer: none came.

        """

    def refuse(self, url: str, *, reason: str, method: str) -> None:
        """Note that the door itself refused something."""


class Door:
    """An open door; ``address`` is HOST:PORT of the proxy."""

    def __init__(self, answers: Answers, get_context: GetContext) -> None:
        self._answers, self._get_context = answers, get_context
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        """Open it."""
        self._server = await asyncio.start_server(self._welcome, "127.0.0.1", 0, limit=_HEAD_BYTES)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_reason: object) -> None:
        """Close it; what is under way ends, and what came of it is kept."""
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
        try:
            await self._serve((reader, writer))
        except (OSError, ssl.SSLError, h11.ProtocolError, asyncio.CancelledError):
            pass  # the browser went, or the page's time is over
        finally:
            writer.transport.abort()
            if task:
                self._tasks.discard(task)

    async def _serve(self, streams: Streams) -> None:
        rest, tunnel = b"", None
        while True:
            heard = await _hear(streams[0], rest)
            if heard is None:
                return
            request, body, rest = heard
            if request.method == b"CONNECT":
                tunnel = await self._open_tunnel(streams, request.target.decode("latin-1"))
                may_go_on = tunnel is not None
            else:
                may_go_on = await self._answer(streams[1], request, body, tunnel=tunnel)
            if not may_go_on:
                return

    async def _open_tunnel(self, streams: Streams, authority: str) -> Endpoint | None:
        writer = streams[1]
        try:
            target = read_target(f"https://{authority}/")
            await self._answers.check(target)
        except (UrlRefused, NoAnswer) as none:
            await _tell(
                writer, "403 Forbidden" if isinstance(none, UrlRefused) else "502 Bad Gateway"
            )
            return None
        writer.write(_OPENED)
        await writer.drain()
        await writer.start_tls(self._get_context(target.endpoint.host))
        return target.endpoint

    async def _answer(
        self,
        writer: asyncio.StreamWriter,
        request: h11.Request,
        body: bytes,
        *,
        tunnel: Endpoint | None,
    ) -> bool:
        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        url = request.target.decode("latin-1")
        if tunnel:
            url = f"https://{tunnel}{url}"
        try:
            ask = self._read(url, request, body, send=send)
            return await self._answers.answer(ask)
        except UrlRefused:
            await _tell(writer, "403 Forbidden")
        except NoAnswer:
            await _tell(writer, "502 Bad Gateway")
        return False

    def _read(self, url: str, request: h11.Request, body: bytes, *, send: Send) -> Ask:
        method = request.method.decode("latin-1")
        try:
            target = read_target(url)
        except UrlRefused as refused:
            self._answers.refuse(url, reason=str(refused), method=method)
            raise
        if any(key == b"upgrade" for key, _value in request.headers):
            self._answers.refuse(target.url, reason="websocket", method=method)
            raise UrlRefused("websocket")
        headers = list(request.headers.raw_items())
        return Ask(target=target, method=method, headers=headers, body=body, send=send)


async def _hear(
    reader: asyncio.StreamReader, rest: bytes
) -> tuple[h11.Request, bytes, bytes] | None:
    talk = h11.Connection(h11.SERVER, max_incomplete_event_size=_HEAD_BYTES)
    if rest:
        talk.receive_data(rest)
    request, body = await _read_event(talk, reader), bytearray()
    if not isinstance(request, h11.Request):
        return None
    while request.method != b"CONNECT":
        event = await _read_event(talk, reader)
        if isinstance(event, h11.EndOfMessage):
            return request, bytes(body), talk.trailing_data[0]
        if not isinstance(event, h11.Data) or len(body) > _BODY_BYTES:
            return None
        body += event.data
    return request, b"", b""


async def _read_event(talk: h11.Connection, reader: asyncio.StreamReader) -> object:
    while (event := talk.next_event()) is h11.NEED_DATA:
        talk.receive_data(await reader.read(_PIECE))
    return event


async def _tell(writer: asyncio.StreamWriter, status: str) -> None:
    with contextlib.suppress(OSError):
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
