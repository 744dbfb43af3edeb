"""How long a report waits for the machine's opinion, from its receipt, under a steady load.

    python -m benchmarks.assess_delay [--rate 50] [--seconds 60] [--stored 0] [--workers 1]
                                      [--database URL]

Starts the real server (`tipline serve`: public door, desk and workers) on a fresh data directory,
sends reports at a steady rate and watches the desk's own rows from outside: when the report is
there, when its assessment is. A report's clock starts when its 201 is answered. ``--stored`` files
so many reports first, so that known texts and numbers are there to be compared with.

What it is measured against: a worker that finds nothing to do looks again after IDLE_SECONDS
(``interfaces/shift.py``). One that only ever looked so often, and needed no time at all, would let a
report wait half of that on average and all of it at worst: that is printed beside. A worker that
has just done something looks again at once, so under load it may come below.
"""

import argparse
import http.client
import json
import queue
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.load.bodies import make_batch, make_body
from benchmarks.load.server import Server, serving
from tipline import settings

SENDERS, LOOK_SECONDS, LAST_SECONDS, UNIT = 8, 0.004, 30, 1_000
FILLED_FROM = 10_000_000  # serials of what was there before
ASKED = {
    "collected": "SELECT leaf_index, leaf_index FROM store_report WHERE leaf_index > {}",
    "assessed": "SELECT event, report_id FROM store_assessment WHERE event > {}",
}


@dataclass
class Seen:
    """When each report was acknowledged, and when each of its rows was first seen."""

    answered: dict[int, float] = field(default_factory=dict)
    collected: dict[int, float] = field(default_factory=dict)
    assessed: dict[int, float] = field(default_factory=dict)
    refused: int = 0

    def list_delays(self, what: str) -> list[float]:
        rows: dict[int, float] = getattr(self, what)
        return sorted(max(rows[leaf] - at, 0.0) for leaf, at in self.answered.items())


def main() -> None:
    parser = argparse.ArgumentParser(description="from receipt to assessment, under a steady load")
    parser.add_argument("--rate", type=float, default=50.0, help="reports a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--stored", type=int, default=0, help="reports that are there before")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--database", default="", help="URL of the desk's PostgreSQL")
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh data may lie")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as directory:
        data = Path(directory) / "data"
        options = {"workers": arguments.workers, "database": arguments.database}
        with serving(data, flags=("--flood-per-minute", "1000000"), **options) as server:
            server.wait_ready(server.desk_port)
            seen = run(arguments, server)
    sys.exit(report(arguments, seen))


def run(arguments: argparse.Namespace, server: Server) -> Seen:
    """Send, watch, and wait until every acknowledged report has its opinion."""
    seen, stopping = Seen(), threading.Event()
    with connect(arguments, server) as ask:
        fill(arguments.stored, server, ask)
        watcher = threading.Thread(target=watch, args=(ask, seen, stopping))
        watcher.start()
        send_all(arguments, server, seen)
        until = time.monotonic() + LAST_SECONDS
        while time.monotonic() < until and not seen.answered.keys() <= seen.assessed.keys():
            time.sleep(0.05)
        stopping.set()
        watcher.join()
    return seen


def send_all(arguments: argparse.Namespace, server: Server, seen: Seen) -> None:
    """Send at a steady rate over a few kept connections, whatever the answers do."""
    due: queue.Queue[int | None] = queue.Queue()
    senders = [
        threading.Thread(target=send, args=(server.public_port, due, seen)) for _ in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    begun, count = time.monotonic(), int(arguments.rate * arguments.seconds)
    for serial in range(count):
        time.sleep(max(begun + serial / arguments.rate - time.monotonic(), 0))
        due.put(serial)
    for _ in senders:
        due.put(None)
    for sender in senders:
        sender.join()


def send(port: int, due: "queue.Queue[int | None]", seen: Seen) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json"}
    while (serial := due.get()) is not None:
        connection.request("POST", "/api/v1/reports", make_body(serial), headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status == 201:
            seen.answered[json.loads(told)["leaf_index"]] = time.monotonic()
        else:
            seen.refused += 1
    connection.close()


def watch(ask: Callable[[str], list[Any]], seen: Seen, stopping: threading.Event) -> None:
    """Note the time at which new rows are first seen; looking takes a few milliseconds."""
    newest = {"collected": -1, "assessed": -1}
    while not stopping.is_set():
        for what, statement in ASKED.items():
            rows = ask(statement.format(newest[what]))
            now = time.monotonic()
            for key, leaf in rows:
                newest[what] = max(newest[what], key)
                getattr(seen, what).setdefault(leaf, now)
        time.sleep(LOOK_SECONDS)


@contextmanager
def connect(arguments: argparse.Namespace, server: Server) -> Iterator[Callable[[str], list[Any]]]:
    """Give a way to ask the desk's database, which only reads."""
    if arguments.database:
        import psycopg  # noqa: PLC0415 - SQLite needs none

        with psycopg.connect(arguments.database, autocommit=True) as found:
            yield lambda statement: found.execute(statement).fetchall()
        return
    path = f"file:{server.data / 'desk' / 'desk.db'}?mode=ro"
    opened = sqlite3.connect(path, uri=True, timeout=10, check_same_thread=False)
    try:
        yield lambda statement: opened.execute(statement).fetchall()
    finally:
        opened.close()


def fill(count: int, server: Server, ask: Callable[[str], list[Any]]) -> None:
    """File reports in batches and wait until all of them are assessed."""
    connection = http.client.HTTPConnection("127.0.0.1", server.public_port, timeout=60)
    for first in range(0, count, UNIT):
        sent = make_batch(FILLED_FROM + first, min(UNIT, count - first))
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/v1/reports:batch", sent, headers)
        answer = connection.getresponse()
        if answer.status != 201:
            raise RuntimeError(f"{answer.status}: {answer.read()[:200]!r}")
        answer.read()
    while ask("SELECT COUNT(*) FROM store_assessment")[0][0] < count:
        time.sleep(0.5)


def report(arguments: argparse.Namespace, seen: Seen) -> int:
    settings.set_up_django("desk")
    from tipline.interfaces.shift import IDLE_SECONDS  # noqa: PLC0415 - needs Django set up

    missing = len(seen.answered.keys() - seen.assessed.keys())
    print(
        f"{len(seen.answered):,} acknowledged, {seen.refused} refused, {missing} without opinion; "
        f"{arguments.rate:g}/s for {arguments.seconds:g} s, {arguments.stored:,} stored before"
    )
    if missing:
        return 1
    idle = IDLE_SECONDS * 1000
    print(f"{'polling alone':>18}: p50 {idle / 2:6.0f} ms   p99 {idle * 0.99:6.0f} ms")
    for what in ASKED:
        delays = seen.list_delays(what)
        p50, p99 = (delays[min(len(delays) - 1, len(delays) * n // 100)] * 1000 for n in (50, 99))
        worst = delays[-1] * 1000
        print(f"{what:>18}: p50 {p50:6.0f} ms   p99 {p99:6.0f} ms   worst {worst:6.0f} ms")
    return 0 if p99 < 1_000 else 1


if __name__ == "__main__":
    main()
