"""The egress gate: the one way out of an inspection, for its browser and for its own requests."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from tipline.adapters.gate.archive import Archive
from tipline.adapters.gate.asking import METHODS, Ask, join
from tipline.adapters.gate.hearing import Hearing
from tipline.adapters.gate.lines import LineFault, Lines
from tipline.adapters.gate.names import Names, NameUnknown, Pin, Rules
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.exchanges import Exchange, Fetched, Refusal
from tipline.domain.evidence.targets import Target, UrlRefused, read_target

Clock = Callable[[], datetime]


class Gate:
    """Asks sites, records what they answer, refuses what may not be asked.

    ``exchanges`` and ``refusals`` grow as things happen; ``places`` says where in the archive the
    answer of an exchange lies.
    """

    def __init__(self, folder: Path, *, rules: Rules, budget: Budget, clock: Clock) -> None:
        self.budget, self.clock = budget, clock
        self.exchanges: list[Exchange] = []
        self.refusals: list[Refusal] = []
        self.places: dict[int, tuple[int, int]] = {}
        self.archive = Archive(folder, software="Tipline egress gate", now=clock())
        self._rules = rules
        self._names, self._lines = Names(rules), Lines(proxy=rules.proxy)
        self._numbers = self._bytes = 0

    async def __aenter__(self) -> Self:
        """Open it."""
        return self

    async def __aexit__(self, *_reason: object) -> None:
        """End its connections and bring the record to disk."""
        self._lines.close()
        self.archive.close()

    async def check(self, target: Target, *, door: int, method: str = "GET") -> Pin:
        """Find where a request may go.

        Raises:
            UrlRefused: it may not be made; this is recorded.
            NameUnknown: its host has no address.

        """
        try:
            _check_method(method)
            pin, is_new = await self._names.pin(target.endpoint)
        except UrlRefused as refused:
            self.refuse(target.url, reason=str(refused), door=door, method=method)
            raise
        if is_new:
            resolver = "proxy" if self._rules.proxy else "system"
            row = {"at": self._tell_time(), "host": target.endpoint.host, "resolver": resolver}
            self.archive.keep_name({**row, "addresses": pin.addresses, "port": pin.port})
        return pin

    def refuse(self, url: str, *, reason: str, door: int, method: str = "GET") -> None:
        """Record that something was asked for and is not let out."""
        refusal = Refusal(door=door, at=self._tell_time(), method=method, url=url, reason=reason)
        self.refusals.append(refusal)
        self.archive.keep_refusal(refusal)

    async def fetch(self, ask: Ask) -> Fetched:
        """Ask with no browser, and follow redirections.

        Raises:
            UrlRefused: it, or an address that it leads to, may not be asked for.

        """
        chain: list[str] = []
        while True:
            body = bytearray()
            exchange = await self.ask(replace(ask, unpacked=body.extend))
            chain.append(ask.target.url)
            place = exchange.find_header("location")
            if not 300 <= exchange.status < 400 or not place:
                return Fetched(exchange=exchange, body=bytes(body), chain=tuple(chain))
            url = join(ask.target.url, place)
            if len(chain) > self.budget.redirects:
                self.refuse(url, reason="redirects", door=ask.door)
                raise UrlRefused("redirects")
            ask = replace(ask, target=self.read(url, door=ask.door))

    def read(self, url: str, *, door: int, method: str = "GET") -> Target:
        """Read an address that a site named.

        Raises:
            UrlRefused: it is none that is asked for; this is recorded.

        """
        try:
            return read_target(url)
        except UrlRefused as refused:
            self.refuse(url, reason=str(refused), door=door, method=method)
            raise

    async def ask(self, ask: Ask) -> Exchange:
        """Make one request; its answer goes to the record, and as it came to who asked.

        Raises:
            UrlRefused: it may not be made.

        """
        try:
            pin = await self.check(ask.target, door=ask.door, method=ask.method)
        except NameUnknown:
            pin = None
        self._numbers += 1
        number, at, began = self._numbers, self._tell_time(), time.monotonic()
        hearing = Hearing(ask, self.budget, body_max=self._get_limit(ask))
        try:
            await self._converse(hearing, pin)
        finally:
            # Cancelled too: what came until then is kept.
            hearing.end("time")
            self._release(hearing)
            blank = Exchange(
                number=number, door=ask.door, at=at, method=ask.method, url=ask.target.url
            )
            exchange = self._keep(hearing, blank, seconds=time.monotonic() - began)
        return exchange

    async def _converse(self, hearing: Hearing, pin: Pin | None) -> None:
        target = hearing.ask.target
        if pin is None:
            hearing.end("dns")
            return
        while True:
            try:
                hearing.begin(await self._lines.take(target, pin, now=self.clock()))
            except LineFault as fault:
                hearing.end(str(fault))
                return
            while not hearing.is_done:
                await _pass_on(await hearing.hear(), hearing)
            if not hearing.may_try_again:
                return

    def _release(self, hearing: Hearing) -> None:
        if hearing.line and hearing.may_go_on:
            self._lines.give_back(hearing.ask.target, hearing.line)
        elif hearing.line:
            hearing.line.close()

    def _keep(self, hearing: Hearing, blank: Exchange, *, seconds: float) -> Exchange:
        tls = self.archive.keep_chain(hearing.line.chain) if hearing.line else ""
        exchange = hearing.describe(blank, tls=tls, seconds=seconds)
        place = self.archive.keep_exchange(exchange, request=hearing.request, answer=hearing.answer)
        hearing.answer.close()
        if place:
            self.places[exchange.number] = place
        self._bytes += exchange.bytes
        self.exchanges.append(exchange)
        return exchange

    def _get_limit(self, ask: Ask) -> int:
        left = max(0, self.budget.total_bytes - self._bytes)
        return min(ask.body_max or self.budget.body_bytes, left)

    def _tell_time(self) -> str:
        return self.clock().isoformat()


def _check_method(method: str) -> None:
    if method not in METHODS:
        raise UrlRefused("method")


async def _pass_on(data: bytes, hearing: Hearing) -> None:
    if data and hearing.ask.send:
        try:
            await hearing.ask.send(data)
        except OSError:
            hearing.end("disconnect")
