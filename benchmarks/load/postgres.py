"""Databases of our own on the PostgreSQL of this machine, dropped afterwards."""

import contextlib
import os
import secrets
from collections.abc import Iterator

import psycopg

SERVER = os.environ.get("TIPLINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@contextlib.contextmanager
def fresh_url(word: str) -> Iterator[str]:
    """Make an empty database; gives its URL and drops it, whoever is still connected."""
    name = f"tipline_{word}_{secrets.token_hex(4)}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{SERVER}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
