"""An honest report while 10,000 half-open connections are held.

    python -m benchmarks.half_open [--count 10000] [--seconds 20] [--tries 60] [--json]

Nine in ten of the held connections send headers that never end, one in ten a body that hardly
moves; what the server sheds is opened again at once, from 40 loopback addresses. Meanwhile honest
reports are sent, each on a connection of its own, and timed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.load.bodies import make_body
from benchmarks.load.crowd import Siege, start_crowd
from benchmarks.load.server import ROOT, Server, serving
from benchmarks.load.status import post_json

PAUSE_SECONDS = 0.1
FILL_SECONDS = 30
SETTLE_SECONDS = 45


@dataclass(kw_only=True)
class Observed:
    """What was seen: seconds of each honest report, statuses, descriptors of the busiest process."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    held: int = 0
    shed: int = 0
    descriptors_before: int = 0
    descriptors_held: int = 0
    descriptors_after: int = 0

    def describe(self) -> dict[str, Any]:
        times = sorted(self.seconds)
        return {
            "honest_reports": len(times),
            "not_acknowledged": sum(status != 201 for status in self.statuses),
            "median_ms": round(times[len(times) // 2] * 1000, 1),
            "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)] * 1000, 1),
            "held": self.held,
            "shed": self.shed,
            "descriptors": [self.descriptors_before, self.descriptors_held, self.descriptors_after],
        }


def count_descriptors(server: Server) -> int:
    """How many descriptors the process with the most of them has open."""
    return max(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in server.pids())


def observe(server: Server, siege: Siege, *, tries: int) -> Observed:
    """Lay ``siege`` to the server, send ``tries`` honest reports, then let it recover."""
    seen = Observed()
    send_honest(server.public_port, 0)
    seen.descriptors_before = count_descriptors(server)
    crowd = subprocess.Popen(start_crowd(siege), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        wait_filled(crowd, siege, seen)
        for number in range(1, tries + 1):
            status, spent = send_honest(server.public_port, number)
            seen.statuses.append(status)
            seen.seconds.append(spent)
            time.sleep(PAUSE_SECONDS)
        seen.descriptors_held = count_descriptors(server)
    finally:
        crowd.terminate()
        said = crowd.communicate(timeout=60)[0].strip().splitlines()
    last = json.loads(said[-1]) if said else {}
    seen.shed = last.get("shed", seen.shed)
    seen.descriptors_after = wait_settled(server, seen.descriptors_before)
    return seen


def wait_filled(crowd: "subprocess.Popen[str]", siege: Siege, seen: Observed) -> None:
    until = time.monotonic() + FILL_SECONDS
    assert crowd.stdout is not None
    for line in crowd.stdout:
        said = json.loads(line)
        seen.held, seen.shed = max(seen.held, said["held"]), said.get("shed", 0)
        if said["held"] >= siege.count * 0.99 or time.monotonic() > until:
            return


def wait_settled(server: Server, before: int) -> int:
    """Wait until the descriptors are near what they were; gives how many there are."""
    until = time.monotonic() + SETTLE_SECONDS
    while count_descriptors(server) > before + 20 and time.monotonic() < until:
        time.sleep(0.2)
    return count_descriptors(server)


def send_honest(port: int, number: int) -> tuple[int, float]:
    """Send one report as anybody would; gives the status (0: no answer) and the seconds."""
    began = time.monotonic()
    try:
        status, _, _ = post_json(port, "/api/v1/reports", make_body(number))
    except OSError:
        status = 0
    return status, time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description="honest reports beside half-open connections")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="at most, then it ends by itself"
    )
    parser.add_argument("--tries", type=int, default=100)
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh data may lie")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=given.directory, prefix="tipline-siege-") as directory,
        serving(Path(directory) / "data") as server,
    ):
        siege = Siege(port=server.public_port, count=given.count, seconds=given.seconds)
        figures = observe(server, siege, tries=given.tries).describe()
    print(json.dumps(figures, indent=None if given.json else 2))
    return 0 if not figures["not_acknowledged"] else 1


if __name__ == "__main__":
    sys.exit(main())
