"""Which page comes next: those of the same site, near ones first, each once, within the budget."""

import re
from collections import deque
from collections.abc import Iterable

from msgspec import Struct

from tipline.domain.evidence.addresses import read_address
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.targets import Target, UrlRefused, read_target
from tipline.domain.triage.canonical.suffixes import read_naming

# What no page of a site is: fetched as part of a page, or as a download when the page offers it.
_NO_PAGES = re.compile(
    r"\.(?:css|js|mjs|json|xml|png|jpe?g|gif|webp|svg|ico|avif|woff2?|ttf|mp[34]|webm|m3u8|ts)$",
    re.IGNORECASE,
)
DOWNLOADS = re.compile(
    r"\.(?:apk|xapk|apks|ipa|exe|msi|dmg|pkg|deb|zip|rar|7z|tar|gz|tgz|bz2|xz|iso|jar|bat|cmd|ps1|vbs"
    r"|scr|docx?|xlsx?|pptx?|pdf|mobileconfig)$",
    re.IGNORECASE,
)
# A visit to these would change something, or end in a trap of days and sessions.
_ACTIONS = re.compile(
    r"(?:^|[/?&=_-])(?:log-?out|sign-?out|delete|remove|unsubscribe)(?:$|[/?&=_.-])", re.IGNORECASE
)
_LINKS_MAX = 5_000


class Turn(Struct, frozen=True):
    """A page that is to be captured, ``depth`` links away from the first."""

    url: str
    depth: int


def name_site(target: Target) -> str:
    """Name the site of an address: its registered name, or host and port where it has none."""
    host = target.endpoint.host.rstrip(".")
    if read_address(host) is not None:
        return str(target.endpoint)
    return read_naming(host).registered or str(target.endpoint)


def is_download(url: str) -> bool:
    """Tell by its path whether a link leads to a file rather than to a page."""
    return bool(DOWNLOADS.search(url.partition("?")[0]))


class Frontier:
    """The pages that wait. The same links in the same order always give the same turns."""

    def __init__(self, url: str, budget: Budget) -> None:
        first = read_target(url)
        self.site = name_site(first)
        self._budget = budget
        self._seen = {first.url}
        self._waiting = deque([Turn(first.url, 0)])
        self._given = 0

    @property
    def waiting(self) -> int:
        """How many pages wait, as far as the budget goes."""
        return min(len(self._waiting), self._budget.pages - self._given)

    def take(self) -> Turn | None:
        """Take the next page; None when none waits or the budget is spent."""
        if not self._waiting or self._given >= self._budget.pages:
            return None
        self._given += 1
        return self._waiting.popleft()

    def adopt(self, url: str) -> None:
        """Take the site to which the first page led as the one that is inspected, too."""
        try:
            target = read_target(url)
        except UrlRefused:
            return
        self._seen.add(target.url)
        self.site = name_site(target)

    def add(self, links: Iterable[str], *, depth: int) -> None:
        """Let the pages of this site among ``links`` wait; they are ``depth`` links away."""
        if depth > self._budget.depth:
            return
        for url in links:
            if len(self._seen) >= _LINKS_MAX:
                return
            self._add(url, depth)

    def _add(self, url: str, depth: int) -> None:
        try:
            target = read_target(url)
        except UrlRefused:
            return
        path = target.path.partition("?")[0]
        if _NO_PAGES.search(path) or is_download(target.url) or _ACTIONS.search(target.path):
            return
        if target.url not in self._seen and name_site(target) == self.site:
            self._seen.add(target.url)
            self._waiting.append(Turn(target.url, depth))
