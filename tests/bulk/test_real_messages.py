"""Real texts in bulk: 11,370 messages sent by fake base stations go the whole way to the queue."""

import csv
import gzip
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TIPLINE_LABELLED_DATA", ROOT.parent / "shared" / "data"))
MESSAGES = DATA / "text_zh_fbs_sms.csv.gz"
COUNT = 11_370
WAIT_SECONDS = 240

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture
def messages() -> Path:
    if not MESSAGES.is_file():
        words = f"the labelled messages are not at {MESSAGES}; name their folder in TIPLINE_LABELLED_DATA"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return MESSAGES


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tipline.interfaces.cli", *words, "--data", str(data)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=data.parent)


def find_ports() -> tuple[int, int]:
    with closing(socket.socket()) as one, closing(socket.socket()) as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@contextmanager
def serve(data: Path) -> Iterator[None]:
    public, desk = find_ports()
    command = [sys.executable, "-m", "tipline.interfaces.cli", "serve", "--data", str(data)]
    command += ["--public-port", str(public), "--desk-port", str(desk)]
    with subprocess.Popen(command, cwd=data.parent) as served:
        try:
            wait_for(public)
            yield
        finally:
            served.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the public door did not open")


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    path = f"file:{data / 'desk' / 'desk.db'}?mode=ro"
    with closing(sqlite3.connect(path, uri=True, timeout=30)) as connection:
        return connection.execute(sql).fetchall()


def wait_until_read(data: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if ask(data, "SELECT count(*) FROM store_assessment") == [(COUNT,)]:
            return
        time.sleep(1)
    pytest.fail(f"not all messages were read within {WAIT_SECONDS} s")


def read_texts(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def test_every_message_is_filed_read_and_in_the_queue(messages: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"

    with serve(data):
        first = run(data, "import", str(messages), "--receipts", str(tmp_path / "receipts.csv"))
        again = run(data, "import", str(messages))
        wait_until_read(data)
    checked = run(data, "fsck", "--quiet")

    assert f"filed {COUNT:,} reports, refused 0 rows" in first.stderr
    assert first.returncode == again.returncode == checked.returncode == 0, again.stderr
    assert len((tmp_path / "receipts.csv").read_text().splitlines()) == COUNT + 1
    kept = ask(data, "SELECT text FROM store_report ORDER BY leaf_index")
    assert [row[0] for row in kept] == read_texts(messages)
    assert ask(data, "SELECT count(*) FROM store_handling WHERE state = 'assessed'") == [(COUNT,)]
    assert ask(data, "SELECT count(*) FROM store_unreadable") == [(0,)]
    assert ask(data, "SELECT count(*) > 0 FROM store_mention") == [(1,)]
