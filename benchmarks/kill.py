"""Kill -9 at full load, over and over: what was acknowledged must be there, once and unchanged.

    python -m benchmarks.kill [--kills 50] [--acknowledgements 100000] [--engine sqlite|postgres]
                              [--connections 128] [--workers 1] [--seed N] [--json]

The whole process group of `tipline serve` is killed at random moments under load and started
again. The client writes every acknowledgement down and sends whatever was not answered again, under
the same idempotency key. At the end every acknowledged report is opened with the desk's key and
compared, every key must have exactly one record, fsck must be clean, and the status of a sample of
codes is asked for over the API.
"""

import argparse
import contextlib
import json
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.intake import run_fsck
from benchmarks.load.client import Plan, start_client
from benchmarks.load.figures import read_answers
from benchmarks.load.postgres import fresh_url
from benchmarks.load.reopen import Acknowledged, compare, open_records, read_receipts
from benchmarks.load.server import ROOT, Server
from benchmarks.load.status import ask_status

SAMPLE = 200
CLIENT_SECONDS_MAX = 3_600.0


@dataclass(kw_only=True)
class Campaign:
    """How often to kill, how many acknowledgements to gather, and by which random numbers."""

    kills: int
    acknowledgements: int
    connections: int = 128
    seed: int = 0
    strike: Callable[[Server], None] = lambda server: kill_and_start(server)  # noqa: PLW0108 - below
    restarts: list[float] = field(default_factory=list)


@contextlib.contextmanager
def loading(plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    """A client that is at work."""
    client = subprocess.Popen(start_client(plan), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield client
    finally:
        client.kill()
        client.communicate()


def kill_and_start(server: Server) -> None:
    """Kill -9 the whole process group and start it again."""
    server.kill()
    server.start()


def run_campaign(campaign: Campaign, server: Server) -> dict[str, Any]:
    """Kill under load as often as asked, gather the rest, let the client finish; gives its counts."""
    chance = random.Random(campaign.seed)
    plan = Plan(
        port=server.public_port,
        out=str(server.data.parent / "acknowledgements"),
        connections=campaign.connections,
        seconds=CLIENT_SECONDS_MAX,
        run=secrets.token_hex(4),
        endures=True,
        tells=True,
        drain_seconds=120,
    )
    share = campaign.acknowledgements / (campaign.kills + 1)
    server.start()
    with loading(plan) as client:
        for number in range(1, campaign.kills + 1):
            # Each life is ended at a moment of its own, after about its share of the load.
            wait_for(client, count=round(share * (number - chance.random())))
            time.sleep(chance.random() * 0.2)
            began = time.monotonic()
            campaign.strike(server)
            campaign.restarts.append(time.monotonic() - began)
        wait_for(client, count=campaign.acknowledgements)
        client.terminate()
        said, _ = client.communicate(timeout=180)
    return dict(json.loads(said.strip().splitlines()[-1]))


def wait_for(client: "subprocess.Popen[str]", *, count: int) -> None:
    """Wait until the client has so many acknowledgements."""
    assert client.stdout is not None
    for line in client.stdout:
        if json.loads(line).get("201", 0) >= count:
            return
    raise RuntimeError("the client ended early")


def settle(server: Server, counts: dict[str, Any], *, seed: int = 0) -> dict[str, Any]:
    """Ask for a sample of codes, stop, open the vault and compare; gives the figures."""
    receipts = read_receipts(read_answers(server.data.parent / "acknowledgements"))
    unknown = count_unknown(server, receipts, seed=seed)
    server.stop()
    verdict = compare(receipts, open_records(server.data, vault=server.vault))
    return {
        "client": counts,
        "reopened": verdict.describe(),
        "codes_asked": min(SAMPLE, len(receipts)),
        "codes_unknown": unknown,
        "fsck": run_fsck(server.data, server.vault),
    }


def count_unknown(server: Server, receipts: list[Acknowledged], *, seed: int) -> int:
    """How many of a sample of acknowledged codes the status call does not know."""
    chance = random.Random(seed)
    sample = chance.sample(receipts, min(SAMPLE, len(receipts)))
    return sum(ask_status(server.public_port, code=each.code)[0] != 200 for each in sample)


def is_clean(figures: dict[str, Any]) -> bool:
    """Whether nothing was lost, changed, doubled, left unanswered or unknown."""
    kept = figures["reopened"]
    bad = sum(kept[key] for key in ("lost", "changed", "doubled", "unasked"))
    bad += figures["codes_unknown"] + figures["client"]["unanswered"]
    return not bad and not figures["fsck"].startswith("FAILED")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="kill -9 at full load, over and over")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--acknowledgements", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--connections", type=int, default=128)
    parser.add_argument("--workers", type=int, default=1, help="workers of `tipline serve`")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh data may lie")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run(arguments: argparse.Namespace, directory: Path) -> dict[str, Any]:
    """One campaign over a fresh data directory."""
    campaign = Campaign(
        kills=arguments.kills,
        acknowledgements=arguments.acknowledgements,
        connections=arguments.connections,
        seed=arguments.seed,
    )
    with contextlib.ExitStack() as stack:
        vault = stack.enter_context(fresh_url("vault")) if arguments.engine == "postgres" else ""
        server = Server(data=directory / "data", workers=arguments.workers, vault=vault)
        stack.callback(server.stop)
        counts = run_campaign(campaign, server)
        figures = settle(server, counts, seed=arguments.seed)
    times = sorted(campaign.restarts) or [0.0]
    restart = {"median_s": round(times[len(times) // 2], 2), "worst_s": round(times[-1], 2)}
    return {"kills": arguments.kills, "restart": restart, **figures}


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-kill-") as directory:
        figures = run(arguments, Path(directory))
    print(json.dumps({"engine": arguments.engine, **figures}, indent=None if arguments.json else 2))
    return 0 if is_clean(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
