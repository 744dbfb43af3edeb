"""What stands behind a page's door: the live site, and behind the browser's own: nothing."""

from dataclasses import replace

from tipline.adapters.gate.asking import Ask
from tipline.adapters.gate.door import NoAnswer
from tipline.adapters.gate.gate import Gate
from tipline.adapters.gate.names import NameUnknown
from tipline.domain.evidence.targets import Target, UrlRefused


class LiveAnswers:
    """The site itself, asked through the gate for the page ``number``."""

    def __init__(self, gate: Gate, number: int) -> None:
        self._gate, self._number = gate, number
        self.requests = self._before = 0

    def begin_again(self) -> None:
        """Count anew towards the bound: the page is shown a second time."""
        self._before = self.requests

    async def check(self, target: Target) -> None:
        """Refuse what may not be connected to."""
        try:
            await self._gate.check(target, door=self._number, method="CONNECT")
        except NameUnknown:
            # The tunnel opens, so that the request itself is recorded with its fault.
            return

    async def answer(self, ask: Ask) -> bool:
        """Ask the site, and pass on what comes as it comes."""
        self.requests += 1
        if self.requests - self._before > self._gate.budget.page_requests:
            self.refuse(ask.target.url, reason="requests", method=ask.method)
            raise UrlRefused("requests")
        exchange = await self._gate.ask(replace(ask, door=self._number))
        if exchange.fault:
            raise NoAnswer(exchange.fault)
        is_closing = exchange.find_header("connection").lower() == "close"
        has_length = exchange.find_header("content-length") or exchange.find_header(
            "transfer-encoding"
        )
        return not exchange.cut and not is_closing and bool(has_length)

    def refuse(self, url: str, *, reason: str, method: str) -> None:
        """Note a refusal in the record."""
        self._gate.refuse(url, reason=reason, door=self._number, method=method)


class Silence:
    """Nothing: what a browser asks on its own account has no place in a record."""

    def __init__(self) -> None:
        self.refused = 0

    async def check(self, target: Target) -> None:  # noqa: ARG002 - whatever it is
        """Refuse."""
        self.refused += 1
        raise UrlRefused("chatter")

    async def answer(self, ask: Ask) -> bool:  # noqa: ARG002 - whatever it is
        """Refuse."""
        self.refused += 1
        raise UrlRefused("chatter")

    def refuse(self, url: str, *, reason: str, method: str) -> None:  # noqa: ARG002 - as above
        """Count it, and no more."""
        self.refused += 1
