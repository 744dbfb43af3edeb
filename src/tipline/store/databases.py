"""Django's DATABASES from one URL, and how safely this SQLite may be used."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 30
# Versions before these can lose a committed WAL write: https://sqlite.org/wal.html#walresetbug
_FIXED_BRANCHES = {(3, 50): 7, (3, 44): 6}
_FIXED_SINCE = (3, 51, 3)
_POSTGRES = {"postgres", "postgresql"}


class DatabaseUnknown(ValueError):
    """The URL names no database that the desk can use."""


def read_database(url: str, default: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for ``url``: ``postgresql://user:password@host:port/name?option=value``,
    ``sqlite:///path`` or nothing (SQLite at ``default``).

    Raises:
        DatabaseUnknown: another scheme.

    """
    parts = urlsplit(url)
    if not url:
        return {"default": _use_sqlite(default)}
    if parts.scheme == "sqlite":
        return {"default": _use_sqlite(Path(unquote(parts.path.removeprefix("/"))))}
    if parts.scheme not in _POSTGRES:
        raise DatabaseUnknown(f"setting database: no database of the kind {parts.scheme!r}")
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {k: v for k, v in parse_qsl(parts.query) if k != "host"},
        }
    }


def _use_sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": "".join(f"PRAGMA {each};" for each in list_pragmas()),
        },
    }


def has_safe_wal(version: str = sqlite3.sqlite_version) -> bool:
    """Tell whether SQLite ``version`` never loses a committed write in WAL mode."""
    numbers = tuple(int(each) for each in version.split("."))
    branch = _FIXED_BRANCHES.get((numbers[0], numbers[1]))
    return numbers >= _FIXED_SINCE or (branch is not None and numbers[2] >= branch)


def list_pragmas(version: str = sqlite3.sqlite_version) -> tuple[str, ...]:
    """Settings that every connection begins with."""
    mode = (
        ("journal_mode=WAL", "synchronous=FULL")
        if has_safe_wal(version)
        else ("journal_mode=DELETE", "synchronous=EXTRA")
    )
    return (f"busy_timeout={BUSY_SECONDS * 1000}", *mode, "foreign_keys=ON", "cache_size=-32000")


def describe_sqlite(version: str = sqlite3.sqlite_version) -> str:
    """Say which SQLite the desk's store uses and in which mode."""
    if has_safe_wal(version):
        return f"SQLite {version}, WAL, synchronous=FULL"
    return (
        f"SQLite {version}, rollback journal, synchronous=EXTRA "
        "(its WAL could lose a committed write; 3.51.3, 3.50.7 and 3.44.6 have the fix)"
    )
