"""What the page has people install, and what it has them turn off for it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tipline.domain.evidence.content.claims import Claims
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen
from tipline.domain.evidence.content.tree import Element

_FILES = re.compile(
    r"\.(apk|exe|msi|dmg|ipa|mobileconfig|scr|jar|bat|vbs|ps1|xapk)$", re.IGNORECASE
)
_UNGUARDED = re.compile(
    r"(?:关闭|退出|卸载|禁用).{0,12}(?:杀毒|安全软件|防护|360|管家|防火墙)|(?:允许|开启|打开).{0,10}(?:未知来源|无障碍|悬浮窗|辅助功能)"
    r"|(?:disable|turn off|close|exit).{0,25}(?:antivirus|anti-virus|defender|protection|firewall)"
    r"|(?:allow|enable).{0,20}(?:unknown sources|accessibility|overlay)",
    re.IGNORECASE,
)
_DOWNLOADS_MAX = 50


def look(seen: Seen, _claims: Claims) -> Iterator[PageSignal]:
    """Look at links to programs and at advice that takes guards away."""
    told: set[str] = set()
    for link in seen.tree.list_tags("a", "button", "iframe"):
        raw = link.attributes.get("href") or link.attributes.get("data-href") or ""
        name = _read_file(seen.follow(raw)) or _read_file(link.attributes.get("download", ""))
        if raw.startswith("itms-services:"):
            name = "itms-services"
        if name and raw not in told and len(told) < _DOWNLOADS_MAX:
            told.add(raw)
            yield PageSignal(key="page.download", params={"file": name}, place=seen.place(link))
    match = _UNGUARDED.search(seen.tree.text)
    if match:
        place = seen.place(_find_element(seen, match.start()), start=match.start(), end=match.end())
        yield PageSignal(key="page.unguarded", place=place)


def _read_file(address: str) -> str:
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""
    return name[-80:] if _FILES.search(name) else ""


def _find_element(seen: Seen, at: int) -> Element:
    around = [each for each in seen.tree.elements if each.start <= at < each.end]
    return around[-1] if around else seen.tree.elements[0]
