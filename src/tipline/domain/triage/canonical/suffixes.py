"""Where a registered name ends and the suffix begins under which anybody may register.

The list is the one that tldextract carries (https://publicsuffix.org), with its private part (names
such as github.io, under which strangers have sites); nothing is loaded from the network.
"""

from functools import cache

import tldextract
from msgspec import Struct


class Naming(Struct, frozen=True):
    """The parts of a host's name, nothing where it has none.

    ``registered`` is what somebody owns (shop.example.co.uk → example.co.uk), ``suffix`` what it is
    registered under; ``is_hosting`` tells that the suffix is itself somebody's domain (github.io).
    """

    registered: str
    suffix: str
    is_hosting: bool


@cache
def _get_reader() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )


def read_naming(host: str) -> Naming:
    """Read the canonical ``host``; an address and a name under no known suffix have no parts."""
    found = _get_reader().extract_str(host)
    registered = found.top_domain_under_public_suffix
    return Naming(registered, found.suffix, is_hosting=found.is_private and bool(registered))


def is_suffix(host: str) -> bool:
    """Tell whether the canonical ``host`` is a public suffix as a whole, so that nobody owns it."""
    found = _get_reader().extract_str(host)
    return not found.domain and found.suffix == host
