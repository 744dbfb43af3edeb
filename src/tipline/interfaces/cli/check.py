"""Commands that look and tell: doctor, fsck."""

import argparse
import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

import apsw
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from tipline import wiring
from tipline.interfaces.cli.command import Command
from tipline.settings import Settings

console = Console(highlight=False)
STYLES = {"good": "green", "degraded": "yellow", "missing": "yellow", "wrong": "red"}
# What the system may hold beside Python's own packages: command, what it is for, how to get it.
SYSTEM = (
    ("chromium", "browser journeys and, later, page captures", "apt-get install chromium"),
    ("psql", "PostgreSQL client for backups past one machine", "apt-get install postgresql-client"),
    ("clamscan", "virus scanner for downloads (used by inspection)", "apt-get install clamav"),
)
PACKAGES = ("django", "granian", "apsw", "cryptography", "msgspec", "psycopg", "polars")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the doctor's report."""

    part: str
    state: str
    words: str


def _doctor(settings: Settings, _arguments: argparse.Namespace) -> int:
    table = Table(title="tipline doctor", title_justify="left")
    for column in ("part", "state", "what"):
        table.add_column(column, overflow="fold")
    findings = [*_look_at_python(), *_look_at_stores(settings), *_look_at_system()]
    for each in findings:
        table.add_row(each.part, f"[{STYLES[each.state]}]{each.state}[/]", each.words)
    console.print(table)
    return 1 if any(each.state == "wrong" for each in findings) else 0


def _look_at_python() -> Iterator[Finding]:
    words = f"{platform.python_version()} at {sys.executable}"
    yield Finding(
        part="Python", state="good" if sys.version_info >= (3, 11) else "wrong", words=words
    )
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield Finding(part="packages", state="good", words=versions)


def _look_at_stores(settings: Settings) -> Iterator[Finding]:
    own = f"SQLite {apsw.sqlite_lib_version()} bundled with apsw, WAL, synchronous=FULL"
    yield _try("vault", lambda: wiring.describe_vault(settings) or own)
    yield _try("desk store", lambda: wiring.describe_desk(settings))
    mode = wiring.describe_desk_sqlite()
    linked = f"the interpreter's SQLite is {sqlite3.sqlite_version}: {mode}"
    safe = "WAL" in mode
    yield Finding(part="desk SQLite", state="good" if safe else "degraded", words=linked)


def _try(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part=part, state="good", words=look())
    except Exception as wrong:  # noqa: BLE001 - the doctor tells of every fault and goes on
        return Finding(part=part, state="wrong", words=f"{type(wrong).__name__}: {wrong}")


def _look_at_system() -> Iterator[Finding]:
    for command, purpose, cure in SYSTEM:
        path = shutil.which(command)
        if path:
            yield Finding(part=command, state="good", words=f"{path}: {purpose}")
        else:
            yield Finding(part=command, state="missing", words=f"{purpose}; to install: {cure}")


def _fsck(settings: Settings, arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    with _progress(arguments) as progress:
        task = progress.add_task("checking", total=None)
        report = wiring.check_vault(
            settings,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    for note in report.notes:
        console.print(f"note: {note}", style="yellow", markup=False)
    for fault in report.faults:
        console.print(f"FAULT: {fault}", style="red", markup=False)
    took = time.monotonic() - started
    verdict = f"{len(report.faults)} faults" if report.faults else "all well"
    console.print(f"{report.summary}; {verdict} ({took:.1f} s)", markup=False)
    return 1 if report.faults else 0


def _progress(arguments: argparse.Namespace) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, console=Console(stderr=True), disable=arguments.quiet)


def _fsck_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="show no progress")


COMMANDS = (
    Command(name="doctor", text="tell what is installed and what is degraded", run=_doctor),
    Command(
        name="fsck",
        text="check every record, key, checkpoint and file of the vault; name what is wrong",
        run=_fsck,
        add_arguments=_fsck_arguments,
    ),
)
