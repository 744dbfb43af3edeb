"""Which database, and how safely SQLite may be used."""

from pathlib import Path

import pytest
from django.db import connection

from tipline.store.databases import (
    DatabaseUnknown,
    describe_sqlite,
    has_safe_wal,
    list_pragmas,
    read_database,
)

HERE = Path("/data/desk/desk.db")


def test_sqlite_by_default_and_by_url():
    assert read_database("", HERE)["default"]["NAME"] == str(HERE)
    found = read_database("sqlite:////srv/other.db", HERE)["default"]
    assert (found["NAME"], found["OPTIONS"]["transaction_mode"]) == ("/srv/other.db", "IMMEDIATE")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_by_url(scheme):
    url = f"{scheme}://tip%40line:p%2Fw@db.example:5433/tip?sslmode=require"
    found = read_database(url, HERE)["default"]
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "tip",
        "USER": "tip@line",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_directory_as_host():
    found = read_database("postgresql:///tip?host=/var/run/postgresql", HERE)["default"]
    assert (found["HOST"], found["OPTIONS"]) == ("/var/run/postgresql", {})


def test_another_kind_is_refused():
    with pytest.raises(DatabaseUnknown, match="mysql"):
        read_database("mysql://a/b", HERE)


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.0", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", True),
        ("4.0.0", True),
    ],
)
def test_wal_only_where_it_has_the_fix(version, is_safe):
    assert has_safe_wal(version) is is_safe
    assert ("journal_mode=WAL" in list_pragmas(version)) is is_safe
    assert ("WAL, synchronous=FULL" in describe_sqlite(version)) is is_safe


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the modes of SQLite")
def test_the_connection_is_in_the_mode_that_is_told():
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert told["foreign_keys"] == 1
    assert (told["journal_mode"], told["synchronous"]) == (
        ("wal", 2) if has_safe_wal() else ("delete", 3)
    )
