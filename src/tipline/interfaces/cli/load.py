"""Commands that bring reports in: import, demo."""

import argparse
import asyncio
import datetime as dt
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.interfaces.cli.filing import Filing, Loaded, Mapped, ReceiptFile, hash_file
from tipline.interfaces.cli.tables import RejectFile, TableRefused, read_table
from tipline.settings import Settings, set_up_django

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
    loaded = load_demo(settings)
    password = _make_staff(settings)
    console.print(f"demonstration: {loaded.filed} synthetic reports filed", markup=False)
    console.print(
        f"staff: intake, analyst, lead, chongqing, auditor, admin; password of all: {password}",
        markup=False,
    )
    return 0


def load_demo(settings: Settings) -> Loaded:
    """File the demonstration's reports; a second time adds nothing."""
    shipped = resources.files("tipline.interfaces.cli") / "demo" / "reports.jsonl"
    with resources.as_file(shipped) as path:
        chosen = argparse.Namespace(file=path, map="", sender="demo", receipts=None)
        return _load(settings, chosen, RejectFile(settings.data / "demo.rejects.jsonl"))


def _make_staff(settings: Settings) -> str:
    set_up_django("desk")
    from tipline.interfaces.cli import officers  # noqa: PLC0415 - after Django is set up

    note = settings.desk_dir / "demo.password"
    return officers.make_demo_staff(note=note, now=dt.datetime.now(dt.UTC))


COMMANDS = (
    Command(
        name="import",
        text="file the reports of a CSV, JSONL or Parquet file through the vault",
        run=_import,
        add_arguments=_import_arguments,
    ),
    Command(name="demo", text="load the synthetic demonstration", run=_demo),
)
