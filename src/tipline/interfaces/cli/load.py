"""Commands that bring reports in: import, demo."""

import argparse
import asyncio
import csv
import datetime
import hashlib
import itertools
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tipline import wiring
from tipline.domain.intake import submission
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.interfaces.cli.tables import RejectFile, Row, TableRefused, read_table
from tipline.services import intake
from tipline.settings import Settings
from tipline.vault import Retry, Vault

UNIT = 1_000
FIELDS = ("text", "region", "language", "occurred_at", "came_by", "subjects", "losses", "contact")
console = Console(stderr=True, highlight=False)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    mapping = read_mapping(arguments.map)
    rejects = RejectFile(arguments.rejects or arguments.file.with_name(arguments.file.name + ".rejects.jsonl"))
    label = f"{hash_file(arguments.file)}:{sorted(mapping.items())}:{arguments.sender}"
    with wiring.open_vault(settings) as vault, _progress() as progress:
        task = progress.add_task("importing", total=arguments.file.stat().st_size)
        rows = read_table(arguments.file, at_bytes=lambda done: progress.update(task, completed=done))
        loaded = file_rows(
            vault=vault, rows=rows, mapping=mapping, rejects=rejects, label=label,
            limits=wiring.limits(settings), sender=arguments.sender, receipts=arguments.receipts,
        )  # fmt: skip
        progress.update(task, completed=arguments.file.stat().st_size)
    rejects.close()
    return tell_loaded(loaded, rejects)


def read_mapping(text: str) -> dict[str, str]:
    """Read ``field=column,…``: which column of the table fills which field of a report.

    Raises:
        CommandRefused: a field is unknown or a pair has no ``=``.

    """
    pairs = dict(pair.split("=", 1) if "=" in pair else (pair, "") for pair in text.split(",") if pair)
    for field, column in pairs.items():
        if field not in FIELDS or not column:
            raise CommandRefused(
                f"--map {field}={column}: write FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}"
            )
    return {field: field for field in FIELDS} | pairs
