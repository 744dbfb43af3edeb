"""Chooses gate, browser and walk of an inspection."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tipline.domain.evidence.browser import Browser
from tipline.domain.evidence.looking import Looking
from tipline.domain.evidence.pages import CaptureSummary, Tell
from tipline.domain.evidence.targets import read_target
from tipline.settings import Settings


def capture_site(
    settings: Settings,
    *,
    url: str,
    out: Path,
    looking: Looking,
    clock: Callable[[], datetime],
    tell: Tell,
) -> CaptureSummary:
    """Look at the site at ``url`` and keep what is seen in the folder ``out``.

    A folder whose inspection was interrupted is gone on with. The house never asks itself.

    Raises:
        UrlRefused: the address is none that is looked at.
        ValueError: there is no such profile.

    """
    from tipline.adapters import browser, crawler, gate  # noqa: PLC0415 - of inspections alone

    def make_browser(chatter: str, pin: str) -> Browser:
        return browser.Chromium(
            settings.chromium, user=settings.browser_user, chatter=chatter, pin=pin
        )

    read_target(url)
    rules = gate.Rules(
        allow=frozenset(looking.allow),
        own=_name_own_hosts(settings),
        hosts=looking.hosts,
        proxy=settings.egress_proxy,
    )
    return crawler.Run(
        plan=crawler.Plan(
            url=url,
            profiles=looking.profiles,
            budget=looking.budget,
            ignore_robots=looking.ignore_robots,
        ),
        folder=crawler.Folder(out),
        rules=rules,
        eyes=crawler.Eyes(
            make_browser=make_browser if looking.has_browser else None,
            folder=out,
            snippet=looking.snippet,
            has_replay=looking.has_replay,
        ),
        clock=clock,
        tell=tell,
    ).do()


def _name_own_hosts(settings: Settings) -> frozenset[str]:
    addresses = (settings.public_url, settings.desk_url)
    hosts = (urlsplit(each).hostname for each in addresses if each)
    return frozenset(each for each in hosts if each)
