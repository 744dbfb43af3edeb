"""The command that scans files: what they are, what scanners say, which signs speak for a trojan."""

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tipline import wiring
from tipline.domain.evidence.files.indicators import SIGNS
from tipline.domain.evidence.files.verdict import MESSAGES, FileReport
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings

console = Console(highlight=False)
STYLES = {
    "malicious": "bold red",
    "suspicious": "red",
    "failed": "yellow",
    "not_scanned": "yellow",
    "clean": "green",
}


def _scan(settings: Settings, arguments: argparse.Namespace) -> int:
    paths = [Path(each) for each in arguments.files]
    missing = next((path for path in paths if not path.is_file()), None)
    if missing:
        raise CommandRefused(f"{missing}: no such file")
    reports = wiring.scan_files(settings, paths, now=dt.datetime.now(dt.UTC))
    found = 0
    for path, report in zip(paths, reports, strict=True):
        found += report.word in {"malicious", "suspicious"}
        if arguments.json:
            told = {"path": str(path), "word": report.word, **msgspec.to_builtins(report)}
            console.out(msgspec.json.encode(told).decode())
        else:
            console.print(_draw(path, report))
    return 1 if found else 0


def _draw(path: Path, report: FileReport) -> Table:
    word = f"[{STYLES[report.word]}]{MESSAGES[report.word]}[/]"
    title = f"{escape(path.name)}  {report.type}  {word}"
    table = Table(title=title, title_justify="left", caption=report.sha256, caption_justify="left")
    for column in ("scanner", "says", "why"):
        table.add_column(column, overflow="fold")
    for verdict in report.verdicts:
        says = f"[{STYLES[verdict.word]}]{MESSAGES[verdict.word]}[/]"
        table.add_row(verdict.scanner, says, escape(verdict.detail))
    for words in _list_signs(report):
        table.add_row("", "sign", words)
    return table


def _list_signs(report: FileReport) -> Iterator[str]:
    said = dict.fromkeys((each.key, tuple(each.params.items())) for each in report.indicators)
    for key, params in said:
        sign = SIGNS[key]
        yield escape(f"{sign.message % dict(params)} ({sign.weight})")


def _scan_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files to look at; none is run")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each file")


COMMANDS = (
    Command(
        name="scan",
        text="scan files and apps without running them; exit status 1 if any is suspicious",
        run=_scan,
        add_arguments=_scan_arguments,
    ),
)
