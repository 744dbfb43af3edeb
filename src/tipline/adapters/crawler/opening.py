"""Opens eyes: a browser's where one can be run safely, else those that only read."""

import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from tipline.adapters.crawler.eyes import BrowserLook, Glass
from tipline.adapters.crawler.plain import PlainLook
from tipline.adapters.crawler.sight import Look
from tipline.adapters.gate import Gate
from tipline.adapters.gate.authority import Authority
from tipline.adapters.gate.door import Door
from tipline.adapters.gate.live import Silence
from tipline.domain.evidence.browser import Browser, BrowserUnusable

# Makes a browser that asks on its own account at the first address, and trusts the second: a key's hash.
MakeBrowser = Callable[[str, str], Browser]


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """How eyes are opened; ``make_browser`` None: those that only read."""

    make_browser: MakeBrowser | None
    folder: Path
    snippet: str = ""
    has_replay: bool = True

    @contextlib.asynccontextmanager
    async def open(self, gate: Gate) -> AsyncIterator[tuple[Look, str]]:
        """Open them; gives them, and why they are not a browser's where they are not."""
        if self.make_browser is None:
            yield PlainLook(gate), "no browser was wanted"
            return
        with tempfile.TemporaryDirectory(prefix="tipline-gate-") as place:
            authority = Authority(Path(place), now=gate.clock())
            async with Door(Silence(), authority.get_context) as chatter:
                browser = self.make_browser(chatter.address, authority.pin)
                try:
                    await browser.start()
                except BrowserUnusable as why:
                    yield PlainLook(gate), str(why)
                    return
                look = BrowserLook(self._make_glass(gate, browser, authority))
                try:
                    yield look, ""
                finally:
                    await look.close()

    def _make_glass(self, gate: Gate, browser: Browser, authority: Authority) -> Glass:
        return Glass(
            gate=gate,
            browser=browser,
            authority=authority,
            folder=self.folder,
            snippet=self.snippet,
            has_replay=self.has_replay,
        )
