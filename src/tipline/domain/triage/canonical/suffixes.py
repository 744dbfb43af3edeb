"""Where a registered name ends and the suffix begins under which anybody may register.

The list is the one that tldextract carries (https://publicsuffix.org), with its private part (names
such as github.io, under which strangers have sites); nothing is loaded from the network.
"""

from functools import cache

import tldextract


@cache
def _get_reader() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )


def is_suffix(host: str) -> bool:
    """Tell whether the canonical ``host`` is a public suffix as a whole, so that nobody owns it."""
    found = _get_reader().extract_str(host)
    return not found.domain and found.suffix == host


def find_registered(host: str) -> str:
    """Give the registered name in the canonical ``host``: shop.example.co.uk → example.co.uk.

    Nothing for an address, a public suffix, and a host under no known suffix.
    """
    return _get_reader().extract_str(host).top_domain_under_public_suffix
