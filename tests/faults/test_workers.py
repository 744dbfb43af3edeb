"""Workers are killed in the middle of their steps: each report is worked on, and once."""

import contextlib
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.intake import run_fsck
from benchmarks.load.bodies import make_batch, make_text
from benchmarks.load.postgres import fresh_url
from benchmarks.load.reopen import open_records
from benchmarks.load.server import Server
from benchmarks.load.status import post_json
from tests.faults.processes import find_pids, wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
REPORTS, BATCH, KILLS, WORKERS = 1_500, 500, 9, 3
DONE_SECONDS = 120
Ask = Callable[[str], list[tuple[Any, ...]]]

UNFINISHED = """
SELECT (SELECT count(*) FROM store_job WHERE step <> 'release')
     + (SELECT count(*) FROM store_letter WHERE leaf_index IS NULL)
     + (SELECT count(*) FROM store_event WHERE leaf_index IS NULL)
     + (SELECT count(*) FROM store_handling WHERE state = 'received')
"""


@contextlib.contextmanager
def store(kind: str, place: Path) -> Iterator[tuple[str, Ask]]:
    """An engine for the desk's store: its URL, and a way to ask it."""
    if kind == "sqlite":
        path = place / "data" / "desk" / "desk.db"

        def ask(sql: str) -> list[tuple[Any, ...]]:
            with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection:
                return connection.execute(sql).fetchall()

        yield "", ask
        return
    with fresh_url("desk") as url:

        def ask_postgres(sql: str) -> list[tuple[Any, ...]]:
            with psycopg.connect(url) as connection:
                return connection.execute(sql).fetchall()

        yield url, ask_postgres


def file_reports(server: Server) -> None:
    for first in range(0, REPORTS, BATCH):
        body = make_batch(first, BATCH)
        assert post_json(server.public_port, "/api/v1/reports:batch", body)[0] == 201


def kill_workers(server: Server) -> None:
    """Kill workers one after the other, each at a moment of its own."""
    chance = random.Random(3)  # noqa: S311 - moments to kill at
    for _ in range(KILLS):
        assert wait_until(lambda: bool(find_pids(server, "interfaces.worker")), seconds=30)
        os.kill(chance.choice(sorted(find_pids(server, "interfaces.worker"))), signal.SIGKILL)
        time.sleep(0.2 + chance.random())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_killed_workers_lose_nothing_and_do_nothing_twice(kind, make_server, place):
    with store(kind, place) as (url, ask):
        flags = ("--lease-seconds", "2")
        server: Server = make_server(workers=WORKERS, database=url, flags=flags).start()
        file_reports(server)
        kill_workers(server)
        is_done = wait_until(
            lambda: (
                ask("SELECT count(*) FROM store_report") == [(REPORTS,)]
                and ask(UNFINISHED) == [(0,)]
            ),
            seconds=DONE_SECONDS,
        )
        assert is_done, (
            ask("SELECT step, tries, error, count(*) FROM store_job GROUP BY 1, 2, 3"),
            ask(UNFINISHED),
        )
        check_once(ask)
        server.stop()
        check_vault(server, ask)


def check_once(ask: Ask) -> None:
    """Every report is there once, as sent, was assessed once and its reporter told once."""
    texts = Counter(text for (text,) in ask("SELECT text FROM store_report"))
    assert texts == Counter(make_text(serial) for serial in range(REPORTS))
    for kind in ("report.received", "report.assessed"):
        [(events, subjects)] = ask(
            f"SELECT count(*), count(DISTINCT subject) FROM store_event WHERE kind = '{kind}'"  # noqa: S608 - a constant
        )
        assert (events, subjects) == (REPORTS, REPORTS), kind
    assert ask("SELECT count(*), count(DISTINCT report_id) FROM store_assessment") == [
        (REPORTS, REPORTS)
    ]
    [(letters, reports, leaves)] = ask(
        "SELECT count(*), count(DISTINCT report_id), count(DISTINCT leaf_index) FROM store_letter"
    )
    assert letters == reports == leaves
    [(events, seqs, leaves)] = ask(
        "SELECT count(*), max(seq) - min(seq) + 1, count(DISTINCT leaf_index) FROM store_event"
    )
    assert events == seqs == leaves


def check_vault(server: Server, ask: Ask) -> None:
    """The vault has each event and each letter once."""
    kinds = Counter(record.kind for record in open_records(server.data))
    assert kinds["report"] == REPORTS
    [(events,)] = ask("SELECT count(*) FROM store_event")
    assert kinds["event"] == events
    [(letters,)] = ask("SELECT count(*) FROM store_letter")
    summary = run_fsck(server.data, "")
    assert not summary.startswith("FAILED")
    assert summary.startswith(f"{REPORTS + events + letters:,} leaves")
