"""Who the page says it is: the brand in its title and its logo, and the licence number it shows."""

import re
from collections.abc import Iterator

from tipline.domain.evidence.content.claims import Claims, is_bare, is_own, read_site
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen
from tipline.domain.evidence.content.tree import Element
from tipline.domain.triage.links.brands import Brand
from tipline.domain.triage.scan import scan

_HEADS = ("title", "h1", "img", "meta", "link")
_BANK = re.compile(r"银行|信用社|农信|\bbank(?:ing)?\b", re.IGNORECASE)
_BANKS_MATTER = re.compile(
    r"博客|新闻|资讯|论坛|血库|题库|银行业|news|blog|forum|blood", re.IGNORECASE
)
_ICP = "icp_licence"


def look(seen: Seen, claims: Claims) -> Iterator[PageSignal]:
    """Look at the page's names and numbers."""
    site = read_site(seen.url)
    told = [(each, _read_name(seen, each)) for each in seen.tree.elements if each.tag in _HEADS]
    told = [(element, name) for element, name in told if name]
    found = next(_find_brands(told, claims, site), None)
    if found:
        element, brand = found
        params = {"brand": brand.name_en, "site": site}
        yield PageSignal(key="page.brand", params=params, place=seen.place(element))
    elif not any(is_own(brand, site) for brand in claims.brands):
        yield from _look_for_bank(seen, told)
    yield from _look_at_licences(seen, claims, site)


def _read_name(seen: Seen, element: Element) -> str:
    if element.tag == "title":
        return seen.tree.title
    if element.tag == "img":
        kind = " ".join(element.attributes.get(each, "") for each in ("class", "id", "src", "alt"))
        return element.attributes.get("alt", "") if "logo" in kind.lower() else ""
    if element.tag == "meta":
        names = {element.attributes.get("property", ""), element.attributes.get("name", "")}
        is_name = names & {"og:site_name", "application-name", "og:title"}
        return element.attributes.get("content", "") if is_name else ""
    if element.tag == "link":
        return ""
    return seen.tree.read(element)[:200]


def _find_brands(
    told: list[tuple[Element, str]], claims: Claims, site: str
) -> Iterator[tuple[Element, Brand]]:
    for element, name in told:
        for brand in claims.brands:
            if _names(name, brand) and not is_own(brand, site):
                yield element, brand


def _names(name: str, brand: Brand) -> bool:
    # A name that a page goes by begins or ends what it calls itself; in the midst it is spoken of.
    lowered = name.casefold().strip()
    if brand.is_word and not brand.name_zh.isascii():
        return lowered.startswith((brand.name_zh, f"中国{brand.name_zh}"))
    for each in (brand.name_zh.casefold(), brand.name_en.casefold()):
        if each.isascii() and (brand.is_word or len(each) < 4):
            continue
        if lowered.startswith((each, f"中国{each}")) or lowered.endswith(
            (f"- {each}", f"| {each}")
        ):
            return True
    return False


def _look_for_bank(seen: Seen, told: list[tuple[Element, str]]) -> Iterator[PageSignal]:
    for element, name in told:
        if _BANK.search(name) and not _BANKS_MATTER.search(name):
            yield PageSignal(key="page.bank", place=seen.place(element))
            return


def _look_at_licences(seen: Seen, claims: Claims, site: str) -> Iterator[PageSignal]:
    found = [each for each in scan(seen.tree.text[-4_000:]) if each.kind == _ICP]
    shift = max(0, len(seen.tree.text) - 4_000)
    if not found:
        return
    first = found[0]
    place = seen.place(seen.tree.elements[0], start=first.start + shift, end=first.end + shift)
    numbers = {each.value.partition("-")[0] for each in found if "ICP" in each.value}
    owner = next((claims.licences[each] for each in numbers if each in claims.licences), "")
    if owner and owner != site:
        params = {"number": first.value, "owner": owner, "site": site}
        yield PageSignal(key="page.licence.other", params=params, place=place)
    elif is_bare(seen.url):
        yield PageSignal(key="page.licence.bare", params={"number": first.value}, place=place)
    else:
        yield PageSignal(key="page.licence", params={"number": first.value}, place=place)
    if len(numbers) > 1:
        count = {"count": len(numbers)}
        yield PageSignal(key="page.licence.several", params=count, place=place)
