"""One inspection from its address to a working folder."""

import asyncio
import time
from dataclasses import dataclass, field
from importlib import metadata

from msgspec import to_builtins

from tipline.adapters.crawler.crawl import Crawl, Plan
from tipline.adapters.crawler.folder import Folder
from tipline.adapters.crawler.opening import Eyes
from tipline.adapters.gate import Gate, Rules
from tipline.adapters.gate.gate import Clock
from tipline.domain.evidence.pages import CaptureSummary, Tell


@dataclass(frozen=True, kw_only=True)
class Run:
    """An inspection: what is walked, where it is kept, by which eyes."""

    plan: Plan
    folder: Folder
    rules: Rules
    eyes: Eyes
    clock: Clock
    tell: Tell
    about: dict[str, str] = field(default_factory=dict)

    def do(self) -> CaptureSummary:
        """Walk, or walk on after a kill; gives what was brought home."""
        return asyncio.run(self._do())

    async def _do(self) -> CaptureSummary:
        began, at = time.monotonic(), self.clock()
        done = self.folder.resume()
        gate = Gate(self.folder.path, rules=self.rules, budget=self.plan.budget, clock=self.clock)
        async with gate, self.eyes.open(gate) as (look, lack):
            crawl = Crawl(self.plan, gate=gate, folder=self.folder, look=look)
            await crawl.walk(done, tell=self.tell)
        summary = _summarise(crawl, self.folder, gate, seconds=time.monotonic() - began)
        self.folder.write_run(
            {
                "url": self.plan.url,
                "began": at.isoformat(),
                "ended": self.clock().isoformat(),
                "resumed": len(done),
                "tipline": metadata.version("tipline"),
                "browser": look.name,
                "not_rendered": lack,
                "profiles": to_builtins(self.plan.profiles),
                "budget": to_builtins(self.plan.budget),
                "ignore_robots": self.plan.ignore_robots,
                "proxy": self.rules.proxy.partition("@")[2] or self.rules.proxy,
                "allow": sorted(map(str, self.rules.allow)),
                "signals": summary.signals,
                "result": summary.result,
                "rendered": summary.rendered,
                **self.about,
            }
        )
        return summary


def _summarise(crawl: Crawl, folder: Folder, gate: Gate, *, seconds: float) -> CaptureSummary:
    pages = tuple(crawl.pages)
    return CaptureSummary(
        folder=folder.path,
        url=pages[0].url if pages else "",
        result=_judge(crawl),
        rendered=any(each.rendered for each in pages),
        pages=pages,
        downloads=tuple(crawl.downloads),
        signals=tuple(crawl.signals),
        refused=len(gate.refusals),
        requests=sum(each.requests for each in pages),
        seconds=round(seconds, 3),
    )


def _judge(crawl: Crawl) -> str:
    first, *others = crawl.pages
    if first.result not in {"shown", "not_rendered", "download"}:
        return first.result
    is_partial = any(each.flags or each.result.startswith("unreachable") for each in others)
    return "partial" if is_partial or first.flags or crawl.signals else "complete"
