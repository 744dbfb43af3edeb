"""The walk itself: page after page, each noted when it is done, none of which ends the walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs

from tipline.adapters.crawler.files import Keeper
from tipline.adapters.crawler.folder import Folder, Noted
from tipline.adapters.crawler.manners import Pace, Robots
from tipline.adapters.crawler.sight import Look, Sight
from tipline.adapters.gate import Ask, Gate
from tipline.adapters.gate.asking import name_visitor
from tipline.domain.evidence.browser import Profile
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.cloaking import Seen, compare
from tipline.domain.evidence.frontier import Frontier, Turn, is_download
from tipline.domain.evidence.pages import CapturedPage, KeptDownload, Progress, Tell
from tipline.domain.evidence.targets import UrlRefused, read_target

AGENT = "Tipline"
_BUSY = (429, 503)
_SEEN = ("shown", "not_rendered")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is walked, as whom, and within which bounds.

    ``ignore_robots`` is the reason for which robots.txt is not obeyed; nothing: it is.
    """

    url: str
    profiles: tuple[Profile, ...]
    budget: Budget
    ignore_robots: str = ""


class Crawl:
    """One walk; ``pages``, ``downloads`` and ``signals`` grow as it goes."""

    def __init__(self, plan: Plan, *, gate: Gate, folder: Folder, look: Look) -> None:
        self.pages: list[CapturedPage] = []
        self.downloads: list[KeptDownload] = []
        self.signals: list[str] = []
        self._plan, self._gate, self._folder, self._look = plan, gate, folder, look
        self._frontier = Frontier(plan.url, plan.budget)
        self._pace = Pace(plan.budget.pages_per_second)
        self._robots: Robots | None = None
        self._is_busy = False
        self._keeper = Keeper(gate, folder)

    async def walk(self, done: list[Noted], *, tell: Tell) -> None:
        """Walk on after what was ``done``; each page is told when it is done."""
        remembered = iter(done)
        while turn := self._take_turn():
            views = [
                await self._view(turn, profile, remembered, tell=tell)
                for profile in self._plan.profiles
            ]
            self._compare(views)

    def _take_turn(self) -> Turn | None:
        return None if self._is_busy else self._frontier.take()

    async def _view(
        self, turn: Turn, profile: Profile, remembered: Iterator[Noted], *, tell: Tell
    ) -> Seen:
        known = next(remembered, None)
        noted = known or await self._visit(turn, profile)
        page = noted.page
        self.pages.append(page)
        self.downloads += noted.downloads
        self._keeper.remember(noted.downloads)
        if turn.depth == 0 and page.final_url:
            self._frontier.adopt(page.final_url)
        self._frontier.add((each.url for each in page.links), depth=turn.depth + 1)
        self._frontier.add(page.popups, depth=turn.depth + 1)
        if page.status in _BUSY and page.result in _SEEN:
            self._is_busy = True
            self.signals.append("rate_limited")
        if known is None:
            waiting = self._frontier.waiting
            tell(Progress(done=len(self.pages), waiting=waiting, url=turn.url, result=page.result))
        return self._recall(page)

    async def _visit(self, turn: Turn, profile: Profile) -> Noted:
        blank = CapturedPage(
            number=len(self.pages) + 1,
            url=turn.url,
            final_url="",
            status=0,
            result="empty",
            rendered=False,
            profile=profile.name,
            at=self._gate.clock().isoformat(),
            depth=turn.depth,
        )
        refused = len(self._gate.refusals)
        if await self._may_see(turn):
            await self._pace.wait(read_target(turn.url))
            sight = await self._look.see(blank, profile)
        else:
            sight = Sight(page=structs.replace(blank, result="robots"))
        page = structs.replace(sight.page, refused=len(self._gate.refusals) - refused)
        self._folder.keep_page(page, dom=sight.dom, text=sight.text, picture=sight.picture)
        if sight.answer:
            self._folder.keep_answer(page, name="boxes.json", answer=sight.answer)
        files = await self._keep_files(structs.replace(sight, page=page), profile)
        noted = Noted(page, files, self._gate.archive.measure())
        self._folder.note(noted)
        return noted

    async def _keep_files(self, sight: Sight, profile: Profile) -> tuple[KeptDownload, ...]:
        linked = [each.url for each in sight.page.links if is_download(each.url)]
        headers = name_visitor(profile.agent.format(major="150"), profile.languages)
        return await self._keeper.keep(sight, linked, headers=headers)

    async def _may_see(self, turn: Turn) -> bool:
        if self._robots is None:
            self._robots = await self._read_robots()
            if not self._plan.ignore_robots:
                self._pace.slow_down(self._robots.delay)
        if self._plan.ignore_robots or self._robots.may_see(turn.url):
            return True
        if "robots" not in self.signals:
            self.signals.append("robots")
        return False

    async def _read_robots(self) -> Robots:
        place = read_target(self._plan.url)
        scheme = "https" if place.is_secret else "http"
        try:
            target = self._gate.read(f"{scheme}://{place.authority}/robots.txt", door=0)
            ask = Ask(target=target, headers=name_visitor(AGENT, "en"), body_max=512_000)
            fetched = await self._gate.fetch(ask)
        except UrlRefused:
            return Robots("", agent=AGENT)
        is_there = fetched.exchange.status == 200 and "html" not in fetched.exchange.kind
        return Robots(fetched.body.decode("utf-8", "replace") if is_there else "", agent=AGENT)

    def _recall(self, page: CapturedPage) -> Seen:
        path = self._folder.path / "pages" / page.folder / "text.txt"
        return Seen(page.url, page.final_url, page.status, path.read_text("utf-8"))

    def _compare(self, views: list[Seen]) -> None:
        pages = self.pages[-len(views) :]
        if len(views) < 2 or any(each.result not in _SEEN for each in pages):
            return
        if compare(views[0], views[1]) and "cloaking" not in self.signals:
            self.signals.append("cloaking")
