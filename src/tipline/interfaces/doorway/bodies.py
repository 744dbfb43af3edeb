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


class Patience:
    """How long we wait for a body: ``GRACE_SECONDS`` and a little more for each byte that came.

    The timer and the cancelled wait of ``asyncio.timeout_at`` and no more, because every report
    passes here.
    """

    __slots__ = ("_deadline", "_is_over", "_loop")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + GRACE_SECONDS
        self._is_over = False

    async def take(self, receive: Receive) -> tuple[bytes, bool]:
        """Wait for the next chunk; tells also whether there are more.

        Raises:
            BodyTooSlow: it did not come in time.
            SenderGone: the connection closed before the end.

        """
        message = await self._wait(receive)
        if message["type"] == "http.disconnect":
            raise SenderGone
        chunk = message.get("body", b"")
        self._deadline += len(chunk) / BYTES_PER_SECOND_MIN
        return chunk, message.get("more_body", False)

    async def _wait(self, receive: Receive) -> Message:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - told to the type checker
        timer = self._loop.call_at(self._deadline, self._end, task)
        try:
            return await receive()
        except asyncio.CancelledError:
            if self._is_over and task.uncancel() == 0:
                raise BodyTooSlow from None
            raise
        finally:
            timer.cancel()

    def _end(self, task: "asyncio.Task[Any]") -> None:
        self._is_over = True
        task.cancel()


async def stream_body(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the body's chunks as they arrive.

    Raises:
        BodyTooSlow: after ``GRACE_SECONDS`` it still came slower than ``BYTES_PER_SECOND_MIN``.
        SenderGone: the connection closed before the end.

    """
    patience = Patience()
    has_more = True
    while has_more:
        chunk, has_more = await patience.take(receive)
        yield chunk


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """Read the whole body, of at most ``limit`` bytes, into memory.

    Raises:
        BodyTooLarge: it is longer.
        BodyTooSlow: the sender paused too long.
        SenderGone: the sender left.

    """
    check_declared_length(scope, limit=limit)
    patience, chunks, size = Patience(), [], 0
    has_more = True
    while has_more:
        chunk, has_more = await patience.take(receive)
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
