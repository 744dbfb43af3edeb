"""Read rows of reports from CSV, JSONL or Parquet, one at a time, naming each row that cannot be read."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import polars as pl

FIELD_BYTES_MAX = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: where it stands, what it holds, or why it could not be read."""

    number: int
    line: int
    values: dict[str, Any]
    refused: str = ""


class TableRefused(Exception):
    """The file as a whole cannot be read as a table of reports."""


def read_table(
    path: Path, *, at_bytes: Callable[[int], None] = lambda _done: None
) -> Iterator[Row]:
    """Read the rows of ``path``; its name tells the format (.csv, .jsonl, .parquet, each may be .gz).

    ``at_bytes`` is told how many bytes of the file have been read so far.

    Raises:
        TableRefused: the file is missing, of another format, or has no header.

    """
    suffix = "".join(path.suffixes).removesuffix(".gz").rsplit(".", 1)[-1].lower()
    read = {"csv": _read_csv, "jsonl": _read_jsonl, "ndjson": _read_jsonl}.get(suffix)
    if not path.is_file():
        raise TableRefused(f"{path}: no such file")
    if suffix == "parquet":
        yield from _read_parquet(path, at_bytes)
    elif read is None:
        raise TableRefused(f"{path}: the name must end in .csv, .jsonl or .parquet (.gz allowed)")
    elif path.suffix == ".gz":
        with path.open("rb") as raw, gzip.open(raw) as opened:
            yield from read(_count(opened, raw, at_bytes))
    else:
        with path.open("rb") as raw:
            yield from read(_count(raw, raw, at_bytes))


def _count(
    lines: Iterable[bytes], raw: BinaryIO, at_bytes: Callable[[int], None]
) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number % 256 == 0:
            at_bytes(raw.tell())
        yield line


class _Lines:
    """Lines of a CSV as text, remembering those of the row in hand, so that a bad row is not lost."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            bare = line.removeprefix(b"\xef\xbb\xbf") if self.number == 1 else line
            # Bytes that are not UTF-8 become lone surrogates: that one row is refused by name.
            self.taken.append(bare.decode("utf-8", "surrogateescape"))
            yield self.taken[-1]


def _read_csv(lines: Iterator[bytes]) -> Iterator[Row]:
    csv.field_size_limit(FIELD_BYTES_MAX)
    source = _Lines(lines)
    reader = csv.reader(iter(source), strict=True)
    header = next(reader, None)
    if not header:
        raise TableRefused("the file is empty; the first line must name the columns")
    number = 0
    while True:
        source.taken.clear()
        line = source.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            number += 1
            raw = {"": "".join(source.taken)}
            yield Row(number=number, line=line, values=raw, refused=f"not CSV: {wrong}")
            continue
        if cells:
            number += 1
            values, refused = _check_cells(header, cells)
            yield Row(number=number, line=line, values=values, refused=refused)


def _check_cells(header: list[str], cells: list[str]) -> tuple[dict[str, Any], str]:
    if len(cells) != len(header):
        wrong = f"{len(cells)} cells where the header names {len(header)} columns"
        return {"": ",".join(cells)}, wrong
    values = dict(zip(header, cells, strict=True))
    if any(not cell.isascii() and _has_surrogate(cell) for cell in cells):
        return values, "not UTF-8"
    return {key: value for key, value in values.items() if value != ""}, ""


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _read_jsonl(lines: Iterator[bytes]) -> Iterator[Row]:
    number = 0
    for line, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        number += 1
        try:
            values = msgspec.json.decode(raw, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError) as wrong:
            shown = {"": raw.decode("utf-8", "replace").rstrip("\r\n")}
            yield Row(number=number, line=line, values=shown, refused=f"not a JSON object: {wrong}")
        else:
            yield Row(number=number, line=line, values=values)


def _read_parquet(path: Path, at_bytes: Callable[[int], None]) -> Iterator[Row]:
    try:
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
        size, number = path.stat().st_size, 0
        while number < rows:
            for values in (
                pl.scan_parquet(path).slice(number, 10_000).collect().iter_rows(named=True)
            ):
                number += 1
                kept = {key: value for key, value in values.items() if value is not None}
                yield Row(number=number, line=number, values=kept)
            at_bytes(size * number // rows)
    except pl.exceptions.PolarsError as wrong:
        raise TableRefused(f"{path}: not Parquet: {wrong}") from wrong


class RejectFile:
    """JSONL of refused rows: line, row, reasons and the row itself, so that it can be mended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._out: io.TextIOWrapper | None = None

    def add(self, row: Row, *, reasons: list[dict[str, str]]) -> None:
        """Keep ``row`` with the ``reasons`` why it was refused."""
        if self._out is None:
            self._out = self.path.open("w", encoding="utf-8", errors="backslashreplace")
        kept = {key: _printable(value) for key, value in row.values.items()}
        line = {"line": row.line, "row": row.number, "reasons": reasons, "values": kept}
        self._out.write(msgspec.json.encode(line).decode() + "\n")
        self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._out is not None:
            self._out.close()


def _printable(value: object) -> object:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
