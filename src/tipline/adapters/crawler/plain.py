"""Sees pages without a browser: what the site sends, not what a visitor is shown."""

import time

from msgspec import structs

from tipline.adapters.crawler.reading import Read, read_document
from tipline.adapters.crawler.sight import PAGES, Sight, is_file, judge, name_file
from tipline.adapters.gate import Ask, Gate
from tipline.adapters.gate.asking import name_visitor
from tipline.domain.evidence.browser import Download, Profile
from tipline.domain.evidence.exchanges import Fetched
from tipline.domain.evidence.pages import CapturedPage
from tipline.domain.evidence.targets import UrlRefused

_MAJOR = "150"


class PlainLook:
    """Eyes that ask and read."""

    name = "none"

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def see(self, blank: CapturedPage, profile: Profile) -> Sight:
        """Fill in what ``blank`` names."""
        began = time.monotonic()
        agent = profile.agent.format(major=_MAJOR)
        try:
            target = self._gate.read(blank.url, door=blank.number)
            ask = Ask(
                target=target,
                door=blank.number,
                headers=name_visitor(agent, profile.languages),
                body_max=self._gate.budget.body_bytes,
            )
            fetched = await self._gate.fetch(ask)
        except UrlRefused as refused:
            return Sight(page=structs.replace(blank, result=f"refused:{refused}"))
        return _read(blank, fetched, seconds=time.monotonic() - began)

    async def close(self) -> None:
        """Nothing was started."""


def _read(blank: CapturedPage, fetched: Fetched, *, seconds: float) -> Sight:
    exchange, url = fetched.exchange, fetched.chain[-1]
    page = structs.replace(
        blank,
        final_url=url,
        status=exchange.status,
        result=judge(exchange) or "not_rendered",
        redirects=fetched.chain[:-1],
        tls=exchange.tls,
        tls_fault=exchange.tls_fault,
        flags=(f"cut_{exchange.cut}",) if exchange.cut else (),
        requests=len(fetched.chain),
        seconds=round(seconds, 3),
    )
    if exchange.fault:
        return Sight(page=page)
    if is_file(exchange):
        file = Download(url, name_file(exchange))
        page = structs.replace(page, result="download", downloads=(url,))
        return Sight(page=page, files=(file,), body=fetched.body)
    read = Read("", "", "", ())
    if exchange.kind in PAGES:
        content_type = exchange.find_header("content-type")
        read = read_document(fetched.body, url=url, content_type=content_type)
    page = structs.replace(page, title=read.title, links=read.links)
    return Sight(page=page, dom=read.dom, text=read.text)
