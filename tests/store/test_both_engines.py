"""The desk's tests hold on PostgreSQL as they do on SQLite: the same bodies, run once more."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

SERVER = os.environ.get("TIPLINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
TESTS = Path(__file__).parents[1]


@pytest.fixture
def server() -> str:
    """A PostgreSQL server; Django makes and drops a database of its own on it."""
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server answers, and CI must not pass without one")
        pytest.skip("no PostgreSQL server answers")
    return SERVER


@pytest.mark.long
@pytest.mark.timeout(600)
def test_on_postgresql(server):
    url = f"{server}/tipline_{os.getpid()}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, str(TESTS / "store"), str(TESTS / "services")],
        env={**os.environ, "TIPLINE_DATABASE": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5_000:]
    assert " passed" in done.stdout
