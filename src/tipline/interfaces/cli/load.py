"""Commands that bring reports in: import, demo."""

import argparse
import asyncio
import csv
import datetime as dt
import os
import secrets
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tipline import wiring
from tipline.domain.duties import Actor
from tipline.domain.intake.receipt import format_code
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.interfaces.cli.filing import Filing, Loaded, Mapped, ReceiptFile, hash_file
from tipline.interfaces.cli.tables import RejectFile, TableRefused, read_table
from tipline.settings import Settings, set_up_django

SHOWN = 20  # row of the demonstration whose receipt is printed
console = Console(stderr=True, highlight=False)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    beside = arguments.file.with_name(arguments.file.name + ".rejects.jsonl")
    rejects = RejectFile(arguments.rejects or Path.cwd() / beside.name)
    loaded = _load(settings, arguments, rejects)
    console.print(f"filed {loaded.filed:,} reports, refused {loaded.refused:,} rows", markup=False)
    if loaded.refused:
        console.print(f"each refused row with its reasons: {rejects.path}", markup=False)
    return 1 if loaded.refused else 0


def _load(settings: Settings, arguments: argparse.Namespace, rejects: RejectFile) -> Loaded:
    mapped = Mapped(arguments.map)
    if not arguments.file.is_file():
        raise CommandRefused(f"{arguments.file}: no such file")
    size = arguments.file.stat().st_size
    columns = (TextColumn("importing"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with (
        wiring.open_vault(settings) as vault,
        Progress(*columns, console=console) as progress,
        ReceiptFile(arguments.receipts) as receipts,
    ):
        task = progress.add_task("", total=size)
        filing = Filing(
            vault=vault,
            mapped=mapped,
            limits=wiring.read_limits(settings),
            sender=arguments.sender,
            label=hash_file(arguments.file),
        )
        rows = read_table(
            arguments.file, at_bytes=lambda done: progress.update(task, completed=done)
        )
        try:
            now = dt.datetime.now(dt.UTC)
            done = filing.file_rows(rows=rows, rejects=rejects, receipts=receipts, now=now)
            return asyncio.run(done)
        except TableRefused as refused:
            raise CommandRefused(str(refused)) from refused
        finally:
            rejects.close()
            progress.update(task, completed=size)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, JSONL or Parquet; CSV and JSONL may be .gz")
    parser.add_argument(
        "--map",
        default="",
        metavar="FIELD=COLUMN,...",
        help="which column fills which field, as in text=content,region=area,subject.link=url",
    )
    parser.add_argument("--sender", default="import", help="who transmits these reports")
    parser.add_argument("--rejects", type=Path, help="file for refused rows (default: here)")
    parser.add_argument("--receipts", type=Path, help="file for the receipt codes (keep it safe)")


def _demo(settings: Settings, _arguments: argparse.Namespace) -> int:
    receipts = settings.desk_dir / "demo.receipts.csv"
    password, first = _staff_demo(settings)  # first, so that somebody is there to whom reports go
    loaded = load_demo(settings, receipts)
    console.print(f"demonstration: {loaded.filed} synthetic reports filed", markup=False)
    given = list(csv.DictReader(receipts.read_text("utf-8").splitlines()))
    if first:
        _rehearse(settings, {int(row["row"]): int(row["leaf_index"]) for row in given}, by=first)
    for line in (
        "staff      intake, analyst, lead, chongqing, auditor, admin",
        f"password   {password} (of each of them)",
        f"receipt    {format_code(given[SHOWN - 1]['receipt_code'])} (a decided report's)",
    ):
        console.print(line, markup=False, soft_wrap=True)
    return 0


def load_demo(
    settings: Settings, receipts: Path | None = None, *, part: str = "reports.jsonl"
) -> Loaded:
    """File the demonstration's reports; a second time adds nothing.

    Its other ``part``, "later.jsonl", comes once some of the first were decided.
    """
    shipped = resources.files("tipline.interfaces.cli") / "demo" / part
    with resources.as_file(shipped) as path:
        chosen = argparse.Namespace(file=path, map="", sender="demo", receipts=receipts)
        return _load(settings, chosen, RejectFile(settings.data / "demo.rejects.jsonl"))


def _staff_demo(settings: Settings) -> tuple[str, Actor | None]:
    """Hire the demonstration's staff; gives their password, and the one who works if they are new."""
    set_up_django("desk")
    from tipline.interfaces.cli import officers  # noqa: PLC0415 - after Django is set up

    note = settings.desk_dir / "demo.password"
    if note.is_file():
        return note.read_text("utf-8").strip(), None
    password = secrets.token_urlsafe(9)
    first = officers.make_demo_staff(now=dt.datetime.now(dt.UTC), password=password)
    with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(password + "\n")
    return password, first


def _rehearse(settings: Settings, leaves: dict[int, int], *, by: Actor) -> None:
    from tipline.interfaces.cli import rehearsal  # noqa: PLC0415 - after Django is set up

    rehearsal.rehearse(leaves=leaves, by=by)
    kind, value = rehearsal.CLOSED
    rehearsal.await_known(kind=kind, value=value, shelf=wiring.open_shelf(settings))
    load_demo(settings, part="later.jsonl")


COMMANDS = (
    Command(
        name="import",
        text="file the reports of a CSV, JSONL or Parquet file through the vault",
        run=_import,
        add_arguments=_import_arguments,
    ),
    Command(name="demo", text="load the synthetic demonstration", run=_demo),
)
