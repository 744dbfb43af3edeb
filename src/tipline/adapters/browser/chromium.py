"""Chromium from the system, behind the gate."""

import asyncio
import contextlib

from msgspec import structs

from tipline.adapters.browser.running import Running
from tipline.adapters.browser.tab import Tab
from tipline.adapters.browser.wire import BrowserGone, CallRefused
from tipline.domain.evidence.browser import BrowserUnusable, Rendering, Visit

_START_SECONDS = 15.0
_VISITS_MAX = 100  # then a new one begins: long-lived browsers slow down and hang
_FATAL = {"hang", "crash", "memory", "failed", "dialogs", "navigations"}


class Chromium:
    """A browser that is started when it is needed, and anew after whatever was too much for it."""

    def __init__(self, command: str, *, user: str, chatter: str, pin: str) -> None:
        self._command, self._user = command, user
        # What the browser asks on its own account goes to a door that answers nothing; each
        # visit's context has its own.
        self._switches = (
            f"--proxy-server=http://{chatter}",
            f"--ignore-certificate-errors-spki-list={pin}",
        )
        self._running: Running | None = None
        self._visits = 0
        self._version = ""

    @property
    def version(self) -> str:
        """Name and version."""
        return self._version

    async def start(self) -> None:
        """Start it.

        Raises:
            BrowserUnusable: it is not there, or could only run in a way that is not safe.

        """
        running = await Running.start(self._command, user=self._user, switches=self._switches)
        try:
            async with asyncio.timeout(_START_SECONDS):
                told = await running.wire.send("Browser.getVersion")
        except (TimeoutError, BrowserGone, CallRefused):
            await running.end()
            raise BrowserUnusable(
                f"{self._command} does not start for {self._user or 'this user'}: it needs its sandbox "
                "(user namespaces), which it is never run without"
            ) from None
        self._running, self._visits, self._version = running, 0, str(told["product"])

    async def show(self, visit: Visit) -> Rendering:
        """Show an address; ends within the visit's seconds and three more."""
        if self._running is None or self._visits >= _VISITS_MAX:
            await self.close()
            await self.start()
        running = self._running
        if running is None:
            raise BrowserUnusable(self._command)
        self._visits += 1
        watching = asyncio.create_task(running.watch(visit.budget.memory_bytes))
        try:
            rendering = await Tab(running.wire, visit, self._version).show()
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        flags = set(rendering.flags)
        if running.is_over:
            flags = flags - {"crash"} | {"memory"}
        if flags & _FATAL:
            await self.close()
        return structs.replace(rendering, flags=tuple(sorted(flags)), memory_bytes=running.peak)

    async def close(self) -> None:
        """End every process of it."""
        running, self._running = self._running, None
        if running:
            await running.end()
