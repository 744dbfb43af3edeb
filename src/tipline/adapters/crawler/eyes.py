"""Sees pages as a visitor does: a browser shows them, the gate records them, the record is shown again."""

import time
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from tipline.adapters.crawler.reading import Read, read_document
from tipline.adapters.crawler.sight import PAGES, Sight, is_file, judge, name_file
from tipline.adapters.crawler.trail import Trail, follow
from tipline.adapters.gate import Gate
from tipline.adapters.gate.archive import WARC
from tipline.adapters.gate.authority import Authority
from tipline.adapters.gate.door import Door
from tipline.adapters.gate.live import LiveAnswers
from tipline.adapters.gate.replay import Replay, read_body
from tipline.domain.evidence.browser import Browser, Download, Profile, Rendering, Visit
from tipline.domain.evidence.pages import CapturedPage, Replayed
from tipline.domain.evidence.targets import UrlRefused

# Parts of a page's seconds: with scripts, and without them where they were hostile.
_FIRST, _SECOND = 0.55, 0.3
_HOSTILE = {"crash", "dialogs", "hang", "memory", "navigations"}


@dataclass(frozen=True, kw_only=True)
class Glass:
    """What a browser's eyes look through."""

    gate: Gate
    browser: Browser
    authority: Authority
    folder: Path
    snippet: str = ""
    has_replay: bool = True


@dataclass(frozen=True, kw_only=True)
class _Shown:
    first: Rendering
    last: Rendering
    has_scripts: bool
    trail: Trail
    places: tuple[tuple[str, tuple[int, int]], ...]
    requests: int


class BrowserLook:
    """Eyes that are a browser's."""

    def __init__(self, glass: Glass) -> None:
        self._glass, self._gate = glass, glass.gate

    @property
    def name(self) -> str:
        """Name and version."""
        return self._glass.browser.version

    async def see(self, blank: CapturedPage, profile: Profile) -> Sight:
        """Fill in what ``blank`` names."""
        began = time.monotonic()
        try:
            url = self._gate.read(blank.url, door=blank.number).url
        except UrlRefused as refused:
            return Sight(page=structs.replace(blank, result=f"refused:{refused}"))
        shown = await self._show(url, blank, profile)
        sight = self._describe(shown, blank)
        page = structs.replace(sight.page, seconds=round(time.monotonic() - began, 3))
        if self._glass.has_replay and sight.picture:
            visit = self._plan_visit(page.url, profile, has_scripts=page.scripts)
            replay = await self._show_again(visit, shown)
            page = structs.replace(page, replay=replay)
        return structs.replace(sight, page=page)

    async def close(self) -> None:
        """End the browser."""
        await self._glass.browser.close()

    async def _show(self, url: str, blank: CapturedPage, profile: Profile) -> _Shown:
        gate, browser = self._gate, self._glass.browser
        done, refused = len(gate.exchanges), len(gate.refusals)
        answers = LiveAnswers(gate, blank.number)
        visit = self._plan_visit(url, profile, has_scripts=True)
        async with Door(answers, self._glass.authority.get_context) as door:
            visit = structs.replace(visit, proxy=door.address)
            first = last = await browser.show(visit)
            if not first.is_whole and set(first.flags) & _HOSTILE:
                seconds = self._gate.budget.page_seconds * _SECOND
                answers.begin_again()
                calm = structs.replace(visit, has_scripts=False, seconds=seconds)
                last = await browser.show(calm)
        exchanges = [each for each in gate.exchanges[done:] if each.door == blank.number]
        return _Shown(
            first=first,
            last=last,
            has_scripts=last is first,
            trail=follow(url, exchanges, gate.refusals[refused:], final_url=last.final_url),
            places=tuple(
                (each.url, gate.places[each.number])
                for each in exchanges
                if each.number in gate.places
            ),
            requests=answers.requests,
        )

    def _plan_visit(self, url: str, profile: Profile, *, has_scripts: bool) -> Visit:
        budget = self._gate.budget
        return Visit(
            url=url,
            profile=profile,
            proxy="",
            budget=budget,
            has_scripts=has_scripts,
            seconds=budget.page_seconds * _FIRST,
            snippet=self._glass.snippet,
        )

    def _describe(self, shown: _Shown, blank: CapturedPage) -> Sight:
        first, last, exchange = shown.first, shown.last, shown.trail.exchange
        read = Read(last.dom, last.title, last.text, last.links)
        result = "shown" if last.is_whole else self._judge(shown)
        files = first.downloads
        if result == "not_rendered":
            read = self._read_record(shown)
        if result == "download" and exchange and not files:
            files = (Download(exchange.url, name_file(exchange)),)
        cut = (f"cut_{exchange.cut}",) if exchange and exchange.cut else ()
        page = structs.replace(
            blank,
            final_url=last.final_url or (exchange.url if exchange else ""),
            status=exchange.status if exchange else 0,
            result=result,
            rendered=last.is_whole,
            title=read.title,
            links=read.links,
            redirects=shown.trail.redirects,
            dialogs=first.dialogs,
            popups=first.popups,
            downloads=tuple(each.url for each in files),
            flags=tuple(sorted({*first.flags, *last.flags, *cut})),
            scripts=shown.has_scripts,
            picture_cut=last.is_picture_cut,
            requests=shown.requests,
            tls=exchange.tls if exchange else "",
            tls_fault=exchange.tls_fault if exchange else "",
        )
        return Sight(
            page=page,
            dom=read.dom,
            text=read.text,
            picture=last.picture,
            answer=last.answer,
            files=files,
        )

    def _judge(self, shown: _Shown) -> str:
        exchange = shown.trail.exchange
        is_answered = exchange is not None and not 300 <= exchange.status < 400
        if exchange is None or (shown.trail.refused and not is_answered):
            return f"refused:{shown.trail.refused}" if shown.trail.refused else "empty"
        if fault := judge(exchange):
            return fault
        if shown.first.downloads or is_file(exchange):
            return "download"
        if 300 <= exchange.status < 400:
            return "refused:redirects"
        return "not_rendered" if exchange.kind in PAGES else "empty"

    def _read_record(self, shown: _Shown) -> Read:
        exchange = shown.trail.exchange
        place = self._gate.places.get(exchange.number) if exchange else None
        if exchange is None or place is None:
            return Read("", "", "", ())
        body = read_body(self._glass.folder / WARC, place, most=self._gate.budget.html_bytes)
        kind = exchange.find_header("content-type")
        return read_document(body, url=exchange.url, content_type=kind)

    async def _show_again(self, visit: Visit, shown: _Shown) -> Replayed:
        replay = Replay(self._glass.folder / WARC, shown.places)
        async with Door(replay, self._glass.authority.get_context) as door:
            again = await self._glass.browser.show(structs.replace(visit, proxy=door.address))
        return Replayed(
            pixel=again.picture == shown.last.picture,
            text=again.text == shown.last.text,
            missing=len(replay.missing),
        )
