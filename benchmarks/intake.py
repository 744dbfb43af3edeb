"""How many reports a second are acknowledged, durable, sealed and logged, against a plain intake.

    python -m benchmarks.intake [--engine sqlite|postgres] [--rounds 5] [--seconds 6]
                                [--connections 128] [--workers 1] [--flush-ms 0] [--baseline tuned|default]
                                [--json]

Starts the real server (`tipline serve`: public door, desk and workers) on a fresh data directory
and the baseline of `benchmarks/baseline`, and drives them in turn, round by round, from a client
that shares the machine; while one is driven the other has no load or is frozen. Afterwards both are
stopped, the vault is opened again with the desk's key and every acknowledged report is compared
with what was sent; then fsck.

How far the two are apart depends on the disk: the baseline waits for a flush for every request, the
vault for one for all that wait. --flush-ms makes every flush of either side slower, on SQLite.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.baseline.server import serving_baseline
from benchmarks.load.client import Plan
from benchmarks.load.figures import Answer, measure, take_medians
from benchmarks.load.machine import Bystanders, measure_disk
from benchmarks.load.postgres import fresh_url
from benchmarks.load.reopen import compare, open_records, read_receipts
from benchmarks.load.rounds import run_round
from benchmarks.load.server import Server, serving
from benchmarks.load.slowdisk import slow_flushes


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
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument(
        "--baseline",
        choices=("tuned", "default"),
        default="tuned",
        help="the baseline's settings on SQLite: those that serve it best, or as they come",
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
    tipline, baseline, machine = [], [], []
    answers: list[Answer] = []
    with contextlib.ExitStack() as stack:
        other = replace(plan, port=0, out=str(directory / "baseline"))
        if not arguments.no_baseline:
            given = {**server.environment, "BASELINE_SETTINGS": arguments.baseline}
            other.port = stack.enter_context(
                serving_baseline(directory, engine=arguments.engine, environment=given)
            )
        for number in range(arguments.rounds):
            with server.frozen():
                appends = float(measure_disk(directory))
                if other.port:
                    came = run_round(other, number=number)
                    baseline.append(measure(came, seconds=seconds))
            watch = Bystanders(server.pids())
            came = run_round(plan, number=number)
            machine.append({"disk_appends_per_second": appends, "others_cpu_share": watch.share()})
            tipline.append(measure(came, seconds=seconds))
            answers += came
            if not arguments.json:
                print(number + 1, tipline[-1], baseline[-1:], machine[-1], flush=True)
    return sum_up(tipline, baseline, machine), answers


def sum_up(
    tipline: list[dict[str, float]],
    baseline: list[dict[str, float]],
    machine: list[dict[str, float]],
) -> dict[str, Any]:
    figures: dict[str, Any] = {"tipline": take_medians(tipline)}
    if baseline:
        pairs = zip(tipline, baseline, strict=True)
        ratios = [{"ratio": ours["per_second"] / theirs["per_second"]} for ours, theirs in pairs]
        figures |= {"baseline": take_medians(baseline), **take_medians(ratios)}
    return {**figures, **take_medians(machine)}


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
