"""How a subject is written in a list, and under which entries it may be found there.

A link, a domain and an address are an expression of Safe Browsing ("evil.example/login"), so that
all three meet; anything else is its kind, a tab and its value ("phone⇥+8613900000000").
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from tipline.domain.triage.canonical import (
    Canonical,
    HostMissing,
    canonicalise,
    list_expressions,
    list_hosts,
)
from tipline.domain.triage.canonical.suffixes import is_suffix
from tipline.domain.triage.known import values
from tipline.domain.words import gettext_noop

ENTRY_CHARS_MAX = 2_000
LINKS = frozenset({"url", "domain", "ip", "ipv4", "ipv6"})
_WHOLE: Mapping[str, Callable[[str], str]] = {
    "phone": values.read_phone,
    "bank_card": values.read_card,
    "qq": values.read_digits,
    "qq_group": values.read_digits,
    "wechat": values.read_name,
    "telegram": values.read_name,
    "whatsapp": values.read_phone,
    "email": values.read_email,
    "pay_account": values.read_name,
    "crypto": values.read_wallet,
    "app_package": values.read_plain,
    "icp_licence": values.read_plain,
    "md5": values.read_hash,
    "sha1": values.read_hash,
    "sha256": values.read_hash,
}
KINDS = frozenset({*LINKS, *_WHOLE})

WHY_REFUSED: Mapping[str, str] = {
    "kind": gettext_noop("Lists hold nothing of this kind."),
    "value": gettext_noop("This is no value of its kind."),
    "suffix": gettext_noop("Under this name anybody may register: it would accuse strangers."),
}


class EntryRefused(ValueError):
    """This cannot stand in a list; ``why`` is a key of ``WHY_REFUSED``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def make_entry(kind: str, value: str) -> str:
    """Write a subject as a list holds it.

    Raises:
        EntryRefused: a list cannot hold it, for the reason named.

    """
    if kind in LINKS:
        return _write_link(_read_link(kind, value))
    if kind not in _WHOLE:
        raise EntryRefused("kind")
    whole = _WHOLE[kind](value)
    if not whole or not whole.isprintable() or len(whole) > ENTRY_CHARS_MAX:
        raise EntryRefused("value")
    return f"{kind}\t{whole}"


def list_entries(kind: str, value: str) -> tuple[str, ...]:
    """List the entries that would tell of this subject, the most telling first; maybe none."""
    try:
        if kind not in LINKS:
            return (make_entry(kind, value),)
        link = _read_link(kind, value)
    except EntryRefused:
        return ()
    if kind == "url":
        return list_expressions(link)
    return tuple(f"{host}/" for host in list_hosts(link.host))


def split_entry(entry: str) -> tuple[str, str]:
    """Give an entry's kind and value as people read them: ("domain", "evil.example")."""
    kind, tab, value = entry.partition("\t")
    if tab:
        return kind, value
    is_host = entry.count("/") == 1 and entry.endswith("/")
    return ("domain", entry[:-1]) if is_host else ("url", entry)


def hash_entry(entry: str) -> int:
    """Key of an entry: the first 64 bits of its SHA-256, as Safe Browsing's prefixes are made."""
    return int.from_bytes(sha256(entry.encode()).digest()[:8], "big")


def _read_link(kind: str, value: str) -> Canonical:
    try:
        link = canonicalise(f"[{value}]" if kind == "ipv6" and value[:1] != "[" else value)
    except HostMissing:
        raise EntryRefused("value") from None
    return link if kind == "url" else Canonical(link.scheme, link.host, "/")


def _write_link(link: Canonical) -> str:
    whole = link.path == "/" and not link.query
    if "." not in link.host and link.host[0] != "[":
        raise EntryRefused("value")
    if whole and is_suffix(link.host):
        raise EntryRefused("suffix")
    entry = f"{link.host}{link.path}?{link.query}" if link.query else link.host + link.path
    if len(entry) > ENTRY_CHARS_MAX:
        raise EntryRefused("value")
    return entry
