"""How a visitor behaves: no faster than told, and not where robots.txt says no."""

import asyncio
import time

from protego import Protego

from tipline.domain.evidence.targets import Target

_WAIT_MAX = 10.0


class Pace:
    """Lets pages of one host begin no faster than so many a second."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second if per_second > 0 else 0.0
        self._next: dict[str, float] = {}

    async def wait(self, target: Target) -> None:
        """Wait until the host may be asked again."""
        now, host = time.monotonic(), target.endpoint.host
        turn = max(now, self._next.get(host, 0.0))
        self._next[host] = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)

    def slow_down(self, per_second: float) -> None:
        """Keep to a slower pace that the site asks for, up to ten seconds."""
        self._gap = max(self._gap, min(_WAIT_MAX, per_second))


class Robots:
    """What a site's robots.txt lets us see; everything where there is none that can be read."""

    def __init__(self, text: str, *, agent: str) -> None:
        self._rules, self._agent = Protego.parse(text), agent

    @property
    def delay(self) -> float:
        """Seconds that the site wants between pages."""
        return float(self._rules.crawl_delay(self._agent) or 0.0)

    def may_see(self, url: str) -> bool:
        """Tell whether it lets us see this address."""
        return bool(self._rules.can_fetch(url, self._agent))
