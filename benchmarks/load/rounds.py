"""One round of load: run a client as a process of its own and read what it wrote."""

import subprocess
from dataclasses import replace
from pathlib import Path

from benchmarks.load.client import Plan, start_client
from benchmarks.load.figures import Answer, read_answers
from benchmarks.load.server import ROOT

SERIALS_A_ROUND = 10_000_000


def run_round(plan: Plan, *, number: int) -> list[Answer]:
    """Drive one round of ``plan``; each ``number`` has its own file and serials."""
    out = Path(f"{plan.out}.{number}")
    asked = replace(plan, out=str(out), first_serial=number * SERIALS_A_ROUND // (plan.batch or 1))
    subprocess.run(start_client(asked), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return read_answers(out)
