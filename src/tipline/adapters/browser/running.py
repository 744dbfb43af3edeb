"""Starts Chromium as somebody who may do nothing, watches it, and ends all of it."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tipline.adapters.browser import launch
from tipline.adapters.browser.memory import list_processes, measure
from tipline.adapters.browser.wire import Wire
from tipline.domain.evidence.browser import BrowserUnusable

_SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,DialMediaRouteProvider,HttpsFirstBalancedModeAutoEnable,"
    "HttpsUpgrades,InterestFeedContentSuggestions,MediaRouter,OptimizationHints,Translate",
    "--deny-permission-prompts",
    "--force-color-profile=srgb",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--hide-scrollbars",
    "--js-flags=--max-old-space-size=512",
    "--mute-audio",
    "--password-store=basic",
    "--proxy-bypass-list=<-loopback>",
)
_LOOK_SECONDS, _COUNT_EVERY = 0.15, 4


class Running:
    """One Chromium with a profile of its own; ``peak`` is the most memory that was seen."""

    def __init__(self, process: asyncio.subprocess.Process, wire: Wire, profile: Path) -> None:
        self.wire, self.peak, self.is_over = wire, 0, False
        self._process, self._profile = process, profile
        self._pids: set[int] = {process.pid}

    @classmethod
    async def start(cls, command: str, *, user: str, switches: Sequence[str]) -> Self:
        """Start it.

        Raises:
            BrowserUnusable: it is not there, or could only run in a way that is not safe.

        """
        path, (uid, gid) = find_command(command), find_user(user)
        profile = Path(tempfile.mkdtemp(prefix="tipline-browser-"))
        if uid:
            os.chown(profile, uid, gid)
        orders, answers = os.pipe(), os.pipe()
        pipe = [str(each) for each in (uid, gid, orders[0], answers[1])]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(Path(launch.__file__)), *pipe),
            *(path, *_SWITCHES, f"--user-data-dir={profile}", *switches, "about:blank"),
            env={
                "HOME": str(profile),
                "TMPDIR": str(profile),
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
            },
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=(orders[0], answers[1]),
            start_new_session=True,
        )
        os.close(orders[0])
        os.close(answers[1])
        wire = await Wire.join(orders[1], answers[0])
        return cls(process, wire, profile)

    async def watch(self, limit: int) -> None:
        """Watch its memory until it is over the limit, which ends it."""
        looks = 0
        while not self.is_over:
            if looks % _COUNT_EVERY == 0:
                self._pids |= set(list_processes(self._process.pid))
            looks += 1
            used = measure(self._pids)
            self.peak = max(self.peak, used)
            if used > limit:
                self.is_over = True
                self.kill()
                return
            await asyncio.sleep(_LOOK_SECONDS)

    def kill(self) -> None:
        """End every process of it, at once."""
        self._pids |= set(list_processes(self._process.pid))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pid in self._pids - {self._process.pid}:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    async def end(self) -> None:
        """End it, and remove what it wrote."""
        self.kill()
        await self._process.wait()
        await self.wire.close()
        await asyncio.to_thread(shutil.rmtree, self._profile, ignore_errors=True)


def find_command(command: str) -> str:
    """Find the browser.

    Raises:
        BrowserUnusable: it is not there.

    """
    path = shutil.which(command)
    if path is None:
        raise BrowserUnusable(f"no {command} is here; to install: apt-get install chromium")
    return path


def find_user(name: str) -> tuple[int, int]:
    """Find as whom the browser runs: 0 where it stays the user who runs us.

    Raises:
        BrowserUnusable: we are root, and there is nobody else to be.

    """
    if os.geteuid() != 0:
        return 0, 0
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise BrowserUnusable(
            f"no user {name!r} is here for the browser, which never runs as root; to make one: "
            f"useradd --system --no-create-home --shell /usr/sbin/nologin {name}"
        ) from None
    if found.pw_uid == 0:
        raise BrowserUnusable(f"the browser never runs as root, which {name!r} is")
    return found.pw_uid, found.pw_gid
