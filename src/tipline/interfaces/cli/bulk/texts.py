"""Texts of a table in batches, each row with its number from 0; a row that cannot be read says why."""

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
from msgspec import Struct

from tipline.interfaces.cli.tables import Row, TableRefused, read_table

BATCH = 5_000
AT_ONCE = 50_000  # rows of Parquet


class BadRow(Struct, frozen=True):
    """A row that could not be read: its number from 0, its line from 1 (0: the file has none)."""

    row: int
    line: int
    reason: str


class Batch(Struct, frozen=True):
    """Texts of the rows from ``first`` on, in order; a bad row has the text ""."""

    first: int
    texts: list[str]
    bad: list[BadRow]


def read_batches(
    path: Path, *, column: str, after: int, at_bytes: Callable[[int], None]
) -> Iterator[Batch]:
    """Read the texts in ``column`` of the rows from number ``after`` on.

    Raises:
        TableRefused: the file cannot be read as a table, or has no such column.

    """
    if path.suffix == ".parquet":
        yield from _read_parquet(path, column, after, at_bytes)
        return
    _check_column(path, column)
    texts: list[str] = []
    bad: list[BadRow] = []
    number = -1
    is_csv = ".csv" in path.suffixes
    for number, row in enumerate(read_table(path, at_bytes=at_bytes)):
        if number < after:
            continue
        text, reason = _get_text(row, column, is_csv=is_csv)
        texts.append(text)
        if reason:
            bad.append(BadRow(number, row.line, reason))
        if len(texts) == BATCH:
            yield Batch(number + 1 - BATCH, texts, bad)
            texts, bad = [], []
    if texts:
        yield Batch(number + 1 - len(texts), texts, bad)


def _get_text(row: Row, column: str, *, is_csv: bool) -> tuple[str, str]:
    if row.refused:
        return "", row.refused
    found = row.values.get(column, "" if is_csv else None)  # an empty cell is an empty text
    if isinstance(found, str):
        return found, ""
    return "", f"no text in {column}" if found is None else f"{column} is not a text"


def _check_column(path: Path, column: str) -> None:
    if ".csv" not in path.suffixes or not path.is_file():
        return
    opened = gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else None
    with opened or path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = next(csv.reader(file), [])
    _refuse_unknown(path, column, header)


def _refuse_unknown(path: Path, column: str, known: list[str]) -> None:
    if column not in known:
        raise TableRefused(f"{path}: no column {column}; it has {', '.join(known) or 'none'}")


def _read_parquet(
    path: Path, column: str, after: int, at_bytes: Callable[[int], None]
) -> Iterator[Batch]:
    if not path.is_file():
        raise TableRefused(f"{path}: no such file")
    try:
        table = pl.scan_parquet(path)
        schema = table.collect_schema()
        _refuse_unknown(path, column, schema.names())
        if schema[column] != pl.String:
            raise TableRefused(f"{path}: {column} is not a column of texts")
        count, size = table.select(pl.len()).collect().item(), path.stat().st_size
        for begin in range(after, count, AT_ONCE):
            part = table.select(column).slice(begin, AT_ONCE).collect().to_series().to_list()
            for place in range(0, len(part), BATCH):
                yield _make_batch(begin + place, part[place : place + BATCH], column)
            at_bytes(size * min(begin + AT_ONCE, count) // count)
    except pl.exceptions.PolarsError as wrong:
        raise TableRefused(f"{path}: not Parquet: {wrong}") from wrong


def _make_batch(first: int, texts: list[str | None], column: str) -> Batch:
    bad = [
        BadRow(first + place, 0, f"no text in {column}")
        for place, text in enumerate(texts)
        if text is None
    ]
    return Batch(first, [text or "" for text in texts], bad)
