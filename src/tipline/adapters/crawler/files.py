"""Fetches what a page offers to save, through the gate, and keeps it by its hash."""

from collections.abc import Iterable

from tipline.adapters.crawler.folder import Folder
from tipline.adapters.crawler.sight import Sight, is_file, name_file
from tipline.adapters.gate import Ask, Gate
from tipline.adapters.gate.asking import RawHeaders
from tipline.domain.evidence.browser import Download
from tipline.domain.evidence.pages import KeptDownload
from tipline.domain.evidence.targets import UrlRefused


class Keeper:
    """Keeps the files of one inspection, each address once, up to ``budget.downloads``."""

    def __init__(self, gate: Gate, folder: Folder) -> None:
        self._gate, self._folder = gate, folder
        self._known: set[str] = set()

    def remember(self, kept: Iterable[KeptDownload]) -> None:
        """Know of files that were kept before."""
        self._known |= {each.url for each in kept}

    async def keep(
        self, sight: Sight, linked: Iterable[str], *, headers: RawHeaders
    ) -> tuple[KeptDownload, ...]:
        """Keep the files of one page: those it wanted to save, then those it links to."""
        if sight.body and sight.files:
            return (self._write(sight.files[0], sight.body, page=sight.page.number),)
        asked = (*sight.files, *(Download(url, "") for url in linked))
        kept = []
        for each in asked:
            if each.url in self._known or len(self._known) >= self._gate.budget.downloads:
                continue
            self._known.add(each.url)
            if found := await self._fetch(each, headers=headers, page=sight.page.number):
                kept.append(found)
        return tuple(kept)

    async def _fetch(
        self, file: Download, *, headers: RawHeaders, page: int
    ) -> KeptDownload | None:
        budget = self._gate.budget
        try:
            target = self._gate.read(file.url, door=page)
            ask = Ask(target=target, door=page, headers=headers, body_max=budget.download_bytes)
            fetched = await self._gate.fetch(ask)
        except UrlRefused:
            return None
        exchange = fetched.exchange
        if exchange.status != 200 or not fetched.body or not (file.name or is_file(exchange)):
            return None
        named = Download(file.url, file.name or name_file(exchange))
        return self._write(named, fetched.body, page=page, cut=exchange.cut)

    def _write(self, file: Download, body: bytes, *, page: int, cut: str = "") -> KeptDownload:
        self._known.add(file.url)
        return KeptDownload(
            url=file.url,
            name=file.name,
            sha256=self._folder.keep_download(body),
            bytes=len(body),
            truncated=cut,
            page=page,
        )
