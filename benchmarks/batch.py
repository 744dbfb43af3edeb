"""How many reports a second `POST /api/v1/reports:batch` acknowledges, 1,000 to a request.

    python -m benchmarks.batch [--engine sqlite|postgres] [--rounds 5] [--seconds 6]
                               [--connections 4] [--size 1000] [--json]

Like `benchmarks.intake`, without a baseline: every batch is one all-or-nothing unit under one
idempotency key, and all of it is compared with what was sent after a full stop.
"""

import argparse
import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.intake import run_fsck
from benchmarks.load.client import Plan
from benchmarks.load.figures import Answer, measure, take_medians
from benchmarks.load.postgres import fresh_url
from benchmarks.load.reopen import compare, open_records, read_receipts
from benchmarks.load.rounds import run_round
from benchmarks.load.server import serving


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="reports a second through POST /api/v1/reports:batch"
    )
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--size", type=int, default=1_000, help="reports in a batch")
    parser.add_argument("--workers", type=int, default=1, help="workers of `tipline serve`")
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh data may lie")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run(arguments: argparse.Namespace, directory: Path) -> dict[str, Any]:
    """Measure round by round, then stop and look at what was kept."""
    answers: list[Answer] = []
    rounds = []
    with contextlib.ExitStack() as stack:
        vault = stack.enter_context(fresh_url("vault")) if arguments.engine == "postgres" else ""
        data = directory / "data"
        with serving(data, workers=arguments.workers, vault=vault) as server:
            plan = Plan(port=server.public_port, out=str(directory / "batch"), batch=arguments.size)
            plan.connections, plan.seconds = arguments.connections, arguments.seconds
            for number in range(arguments.rounds):
                came = run_round(plan, number=number)
                rounds.append(measure(came, seconds=arguments.seconds, each=arguments.size))
                answers += came
        kept = compare(
            read_receipts(answers, batch=arguments.size), open_records(data, vault=vault)
        )
        return {
            "batch": take_medians(rounds),
            "reopened": kept.describe(),
            "fsck": run_fsck(data, vault),
        }


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-batch-") as directory:
        figures = run(arguments, Path(directory))
    print(json.dumps({"engine": arguments.engine, **figures}, indent=None if arguments.json else 2))
    return 0 if not figures["reopened"]["lost"] and figures["fsck"][:6] != "FAILED" else 1


if __name__ == "__main__":
    sys.exit(main())
