"""The index of three-letter pieces behind the search: FTS5 on SQLite, pg_trgm on PostgreSQL.

Texts come written by ``domain.triage.search.write_pairs``. A piece that is found may still be no
match of the query (it says only what must be there), so whoever asks compares the texts.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS store_search_grams"
        " USING fts5(grams, content='', tokenize='trigram')",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX IF NOT EXISTS store_search_grams ON store_searchentry"
        " USING gin (grams gin_trgm_ops)",
    ),
}
_DROP = {
    "sqlite": ("DROP TABLE IF EXISTS store_search_grams",),
    "postgresql": ("DROP INDEX IF EXISTS store_search_grams",),
}
_ADD = "INSERT INTO store_search_grams(rowid, grams) VALUES (%s, %s)"
_TAKE_OUT = (
    "INSERT INTO store_search_grams(store_search_grams, rowid, grams) VALUES ('delete', %s, %s)"
)
Pieces = Sequence[Sequence[Sequence[str]]]  # all terms; of each any writing; of that all pieces


def make_grams(connection: BaseDatabaseWrapper) -> None:
    """Make the index; one that is there stays."""
    _run(connection, _MAKE[connection.vendor])


def remove_grams(connection: BaseDatabaseWrapper) -> None:
    """Remove the index."""
    _run(connection, _DROP[connection.vendor])


def clear_grams() -> None:
    """Forget every text; on PostgreSQL they go with their rows."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO store_search_grams(store_search_grams) VALUES ('delete-all')"
            )


def replace_grams(*, old: Iterable[tuple[int, str]], new: Iterable[tuple[int, str]]) -> None:
    """Take out what the index holds of rows, exactly as it was put in, and put in what holds now."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(_TAKE_OUT, list(old))
            cursor.executemany(_ADD, list(new))


def keeps_grams() -> bool:
    """Tell whether rows keep the index's writing themselves."""
    return connection.vendor != "sqlite"


def write_condition(pieces: Pieces) -> tuple[str, list[Any]]:
    """Write the SQL condition on rows of ``store_searchentry`` that hold the pieces."""
    if connection.vendor == "sqlite":
        match = " AND ".join(f"({_write_any(term)})" for term in pieces)
        found = "SELECT rowid FROM store_search_grams WHERE store_search_grams MATCH %s"
        return f"store_searchentry.id IN ({found})", [match]
    terms, values = [], []
    for term in pieces:
        writings = []
        for writing in term:
            writings.append(" AND ".join(["store_searchentry.grams LIKE %s"] * len(writing)))
            values += [f"%{_escape(piece)}%" for piece in writing]
        terms.append(" OR ".join(f"({each})" for each in writings))
    return " AND ".join(f"({each})" for each in terms), values


def _write_any(term: Sequence[Sequence[str]]) -> str:
    return " OR ".join(f"({' AND '.join(map(_quote, writing))})" for writing in term)


def _quote(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'


def _escape(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
