"""``tipline triage``: what the machine makes of every text of a file."""

import argparse
import os
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from tipline.interfaces.cli.bulk.checkpoint import Checkpoint, OtherRun, Progress, name_source
from tipline.interfaces.cli.bulk.outputs import OUTPUTS
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings

console = Console(stderr=True, highlight=False)


def _triage(settings: Settings, arguments: argparse.Namespace) -> int:
    # One thread a process: the processes are the threads. Read before the library is loaded.
    for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from tipline.interfaces.cli.bulk.run import Run  # noqa: PLC0415 - as above

    source, output = arguments.file, arguments.output
    if output.suffix not in OUTPUTS:
        raise CommandRefused(f"{output}: the name must end in {', '.join(OUTPUTS)}")
    if not source.is_file():
        raise CommandRefused(f"{source}: no such file")
    begun = Progress(
        source=name_source(source), column=arguments.text_column, now=datetime.now(UTC)
    )
    run = Run(source=source, output=output, processes=arguments.processes or _count_cores())
    try:
        done = run.go(Checkpoint(output).load(begun), _list_given(settings), console)
    except OtherRun:
        words = f"{output}: an unfinished run of something else lies beside it; remove {output}.*"
        raise CommandRefused(words) from None
    console.print(f"triaged {done.rows:,} rows, of which {done.refused:,} could not be read")
    if done.refused:
        console.print(f"each of these with its reason: {run.rejects}", markup=False)
    return 1 if done.refused else 0


def _list_given(settings: Settings) -> dict[str, object]:
    return {each.name: getattr(settings, each.name) for each in fields(settings)}


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, JSONL or Parquet; CSV and JSONL may be .gz")
    parser.add_argument("--text-column", default="text", help="column that holds the texts")
    parser.add_argument("--output", type=Path, required=True, help="OUT.jsonl or OUT.parquet")
    parser.add_argument("--processes", type=int, default=0, help="default: one a core")


COMMANDS = (
    Command(
        name="triage",
        text="write what the machine makes of every text of a file; goes on where it was stopped",
        run=_triage,
        add_arguments=_arguments,
    ),
)
