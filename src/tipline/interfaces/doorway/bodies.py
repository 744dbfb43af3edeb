"""Read a request's body within limits of size and time; never onto a disk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

GRACE_SECONDS = 30.0
BYTES_PER_SECOND_MIN = 2_000  # an old phone on a bad line still makes this


class BodyTooLarge(Exception):
    """The body has more bytes than this address takes."""


class BodyTooSlow(Exception):
    """The sender paused for too long in the middle of a body."""


class SenderGone(Exception):
    """The sender closed the connection before the body was complete."""


def get_header(scope: Scope, name: bytes) -> bytes:
    """Tell the value of the first header ``name`` (lower case), b"" when there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


def check_declared_length(scope: Scope, *, limit: int) -> None:
    """Refuse at once a body that says it is longer than ``limit`` bytes.

    Raises:
        BodyTooLarge: the declared length is over the limit.

    """
    declared = get_header(scope, b"content-length")
    if declared.isdigit() and int(declared) > limit:
        raise BodyTooLarge


async def stream_body(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the body's chunks as they arrive.

    Raises:
        BodyTooSlow: after ``GRACE_SECONDS`` it still came slower than ``BYTES_PER_SECOND_MIN``.
        SenderGone: the connection closed before the end.

    """
    deadline = asyncio.get_running_loop().time() + GRACE_SECONDS
    while True:
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        if message["type"] == "http.disconnect":
            raise SenderGone
        chunk = message.get("body", b"")
        deadline += len(chunk) / BYTES_PER_SECOND_MIN
        yield chunk
        if not message.get("more_body", False):
            return


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """Read the whole body, of at most ``limit`` bytes, into memory.

    Raises:
        BodyTooLarge: it is longer.
        BodyTooSlow: the sender paused too long.
        SenderGone: the sender left.

    """
    check_declared_length(scope, limit=limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in stream_body(receive):
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
