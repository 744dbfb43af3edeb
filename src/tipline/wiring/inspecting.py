"""Chooses gate, browser and walk of an inspection."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tipline.domain.evidence.browser import Browser
from tipline.domain.evidence.content.claims import make_claims
from tipline.domain.evidence.content.findings import Findings
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
    from tipline.adapters import browser, crawler, gate, pages  # noqa: PLC0415 - of inspections alone

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
            snippet=looking.snippet or pages.BOXES_SCRIPT,
            has_replay=looking.has_replay,
        ),
        clock=clock,
        tell=tell,
    ).do()


def read_findings(settings: Settings, folder: Path, *, seeks_text: bool = True) -> Findings:
    """Read what is on the pages that an inspection kept in its working ``folder``.

    Beside each page it writes ``items.json``, ``signals.json`` and ``words.txt``. The brands that a
    page may pose as are those that ship, and those of the operator's ``brands.txt`` in the data
    directory. Without ``seeks_text`` no words are sought in pictures, which take a second each.

    Raises:
        ValueError: the folder or ``brands.txt`` is not what it should be.

    """
    from tipline.adapters import pages, pictures  # noqa: PLC0415 - of inspections alone
    from tipline.adapters.offences import workshop  # noqa: PLC0415 - as above

    own = settings.data / "brands.txt"
    return pages.read_folder(
        folder,
        pages=pages.LexborReader(),
        reader=workshop.FileWorkshop(settings.data / "models").open(""),
        gallery=pages.Gallery(pictures.PillowReader(seeks_text=seeks_text)),
        claims=make_claims(own.read_text("utf-8") if own.is_file() else ""),
    )


def _name_own_hosts(settings: Settings) -> frozenset[str]:
    addresses = (settings.public_url, settings.desk_url)
    hosts = (urlsplit(each).hostname for each in addresses if each)
    return frozenset(each for each in hosts if each)
