"""One visit in one tab, from an empty context to the page's picture."""

import asyncio
import base64
import contextlib
import time
from collections.abc import Mapping
from typing import Any

from msgspec import json

from tipline.adapters.browser import scenes
from tipline.adapters.browser.faces import dress
from tipline.adapters.browser.wire import BrowserGone, CallRefused, Wire
from tipline.domain.evidence.browser import Download, Link, Rendering, Visit

_LOAD_SHARE = 0.6  # of the visit's time; the rest is for looking at what is there
_QUIET_SECONDS = 2.0


class Stopped(Exception):
    """The page does something that is not waited out; the message is the flag."""


class Tab:
    """What happens on one page, gathered while it happens."""

    def __init__(self, wire: Wire, visit: Visit, version: str) -> None:
        self._wire, self._visit, self._version = wire, visit, version
        self._session = self._target = self._frame = ""
        self._began = time.monotonic()
        self._loaded, self._quiet = asyncio.Event(), asyncio.Event()
        self._stopped: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._url = ""
        self._navigations = 0
        self._depths: dict[str, int] = {}
        self._dialogs: list[str] = []
        self._popups: list[str] = []
        self._downloads: list[Download] = []
        self._flags: set[str] = set()
        self._seen: dict[str, Any] = {}

    async def show(self) -> Rendering:
        """Show the page; whatever it does, what came of it until then is given."""
        context = ""
        try:
            async with asyncio.timeout(self._visit.seconds):
                context = await self._open()
                await self._unless_stopped(self._look())
        except TimeoutError:
            self._flags.add("hang")
        except Stopped as stopped:
            self._flags.add(str(stopped))
        except BrowserGone:
            self._flags.add("crash")
        except CallRefused:
            self._flags.add("failed")
        await self._leave(context)
        return self._describe()

    async def _open(self) -> str:
        wire, visit = self._wire, self._visit
        wire.hear("", self._hear_browser)
        made = await wire.send(
            "Target.createBrowserContext",
            disposeOnDetach=True,
            proxyServer=f"http://{visit.proxy}",
            proxyBypassList="<-loopback>",
        )
        context = str(made["browserContextId"])
        wire.send(
            "Browser.setDownloadBehavior",
            behavior="deny",
            browserContextId=context,
            eventsEnabled=True,
        )
        made = await wire.send("Target.createTarget", url="about:blank", browserContextId=context)
        self._target = made["targetId"]
        made = await wire.send("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = made["sessionId"]
        wire.hear(self._session, self._hear_page)
        # The page may only begin when all this is known, else its first events are missed.
        await asyncio.gather(
            self._send("Page.enable"),
            self._send("Page.setLifecycleEventsEnabled", enabled=True),
            self._send("Inspector.enable"),
            *(self._send(method, **given) for method, given in dress(visit, self._version)),
        )
        return context

    async def _look(self) -> None:
        visit = self._visit
        try:
            async with asyncio.timeout(visit.seconds * _LOAD_SHARE):
                made = await self._send("Page.navigate", url=visit.url)
                self._frame = made["frameId"]
                if made.get("errorText"):
                    return
                await self._loaded.wait()
                await self._be_quiet()
                await self._scroll()
        except TimeoutError:
            self._flags.add("slow")
            self._send("Page.stopLoading")
        await self._read()

    async def _be_quiet(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_QUIET_SECONDS):
                await self._quiet.wait()

    async def _scroll(self) -> None:
        # Without scripts a page's timers stand still, and what is lazy comes at once.
        if self._visit.has_scripts:
            with contextlib.suppress(CallRefused):
                await self._ask(scenes.SCROLL % {"height": self._visit.budget.picture_height})

    async def _read(self) -> None:
        budget = self._visit.budget
        self._seen = json.decode(await self._ask(scenes.READ % {"dom": budget.html_bytes}))
        if self._visit.snippet:
            self._seen["answer"] = await self._ask(self._visit.snippet)
        height = min(self._seen["height"], budget.picture_height)
        width = min(max(self._seen["width"], self._visit.profile.width), 4_000)
        clip = {"x": 0, "y": 0, "width": width, "height": max(1, height), "scale": 1}
        made = await self._send(
            "Page.captureScreenshot",
            format="png",
            optimizeForSpeed=True,
            captureBeyondViewport=True,
            clip=clip,
        )
        self._seen["picture"] = base64.b64decode(made["data"])

    async def _ask(self, expression: str) -> str:
        world = await self._send("Page.createIsolatedWorld", frameId=self._frame, worldName="look")
        made = await self._send(
            "Runtime.evaluate",
            expression=expression,
            contextId=world["executionContextId"],
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in made:
            raise CallRefused(str(made["exceptionDetails"].get("text")))
        return str(made["result"].get("value", ""))

    def _send(self, method: str, **given: Any) -> "asyncio.Future[Any]":
        return self._wire.send(method, session=self._session, **given)

    async def _unless_stopped(self, looking: Any) -> None:
        task = asyncio.ensure_future(looking)
        try:
            await asyncio.wait((task, self._stopped), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait((task,))
        if self._stopped.done():
            raise Stopped(self._stopped.result())
        task.result()

    async def _leave(self, context: str) -> None:
        self._wire.hear(self._session, None)
        with contextlib.suppress(TimeoutError, BrowserGone, CallRefused):
            async with asyncio.timeout(1.5):
                if context:
                    await self._wire.send("Target.disposeBrowserContext", browserContextId=context)

    def _hold(self, flag: str) -> None:
        # Nothing more comes; what is there is looked at.
        if flag not in self._flags:
            self._flags.add(flag)
            self._send("Page.stopLoading")
        self._loaded.set()
        self._quiet.set()

    def _stop(self, flag: str) -> None:
        if not self._stopped.done():
            self._stopped.set_result(flag)

    def _hear_browser(self, method: str, told: Mapping[str, Any]) -> None:
        if method == "Browser.downloadWillBegin":
            if len(self._downloads) < self._visit.budget.downloads:
                self._downloads.append(Download(told["url"], told["suggestedFilename"][:300]))
            self._loaded.set()
            self._quiet.set()

    def _hear_page(self, method: str, told: Mapping[str, Any]) -> None:
        hear = getattr(self, _HEARD.get(method, ""), None)
        if hear:
            hear(told)

    def _hear_dialog(self, told: Mapping[str, Any]) -> None:
        words = str(told.get("message", ""))[:2_000]
        if told.get("type") != "beforeunload":
            self._dialogs.append(words)
        with contextlib.suppress(BrowserGone):
            self._send("Page.handleJavaScriptDialog", accept=True)
        if len(self._dialogs) > self._visit.budget.page_dialogs:
            self._stop("dialogs")

    def _hear_navigation(self, told: Mapping[str, Any]) -> None:
        frame = told["frame"]
        if frame.get("parentId"):
            return
        self._url = frame["url"]
        self._loaded.clear()
        self._quiet.clear()
        self._navigations += 1
        if self._navigations > self._visit.budget.page_navigations:
            self._hold("navigations")
            if self._visit.has_scripts:
                self._stop("navigations")

    def _hear_frame(self, told: Mapping[str, Any]) -> None:
        depth = self._depths.get(told["parentFrameId"], 0) + 1
        self._depths[told["frameId"]] = depth
        if depth > self._visit.budget.frame_depth:
            self._hold("frames")

    def _hear_popup(self, told: Mapping[str, Any]) -> None:
        if len(self._popups) < self._visit.budget.page_popups:
            self._popups.append(str(told["url"])[:8_192])
        else:
            self._flags.add("popups")

    def _hear_load(self, _told: Mapping[str, Any]) -> None:
        self._loaded.set()

    def _hear_life(self, told: Mapping[str, Any]) -> None:
        if told["name"] == "networkIdle" and told["frameId"] == self._frame:
            self._quiet.set()

    def _hear_crash(self, _told: Mapping[str, Any]) -> None:
        self._stop("crash")

    def _describe(self) -> Rendering:
        is_page = self._url.startswith(("http://", "https://"))
        seen = self._seen if is_page else {}
        height = seen.get("height", 0)
        return Rendering(
            final_url=self._url if is_page else "",
            title=seen.get("title", ""),
            dom=seen.get("dom", ""),
            text=seen.get("text", ""),
            picture=seen.get("picture", b""),
            is_picture_cut=height > self._visit.budget.picture_height,
            links=tuple(Link(*each) for each in seen.get("links", ())),
            dialogs=tuple(self._dialogs),
            popups=tuple(dict.fromkeys(self._popups)),
            downloads=tuple(self._downloads),
            answer=seen.get("answer", ""),
            flags=tuple(sorted(self._flags)),
            seconds=round(time.monotonic() - self._began, 3),
        )


_HEARD = {
    "Page.javascriptDialogOpening": "_hear_dialog",
    "Page.frameNavigated": "_hear_navigation",
    "Page.frameAttached": "_hear_frame",
    "Page.windowOpen": "_hear_popup",
    "Page.loadEventFired": "_hear_load",
    "Page.lifecycleEvent": "_hear_life",
    "Inspector.targetCrashed": "_hear_crash",
}
