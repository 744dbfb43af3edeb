"""Who a page says it is, against who may say so: brands and licence numbers with their own domains."""

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import urlsplit

from msgspec import Struct

from tipline.domain.triage.canonical import HostMissing, canonicalise
from tipline.domain.triage.canonical.suffixes import read_naming
from tipline.domain.triage.links.brands import Brand, list_brands, read_brands


class Claims(Struct, frozen=True):
    """The brands that are known, and whose licence numbers are (number to registered domain)."""

    brands: Sequence[Brand] = ()
    licences: Mapping[str, str] = {}


@cache
def make_claims(rows: str = "") -> Claims:
    """Make the claims that ship with the product, with ``rows`` of an operator's own brands."""
    return Claims(brands=(*read_brands(rows), *list_brands()))


def read_site(url: str) -> str:
    """Give what somebody owns of an address: the registered name, or its host where it has none."""
    try:
        host = canonicalise(url).host
    except HostMissing:
        return ""
    return read_naming(host).registered or host


def is_own(brand: Brand, site: str) -> bool:
    """Tell whether a site is a brand's own."""
    if any(site == each or site.endswith(f".{each}") for each in brand.domains):
        return True
    label, _, suffix = site.partition(".")
    return brand.is_worldwide and label in brand.tokens and len(suffix.rpartition(".")[2]) == 2


def is_bare(url: str) -> bool:
    """Tell whether an address has no name in it, or one under which anybody may have a site."""
    host = urlsplit(url).hostname or ""
    naming = read_naming(host)
    return naming.is_hosting or ":" in host or host.replace(".", "").isdigit()
