"""Libraries that find indicators in texts, asked as their documentation says, answering alike.

Each is told which of our kinds it knows, and judged on those only.
"""

from collections.abc import Callable, Iterator

import ioc_finder
from iocsearcher.searcher import Searcher

from tipline.domain.values import Identifier

Reader = Callable[[str], tuple[Identifier, ...]]

NETWORK = frozenset({"url", "domain", "ipv4", "ipv6", "email", "md5", "sha1", "sha256", "crypto"})
_FINDER = {
    "urls": "url",
    "domains": "domain",
    "ipv4s": "ipv4",
    "ipv6s": "ipv6",
    "email_addresses": "email",
    "md5s": "md5",
    "sha1s": "sha1",
    "sha256s": "sha256",
}
_COINS = "bitcoin bitcoincash ethereum tron litecoin dogecoin monero ripple solana zcash dashcoin cardano stellar tezos"
_SEARCHER = {
    "url": "url",
    "fqdn": "domain",
    "ip4": "ipv4",
    "ip6": "ipv6",
    "email": "email",
    "md5": "md5",
    "sha1": "sha1",
    "sha256": "sha256",
    "phoneNumber": "phone",
    "telegramHandle": "telegram",
    "packageName": "app_package",
    **dict.fromkeys(_COINS.split(), "crypto"),
}
_searcher = Searcher()


def read_with_ioc_finder(text: str) -> tuple[Identifier, ...]:
    found = ioc_finder.find_iocs(
        text, parse_domain_from_url=False, parse_domain_from_email_address=False
    )
    return tuple(
        Identifier(kind, value, 0, 0, value)
        for name, kind in _FINDER.items()
        for value in found[name]
    )


def read_with_iocsearcher(text: str) -> tuple[Identifier, ...]:
    return tuple(_list_searched(text))


def _list_searched(text: str) -> Iterator[Identifier]:
    for found in _searcher.search_data(text, no_overlaps=True):
        kind = _SEARCHER.get(found.name)
        if kind:
            yield Identifier(kind, found.value, 0, 0, found.value)


PEERS: dict[str, Reader] = {
    "iocsearcher": read_with_iocsearcher,
    "ioc-finder": read_with_ioc_finder,
}
