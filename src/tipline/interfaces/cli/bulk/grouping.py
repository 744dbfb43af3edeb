"""``tipline templates``: which texts of a file tell the same, each text with its group.

What is known of the texts is laid down in plain files and mapped, so that memory stays the same
however many rows there are; only keys and the tree of groups are held.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray
from rich.console import Console

from tipline import wiring
from tipline.domain.triage.scan import scan_many
from tipline.domain.triage.templates import Signatures, Wordings, read_wordings
from tipline.domain.triage.templates.bulk import group_texts
from tipline.domain.triage.templates.signature import BANDS, CHECK_BYTES
from tipline.interfaces.cli.bulk.texts import read_batches
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.interfaces.cli.tables import TableRefused
from tipline.settings import Settings

AT_ONCE = 500_000  # rows written
console = Console(stderr=True, highlight=False)


class Laid(Struct, frozen=True):
    """Wordings of all rows, one behind the other; ``signatures`` are mapped from files."""

    keys: NDArray[np.uint64]
    speaks: NDArray[np.bool_]
    compares: NDArray[np.bool_]
    signatures: Signatures


class Groups(Struct, frozen=True):
    """For each row: the row that founded its group (-1: none), its likeness, and whether it was told before."""

    founders: NDArray[np.int64]
    likeness: NDArray[np.float32]
    is_same: NDArray[np.bool_]


def lay_down(source: Path, column: str, directory: Path) -> Laid:
    """Read the wordings of a file's texts into files of ``directory``.

    Raises:
        TableRefused: the file cannot be read as a table of texts.

    """
    names = ("keys", "speaks", "compares", "bands", "checks")
    paths = {name: directory / name for name in names}
    with (
        paths["keys"].open("wb") as keys,
        paths["speaks"].open("wb") as speaks,
        paths["compares"].open("wb") as compares,
        paths["bands"].open("wb") as bands,
        paths["checks"].open("wb") as checks,
    ):
        for each in _read(source, column):
            keys.write(each.keys.tobytes())
            speaks.write(each.speaks.tobytes())
            compares.write(each.compares.tobytes())
            bands.write(each.signatures.bands.tobytes())
            checks.write(each.signatures.checks.tobytes())
    return Laid(
        np.fromfile(paths["keys"], np.uint64),
        np.fromfile(paths["speaks"], np.bool_),
        np.fromfile(paths["compares"], np.bool_),
        Signatures(
            np.memmap(paths["bands"], np.uint32, "r").reshape(-1, BANDS),
            np.memmap(paths["checks"], np.uint8, "r").reshape(-1, CHECK_BYTES),
        ),
    )


def group_rows(laid: Laid) -> Groups:
    """Group rows: the same wording with the first that has it, what is alike with the most like."""
    different, firsts = _find_firsts(laid.keys)
    asked = laid.compares[different]
    rows = np.flatnonzero(asked)
    grouped = group_texts(laid.signatures, different[rows])
    founders, likeness = different.copy(), np.ones(len(different), np.float32)
    founders[rows], likeness[rows] = grouped.founders, grouped.likeness
    is_first = firsts == np.arange(len(firsts))
    places = np.searchsorted(different, firsts)
    found = np.where(laid.speaks, founders[places], -1)
    return Groups(
        found, np.where(is_first, likeness[places], 1).astype(np.float32), laid.speaks & ~is_first
    )


def _find_firsts(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    # Rows of the first text of each key, ascending; and for each row the first with its key.
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return np.sort(first), first[inverse]


def _read(source: Path, column: str) -> Iterator[Wordings]:
    sieve = wiring.open_sieve()
    for batch in read_batches(source, column=column, after=0, at_bytes=lambda _done: None):
        yield read_wordings(batch.texts, scan_many(batch.texts, sieve=sieve))


def _write(output: Path, laid: Laid, groups: Groups) -> None:
    parts = []
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f"{output.name}.") as made:
        for begin in range(0, len(laid.keys), AT_ONCE):
            rows = slice(begin, begin + AT_ONCE)
            parts.append(Path(made) / f"{begin:012d}.parquet")
            _make_table(laid, groups, rows).write_parquet(parts[-1])
        draft = Path(made) / "whole"
        pl.scan_parquet(parts).sink_parquet(draft)
        draft.replace(output)


def _make_table(laid: Laid, groups: Groups, rows: slice) -> pl.DataFrame:
    founders = groups.founders[rows]
    keys = np.where(founders >= 0, laid.keys[founders], 0)
    return pl.DataFrame(
        {
            "row": np.arange(rows.start, rows.start + len(founders)),
            "template": [f"{each:016x}" for each in laid.keys[rows].tolist()],
            "group": [
                f"{key:016x}" if founder >= 0 else ""
                for key, founder in zip(keys.tolist(), founders.tolist(), strict=True)
            ],
            "likeness": groups.likeness[rows],
            "is_same": groups.is_same[rows],
        }
    )


def _group(_settings: Settings, arguments: argparse.Namespace) -> int:
    output = arguments.output
    if output.suffix != ".parquet":
        raise CommandRefused(f"{output}: the name must end in .parquet")
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f"{output.name}.") as made:
        try:
            laid = lay_down(arguments.file, arguments.text_column, Path(made))
        except TableRefused as refused:
            raise CommandRefused(str(refused)) from refused
        if len(laid.keys):
            groups = group_rows(laid)
        else:
            raise CommandRefused(f"{arguments.file}: no rows")
        _write(output, laid, groups)
    count = len(np.unique(groups.founders[groups.founders >= 0]))
    console.print(f"grouped {len(laid.keys):,} texts into {count:,} templates")
    return 0


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, JSONL or Parquet; CSV and JSONL may be .gz")
    parser.add_argument("--text-column", default="text", help="column that holds the texts")
    parser.add_argument("--output", type=Path, required=True, help="OUT.parquet")


COMMANDS = (
    Command(
        name="templates",
        text="group the texts of a file that tell the same but for numbers and links",
        run=_group,
        add_arguments=_arguments,
    ),
)
