"""How appends travel from desk and workers to the vault's owner: frames over a Unix socket.

A frame is its length (4 bytes, big-endian) and MessagePack: a ``Request`` one way, a ``Reply``
with the same number the other. Replies come in the order in which commits are done.
"""

import asyncio
import socket
import struct
from functools import partial
from pathlib import Path
from typing import Self

from msgspec import DecodeError, Struct, msgpack

from tipline.vault import refusals
from tipline.vault.entries import Appended, Unit
from tipline.vault.face import Vault
from tipline.vault.refusals import UnitRefused, VaultRefusal, VaultUnavailable

FRAME_BYTES_MAX = 64_000_000
LENGTH = struct.Struct(">I")


class Request(Struct, frozen=True, array_like=True):
    """Append this unit."""

    number: int
    unit: Unit


class Reply(Struct, frozen=True, array_like=True, gc=False):
    """What became of the request of that number: where it is kept, or the refusal."""

    number: int
    appended: Appended | None = None
    refusal: str = ""
    reason: str = ""


_REFUSALS: dict[str, type[VaultRefusal]] = {
    name: kind
    for name, kind in vars(refusals).items()
    if isinstance(kind, type) and issubclass(kind, VaultRefusal)
}
_requests = msgpack.Decoder(Request)
_replies = msgpack.Decoder(Reply)
_encoder = msgpack.Encoder()


def frame_message(message: Request | Reply) -> bytes:
    """Encode one frame.

    Raises:
        UnitRefused: it is larger than a frame may be.

    """
    body = _encoder.encode(message)
    if len(body) > FRAME_BYTES_MAX:
        raise UnitRefused("the unit is too large for the vault's socket")
    return LENGTH.pack(len(body)) + body


def read_reply(body: bytes) -> Reply:
    """Decode a reply's frame without its length."""
    return _replies.decode(body)


def revive_refusal(reply: Reply) -> VaultRefusal:
    """The refusal that the owner raised, to raise it again."""
    return _REFUSALS.get(reply.refusal, VaultUnavailable)(reply.reason)


class SocketServer:
    """The owner's end of the socket; ``close`` hangs up on everyone. Usable in ``async with``."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self, path: Path) -> None:
        """Listen at ``path``, which only this user may open."""
        self._server = await asyncio.start_unix_server(self._serve, sock=_bind(path))

    def close(self) -> None:
        """Stop listening and hang up; appends under way are kept, their callers are not told."""
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while request := await _read_request(reader):
                _take(self._vault, request, writer)
        except (asyncio.IncompleteReadError, ConnectionError, DecodeError):
            pass  # the client went away, or does not speak this protocol
        finally:
            self._writers.discard(writer)
            writer.close()


async def serve_socket(vault: Vault, path: Path) -> SocketServer:
    """Take appends on a Unix socket until the server is closed."""
    server = SocketServer(vault)
    await server.open(path)
    return server


def _bind(path: Path) -> socket.socket:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # left over from a process that was killed
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(str(path))
    path.chmod(0o600)
    return bound


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
    return _requests.decode(await reader.readexactly(length)) if length <= FRAME_BYTES_MAX else None


def _take(vault: Vault, request: Request, writer: asyncio.StreamWriter) -> None:
    try:
        waiter = vault.append_async(request.unit)
    except VaultRefusal as refusal:
        _send(writer, _refuse(request.number, refusal))
    else:
        waiter.add_done_callback(partial(_answer, writer, request.number))


def _answer(writer: asyncio.StreamWriter, number: int, waiter: "asyncio.Future[Appended]") -> None:
    refusal = waiter.exception()
    if refusal is None:
        _send(writer, Reply(number, waiter.result()))
    else:
        _send(writer, _refuse(number, refusal))


def _refuse(number: int, refusal: BaseException) -> Reply:
    return Reply(number, None, type(refusal).__name__, str(refusal))


def _send(writer: asyncio.StreamWriter, reply: Reply) -> None:
    if not writer.is_closing():
        writer.write(frame_message(reply))
