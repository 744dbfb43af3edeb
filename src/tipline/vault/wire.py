"""How appends travel from desk and workers to the vault's owner: frames over a Unix socket.

A frame is its length (4 bytes, big-endian) and MessagePack: a ``Request`` one way, a ``Reply``
with the same number the other. Replies come in the order in which commits are done.
"""

import asyncio
import struct
from functools import partial
from pathlib import Path

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


async def serve_socket(vault: Vault, path: Path) -> asyncio.Server:
    """Take appends on a Unix socket that only this user may open, until the server is closed."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # noqa: ASYNC240 - once, at start
    server = await asyncio.start_unix_server(partial(_serve, vault), path)
    path.chmod(0o600)  # noqa: ASYNC240 - once, at start
    return server


async def _serve(vault: Vault, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
            if length > FRAME_BYTES_MAX:
                break
            _take(vault, _requests.decode(await reader.readexactly(length)), writer)
    except (asyncio.IncompleteReadError, ConnectionError, DecodeError):
        pass  # the client went away, or does not speak this protocol
    finally:
        writer.close()


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
