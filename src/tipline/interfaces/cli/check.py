"""Commands that look and tell: doctor, fsck."""

import argparse
import datetime as dt
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from rich.console import Console
from rich.progress import BarColumn, Progress as Bar, TaskProgressColumn, TextColumn
from rich.table import Table

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings
from tipline.vault import VaultRefusal
from tipline.vault.fsck import Fault, Progress

console = Console(highlight=False)
STYLES = {"good": "green", "degraded": "yellow", "missing": "yellow", "wrong": "red"}
# What the system may hold beside Python's own packages: command, what it is for, how to get it.
SYSTEM = (
    ("chromium", "browser journeys and, later, page captures", "apt-get install chromium"),
    ("psql", "PostgreSQL client for backups past one machine", "apt-get install postgresql-client"),
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
    findings = [
        *_look_at_python(),
        *_look_at_stores(settings),
        *_look_at_system(),
        *_look_at_scanners(settings),
    ]
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
    yield _try("vault", lambda: wiring.describe_vault(settings))
    if settings.database:
        yield Finding(part="desk store", state="good", words="PostgreSQL, by the setting database")
    else:
        state = "degraded" if "rollback" in wiring.describe_desk() else "good"
        yield Finding(part="desk store", state=state, words=wiring.describe_desk())


def _try(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part=part, state="good", words=look())
    except (OSError, ValueError, VaultRefusal) as wrong:
        return Finding(part=part, state="wrong", words=f"{type(wrong).__name__}: {wrong}")


def _look_at_system() -> Iterator[Finding]:
    for command, purpose, cure in SYSTEM:
        path = shutil.which(command)
        if path:
            yield Finding(part=command, state="good", words=f"{path}: {purpose}")
        else:
            yield Finding(part=command, state="missing", words=f"{purpose}; to install: {cure}")


def _look_at_scanners(settings: Settings) -> Iterator[Finding]:
    for part, state, words in wiring.describe_scanners(settings, now=dt.datetime.now(dt.UTC)):
        yield Finding(part=part, state=state, words=words)


def _fsck(settings: Settings, arguments: argparse.Namespace) -> int:
    started, seen = time.monotonic(), Progress(leaves=0, total=0, files=0)

    def tell(progress: Progress) -> None:
        nonlocal seen
        seen = progress
        bar.update(task, completed=progress.leaves, total=progress.total)

    faults = 0
    try:
        with _show_progress(arguments) as bar:
            task = bar.add_task("checking", total=None)
            for fault in wiring.check_vault(settings, tell=tell):
                faults += not fault.is_note
                _tell_fault(fault)
    except (OSError, VaultRefusal) as refused:
        raise CommandRefused(
            f"there is no vault to check in {settings.data}: {refused}"
        ) from refused
    verdict = f"{faults} FAULTS" if faults else "all well"
    took = time.monotonic() - started
    console.print(
        f"{seen.total:,} leaves, {seen.files:,} files: {verdict} ({took:.1f} s)", markup=False
    )
    return 1 if faults else 0


def _tell_fault(fault: Fault) -> None:
    mark, style = ("note", "yellow") if fault.is_note else ("FAULT", "red")
    console.print(f"{mark}  {fault}", style=style, markup=False, soft_wrap=True)


def _show_progress(arguments: argparse.Namespace) -> Bar:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Bar(*columns, console=Console(stderr=True), disable=arguments.quiet)


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
