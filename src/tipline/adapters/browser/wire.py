"""Speaks with Chromium: the DevTools protocol over a pipe, which no other process can reach.

https://chromedevtools.github.io/devtools-protocol/; messages end with a NUL byte.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import Any, Self

from msgspec import json

_MESSAGE_MAX = 512 << 20
Hear = Callable[[str, Mapping[str, Any]], None]


class CallRefused(RuntimeError):
    """The browser did not do what it was told; the message is its own."""


class BrowserGone(ConnectionError):
    """The browser has ended."""


class Wire:
    """Calls, answers and events of one browser."""

    def __init__(
        self, into: asyncio.WriteTransport, out: asyncio.StreamReader, source: asyncio.ReadTransport
    ) -> None:
        self._into, self._out, self._from = into, out, source
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._hearers: dict[str, Hear] = {}
        self._number = 0
        self._is_gone = False
        self._task = asyncio.create_task(self._listen())

    @classmethod
    async def join(cls, into: int, out: int) -> Self:
        """Take over the descriptors of the pipe: one to write to, one to read from."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=_MESSAGE_MAX)
        writer, _protocol = await loop.connect_write_pipe(
            asyncio.Protocol, os.fdopen(into, "wb", buffering=0)
        )
        source, _protocol = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(out, "rb", buffering=0)
        )
        return cls(writer, reader, source)

    def hear(self, session: str, hearer: Hear | None) -> None:
        """Have the events of a session told; nothing: no more."""
        if hearer:
            self._hearers[session] = hearer
        else:
            self._hearers.pop(session, None)

    def send(self, method: str, *, session: str = "", **given: Any) -> asyncio.Future[Any]:
        """Call ``method``; its result may be waited for.

        Raises:
            BrowserGone: there is nobody to call.

        """
        if self._is_gone:
            raise BrowserGone
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if session:
            message["sessionId"] = session
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(_look_away)
        self._waiting[self._number] = answer
        self._into.write(json.encode(message) + b"\0")
        return answer

    async def close(self) -> None:
        """Let go of the pipe."""
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self._into.is_closing():
            self._into.abort()
        self._from.close()

    async def _listen(self) -> None:
        try:
            while True:
                message = await self._out.readuntil(b"\0")
                self._take(json.decode(memoryview(message)[:-1]))
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self._is_gone = True
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(BrowserGone())
            self._waiting.clear()

    def _take(self, message: Mapping[str, Any]) -> None:
        answer = self._waiting.pop(message.get("id", 0), None)
        if answer is None:
            hearer = self._hearers.get(message.get("sessionId", ""))
            if hearer and "method" in message:
                hearer(message["method"], message.get("params", {}))
        elif not answer.done():
            if "error" in message:
                answer.set_exception(CallRefused(message["error"].get("message", "")))
            else:
                answer.set_result(message.get("result", {}))


def _look_away(answer: asyncio.Future[Any]) -> None:
    # Many calls are made without waiting; a failure of those is none.
    if not answer.cancelled():
        answer.exception()
