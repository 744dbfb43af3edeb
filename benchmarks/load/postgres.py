"""Databases of our own on the PostgreSQL of this machine, dropped afterwards."""

import contextlib
import os
import secrets
from collections.abc import Iterator

import psycopg

HOST = os.environ.get("TIPLINE_TEST_POSTGRES_HOST", "127.0.0.1")
USER = os.environ.get("TIPLINE_TEST_POSTGRES_USER", "postgres")


@contextlib.contextmanager
def fresh_database(word: str) -> Iterator[str]:
    """Make an empty database; gives its name and drops it, whoever is still connected."""
    name = f"tipline_{word}_{secrets.token_hex(4)}"
    with psycopg.connect(host=HOST, user=USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def fresh_url(word: str) -> Iterator[str]:
    """Make an empty database; gives its URL."""
    with fresh_database(word) as name:
        yield f"postgresql://{USER}@{HOST}:5432/{name}"
