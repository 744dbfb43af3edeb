"""How the page keeps people and programs from looking at it, and what kits leave behind."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tipline.domain.evidence.content.claims import Claims, read_site
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen
from tipline.domain.evidence.content.tree import Element

_RIGHT_CLICK = re.compile(
    r"oncontextmenu\s{0,3}=|addEventListener\(\s{0,3}[\"']contextmenu[\"']|event\.button\s{0,3}==\s{0,3}2",
    re.IGNORECASE,
)
_KEYS = re.compile(r"keyCode\s{0,3}={2,3}\s{0,3}123|[\"']F12[\"']|debugger;", re.IGNORECASE)
_CODED = re.compile(
    r"eval\(\s{0,3}(?:atob|unescape|function\(p,a,c,k,e)|document\.write\(\s{0,3}(?:unescape|atob|decodeURIComponent)"
    r"|(?:\\x[0-9a-f]{2}){40}|(?:%[0-9a-f]{2}){60}|String\.fromCharCode\((?:\s{0,2}\d{1,3}\s{0,2},){30}",
    re.IGNORECASE,
)
# Paths by which phishing kits are known: their steps, their panels, their gates against crawlers.
_KITS = re.compile(
    r"/(?:antibots?|killbot|blocker|crawlerdetect|prevents)/|/(?:step|next|post|send|submit|action)[_-]?(?:otp|sms|card|cc|vbv|pin)\w{0,8}\.php"
    r"|/(?:otp|vbv|cvv|fullz|sms)\w{0,6}\.php|/(?:panel|admin)/(?:victims?|logs|fish)|/yu?fang|/houtai/yu|/wap/(?:card|sms|yzm)",
    re.IGNORECASE,
)
_LINKED = {"form": "action", "script": "src", "img": "src", "link": "href", "a": "href"}


def look(seen: Seen, _claims: Claims) -> Iterator[PageSignal]:
    """Look at scripts, frames and paths."""
    if not seen.tree.elements:
        return
    root = seen.tree.elements[0]
    scripts = "\n".join(seen.tree.scripts)[:1_000_000]
    handled = next(
        (each for each in seen.tree.elements if "oncontextmenu" in each.attributes), None
    )
    if handled or _RIGHT_CLICK.search(scripts):
        yield PageSignal(key="page.rightclick", place=seen.place(handled or root))
    if _KEYS.search(scripts):
        yield PageSignal(key="page.keys", place=seen.place(root))
    if _CODED.search(scripts):
        yield PageSignal(key="page.coded", place=seen.place(_find_script(seen) or root))
    yield from _look_at_paths(seen)
    yield from _look_at_leading_on(seen)


def _find_script(seen: Seen) -> Element | None:
    return next(iter(seen.tree.list_tags("script")), None)


def _look_at_paths(seen: Seen) -> Iterator[PageSignal]:
    for each in seen.tree.elements:
        link = each.attributes.get(_LINKED.get(each.tag, ""), "")
        match = _KITS.search(urlsplit(seen.follow(link)).path) if link else None
        if match:
            yield PageSignal(key="page.kit", params={"path": match[0]}, place=seen.place(each))
            return


def _look_at_leading_on(seen: Seen) -> Iterator[PageSignal]:
    for each in seen.tree.list_tags("meta"):
        if each.attributes.get("http-equiv", "").lower() == "refresh":
            target = each.attributes.get("content", "").partition("=")[2].strip("'\" ")
            there = read_site(seen.follow(target)) if target else ""
            if there and there != read_site(seen.url):
                yield PageSignal(key="page.leads", params={"site": there}, place=seen.place(each))
