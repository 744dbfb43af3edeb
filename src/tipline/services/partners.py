"""Who may file with an API key: a file of key hashes beside the vault; no key is kept."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import msgspec

KEY_PREFIX = "tip_"
NAME_CHARS_MAX = 80
PARTNERS_FILE = "partners.json"


class PartnerRefused(Exception):
    """The name is empty, too long or taken, or there is no such partner."""


def add_partner(*, vault_dir: Path, name: str) -> str:
    """Add a partner and return its new API key, which is shown this once.

    Raises:
        PartnerRefused: the name is empty, too long or taken.

    """
    partners = list_partners(vault_dir=vault_dir)
    if not name.strip() or len(name) > NAME_CHARS_MAX:
        raise PartnerRefused(f"a partner's name has 1 to {NAME_CHARS_MAX} characters")
    if name in partners:
        raise PartnerRefused(f"there is a partner {name} already")
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    _write(vault_dir, {**partners, name: hash_key(key)})
    return key


def remove_partner(*, vault_dir: Path, name: str) -> None:
    """Remove a partner; its key stops working within a second.

    Raises:
        PartnerRefused: there is no such partner.

    """
    partners = list_partners(vault_dir=vault_dir)
    if name not in partners:
        raise PartnerRefused(f"there is no partner {name}")
    _write(vault_dir, {other: digest for other, digest in partners.items() if other != name})


def list_partners(*, vault_dir: Path) -> dict[str, str]:
    """List partners: name to SHA-256 of the key in hex."""
    path = vault_dir / PARTNERS_FILE
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


def find_partner(partners: dict[str, str], *, key: str) -> str:
    """Tell whose ``key`` this is, "" when nobody's, in the same time wherever it differs."""
    digest, found = hash_key(key), ""
    for name, expected in partners.items():
        if hmac.compare_digest(digest, expected):
            found = name
    return found


def hash_key(key: str) -> str:
    """Tell what is kept of an API key. A key has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _write(vault_dir: Path, partners: dict[str, str]) -> None:
    # Written beside and renamed, so that a reader never sees half a file.
    path = vault_dir / PARTNERS_FILE
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(partners, order="sorted")))
    fresh.replace(path)
