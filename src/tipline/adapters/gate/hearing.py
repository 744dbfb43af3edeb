"""Hears one answer, byte by byte, within bounds; keeps the bytes, and gives those to pass on."""

import asyncio
import base64
import time

import h11
from msgspec import structs

from tipline.adapters.gate.asking import Ask
from tipline.adapters.gate.inflate import Bomb, Inflater, UnknownCoding, read_codings
from tipline.adapters.gate.lines import Line
from tipline.adapters.gate.spool import Spool
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.exchanges import Exchange, Headers

_FIRST = 4_096
_PIECE = 1 << 18
_DOCUMENTS = ("text/html", "application/xhtml+xml")


class Hearing:
    """One answer. ``cut`` says why it is not whole, ``fault`` why there is none."""

    def __init__(self, ask: Ask, budget: Budget, *, body_max: int) -> None:
        self.ask, self.answer, self.request = ask, Spool(), b""
        self.is_done = self.may_go_on = False
        self.line: Line | None = None
        self._budget, self._body_max = budget, body_max
        self._status, self._kind, self._cut, self._fault = 0, "", "", ""
        self._headers: Headers = ()
        self._bytes = 0
        self._held = b""
        self._inflater: Inflater | None = None
        self._talk = h11.Connection(h11.CLIENT)
        self._deadline = time.monotonic() + budget.head_seconds

    @property
    def may_try_again(self) -> bool:
        """Tell whether a connection that had waited was closed before it said anything."""
        is_silent = self._fault == "disconnect" and not self._held
        return is_silent and self.line is not None and self.line.is_used

    def begin(self, line: Line) -> None:
        """Send the request on ``line``."""
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=self._budget.head_bytes)
        self.line, self.is_done, self._fault = line, False, ""
        self.request = self.ask.write(self._talk)
        line.writer.write(self.request)

    async def hear(self) -> bytes:
        """Wait for more bytes of the answer; gives those that may be passed on."""
        if self.line is None:
            return b""
        try:
            async with asyncio.timeout(max(0.0, self._deadline - time.monotonic())):
                data = await self.line.reader.read(_PIECE)
        except TimeoutError:
            self.end("time")
            return b""
        except OSError:
            self.end("disconnect")
            return b""
        return self._take(data)

    def end(self, reason: str) -> None:
        """End it: the page's time is over, nobody listens any more, or there is no connection."""
        if self.is_done:
            return
        self.is_done, self.may_go_on = True, False
        if self._status:
            self._cut = "disconnect" if reason == "protocol" else reason
        else:
            self._fault = "timeout" if reason == "time" else reason

    def describe(self, blank: Exchange, *, tls: str, seconds: float) -> Exchange:
        """Say what was heard."""
        line = self.line
        return structs.replace(
            blank,
            status=self._status,
            kind=self._kind,
            headers=self._headers,
            address=line.address if line else "",
            tls=tls,
            tls_fault=line.tls_fault if line else "",
            bytes=self._bytes,
            cut=self._cut,
            fault=self._fault,
            first_bytes=self._show_first() if self._fault == "protocol" else "",
            seconds=round(seconds, 3),
        )

    def _show_first(self) -> str:
        return base64.b64encode(self._held[:_FIRST]).decode()

    def _take(self, data: bytes) -> bytes:
        try:
            self._talk.receive_data(data)
            if self._status:
                self.answer.write_payload(data)
                self._read_events()
                return data
            self._held += data
            self._read_events()
        except h11.RemoteProtocolError:
            self.end("protocol" if data or self._held else "disconnect")
        if not self._status:
            return b""
        passed, self._held = self._held, b""
        return passed

    def _read_events(self) -> None:
        while not self.is_done:
            event = self._talk.next_event()
            if isinstance(event, h11.Data):
                self._count(bytes(event.data))
            elif isinstance(event, h11.Response):
                self._take_head(event)
            elif isinstance(event, h11.EndOfMessage):
                self.is_done = True
                is_last = self._talk.their_state is not h11.DONE or self._talk.trailing_data[0]
                self.may_go_on = not is_last
            elif isinstance(event, h11.InformationalResponse):
                self._held = self._talk.trailing_data[0]
            else:
                return

    def _take_head(self, event: h11.Response) -> None:
        rest = len(self._talk.trailing_data[0])
        self._status = event.status_code
        self._headers = tuple(
            (key.decode("latin-1"), value.decode("latin-1"))
            for key, value in event.headers.raw_items()
        )
        named = {key.lower(): value for key, value in self._headers}
        self._kind = named.get("content-type", "").partition(";")[0].strip().lower()
        self.answer.write(self._held)
        self.answer.end_head(len(self._held) - rest)
        self._deadline = time.monotonic() + self._budget.body_seconds
        if self._kind in _DOCUMENTS:
            self._body_max = min(self._body_max, self._budget.html_bytes)
        self._prepare(read_codings(named.get("content-encoding", "")))

    def _prepare(self, codings: tuple[str, ...]) -> None:
        limit = max(self._body_max, self._budget.body_bytes)
        if self._kind in _DOCUMENTS:
            limit = 2 * self._body_max
        if codings or self.ask.unpacked:
            try:
                self._inflater = Inflater(codings, limit=limit, ratio=self._budget.inflate_ratio)
            except UnknownCoding:
                self._inflater = None

    def _count(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._inflater:
            self._unpack(self._inflater, data)
        if self._bytes > self._body_max:
            self.end("length")

    def _unpack(self, inflater: Inflater, data: bytes) -> None:
        try:
            for piece in inflater.feed(data):
                if self.ask.unpacked:
                    self.ask.unpacked(piece)
        except Bomb:
            self.end("length")
        except ValueError:
            self._inflater = None  # not packed as it says: the bytes stay as they are
