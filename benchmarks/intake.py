"""How many reports a second are acknowledged, durable, sealed and logged, against a plain intake.

    python -m benchmarks.intake [--engine sqlite|postgres] [--rounds 5] [--seconds 6]
                                [--connections 128] [--workers 1] [--flush-ms 0]
                                [--baseline tuned|gunicorn|default|all|none] [--json]

Starts the real server (`tipline serve`: public door, desk and workers) on a fresh data directory
and the baseline of `benchmarks/baseline` with the settings that --baseline names (`all`: each of
them), and drives them in turn, round by round, from a client that shares the machine; while one is
driven the others have no load or are frozen. Afterwards all are stopped, the vault is opened again
with the desk's key and every acknowledged report is compared with what was sent; then fsck.

How far they are apart depends on the disk: a baseline waits for a flush for every request, the
vault for one for all that wait. --flush-ms makes every flush of either side slower, on SQLite.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.baseline.server import KINDS, serving_baseline
from benchmarks.load.client import Plan
from benchmarks.load.figures import Answer, measure, take_medians
from benchmarks.load.machine import Bystanders, measure_disk
from benchmarks.load.postgres import fresh_url
from benchmarks.load.reopen import compare, open_records, read_receipts
from benchmarks.load.rounds import run_round
from benchmarks.load.server import Server, serving
from benchmarks.load.slowdisk import slow_flushes

Round = dict[str, dict[str, float]]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="reports a second through POST /api/v1/reports")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6.0, help="of load, each side each round")
    parser.add_argument("--connections", type=int, default=128)
    parser.add_argument("--workers", type=int, default=1, help="workers of `tipline serve`")
    parser.add_argument(
        "--flush-ms", type=float, default=0.0, help="make every flush so much slower"
    )
    parser.add_argument(
        "--baseline",
        choices=(*KINDS, "all", "none"),
        default="all",
        help="the baseline's server and settings: see benchmarks/README.md",
    )
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh data may lie")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run(arguments: argparse.Namespace, directory: Path) -> dict[str, Any]:
    """Measure round by round, then stop everything and look at what was kept."""
    with contextlib.ExitStack() as stack:
        vault = stack.enter_context(fresh_url("vault")) if arguments.engine == "postgres" else ""
        data = directory / "data"
        slow = slow_flushes(directory, milliseconds=arguments.flush_ms)
        options = {"workers": arguments.workers, "vault": vault, "environment": slow}
        with serving(data, **options) as server:
            figures, answers = measure_rounds(arguments, server)
        receipts = read_receipts(answers)
        kept = compare(receipts, open_records(data, vault=vault))
        return {**figures, "reopened": kept.describe(), "fsck": run_fsck(data, vault)}


def measure_rounds(
    arguments: argparse.Namespace, server: Server
) -> tuple[dict[str, Any], list[Answer]]:
    directory, seconds = server.data.parent, arguments.seconds
    plan = Plan(port=server.public_port, out=str(directory / "tipline"), seconds=seconds)
    plan.connections = arguments.connections
    rounds: list[Round] = []
    answers: list[Answer] = []
    with contextlib.ExitStack() as stack:
        others = {
            kind: replace(plan, port=port, out=str(directory / kind))
            for kind, port in start_baselines(arguments, server, stack).items()
        }
        for number in range(arguments.rounds):
            with server.frozen():
                machine = {"disk_appends_per_second": float(measure_disk(directory))}
                figures = {
                    kind: measure(run_round(other, number=number), seconds=seconds)
                    for kind, other in others.items()
                }
            watch = Bystanders(server.pids())
            came = run_round(plan, number=number)
            machine["others_cpu_share"] = watch.share()
            rounds.append(
                {"tipline": measure(came, seconds=seconds), **figures, "machine": machine}
            )
            answers += came
            if not arguments.json:
                print(number + 1, rounds[-1], flush=True)
    return sum_up(rounds), answers


def start_baselines(
    arguments: argparse.Namespace, server: Server, stack: contextlib.ExitStack
) -> dict[str, int]:
    """Start each baseline that was asked for; gives their ports."""
    directory, asked = server.data.parent, arguments.baseline
    options = {"engine": arguments.engine, "environment": server.environment}
    # Only SQLite is set in a way of its own by default: on PostgreSQL that is the tuned one again.
    all_kinds = KINDS if arguments.engine == "sqlite" else tuple(set(KINDS) - {"default"})
    kinds = all_kinds if asked == "all" else tuple({asked} & set(KINDS))
    return {
        kind: stack.enter_context(serving_baseline(directory, kind=kind, **options))
        for kind in kinds
    }


def sum_up(rounds: list[Round]) -> dict[str, Any]:
    """Medians of everything; ``ratio`` of a baseline is the median of the rounds' ratios."""
    figures: dict[str, Any] = {}
    for name in rounds[0]:
        figures[name] = take_medians([each[name] for each in rounds])
        if name in KINDS:
            ratios = [each["tipline"]["per_second"] / each[name]["per_second"] for each in rounds]
            figures[name]["ratio"] = round(statistics.median(ratios), 2)
    return figures


def run_fsck(data: Path, vault: str) -> str:
    """Run `tipline fsck`; gives the last line that it printed."""
    command = [
        sys.executable,
        "-m",
        "tipline.interfaces.cli",
        "fsck",
        "--quiet",
        "--data",
        str(data),
    ]
    done = subprocess.run(
        [*command, *(["--vault", vault] if vault else [])],
        capture_output=True,
        text=True,
        check=False,
    )
    said = (done.stdout + done.stderr).strip().splitlines() or ["nothing"]
    return said[-1] if done.returncode == 0 else f"FAILED: {' | '.join(said[-5:])}"


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(
        dir=arguments.directory, prefix="tipline-intake-"
    ) as directory:
        figures = run(arguments, Path(directory))
    print(json.dumps({"engine": arguments.engine, **figures}, indent=None if arguments.json else 2))
    return 0 if not figures["reopened"]["lost"] and figures["fsck"][:6] != "FAILED" else 1


if __name__ == "__main__":
    sys.exit(main())
