"""Read the rows of a list from CSV, JSONL or plain text: pairs of kind and value, as they come."""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tipline.domain.triage.known import KINDS

MIXED = "mixed"
_VALUE_NAMES = ("value", "url", "domain", "host", "hostname", "phone", "indicator", "entry")
_KIND_NAMES = ("kind", "type")
_BYTES_A_TELLING = 1 << 20
_HOSTS_FILE = re.compile(r"(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(\S+)")
_FILTER = re.compile(r"(?:\|\|)?(?:\*\.)?([^|^*$\s]+)\^?")
_COMMENTS = ("#", "!", "//", ";", "[")

Row = tuple[str, str]


class ListFileRefused(Exception):
    """The file as a whole cannot be read as a list; the message says why."""


def hash_list(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_list(
    path: Path, *, kind: str, column: str = "", at_bytes: Callable[[int], None] = lambda _done: None
) -> Iterator[Row]:
    """Read the rows of ``path``; its name tells the format (.csv, .jsonl, .txt, each may be .gz).

    ``kind`` is that of every row, or "mixed" where a column "kind" names it. The value stands in
    ``column``, else in the first that is called value, url, domain, host, phone or indicator. Plain
    text has a value a line: hosts files ("0.0.0.0 evil.example") and domain filters
    ("||evil.example^") are read too, and lines that begin as comments are passed over.

    Raises:
        ListFileRefused: the file is of another format, or has no such column.

    """
    suffix = "".join(path.suffixes).removesuffix(".gz").rsplit(".", 1)[-1].lower()
    read = {"csv": _read_csv, "jsonl": _read_jsonl, "ndjson": _read_jsonl, "txt": _read_text}.get(
        suffix
    )
    if read is None:
        raise ListFileRefused(f"{path}: the name must end in .csv, .jsonl or .txt (.gz allowed)")
    if kind == MIXED and read is _read_text:
        raise ListFileRefused("plain text names no kinds: say --kind")
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as opened:
        text = io.TextIOWrapper(_Counted(opened, raw, at_bytes), "utf-8-sig", errors="replace")
        yield from read(text, kind, column)


class _Counted(io.BufferedReader):
    """Tells how far the file has been read."""

    def __init__(self, opened: Any, raw: BinaryIO, at_bytes: Callable[[int], None]) -> None:
        super().__init__(opened, _BYTES_A_TELLING)
        self._file, self._tell = raw, at_bytes

    def read1(self, size: int = -1, /) -> bytes:
        self._tell(self._file.tell())
        return super().read1(size)


def _read_csv(lines: Iterable[str], kind: str, column: str) -> Iterator[Row]:
    reader = csv.DictReader(lines)
    names = reader.fieldnames or ()
    value_name = _choose(names, (column,) if column else _VALUE_NAMES)
    kind_name = _choose(names, _KIND_NAMES) if kind == MIXED else ""
    for row in reader:
        yield (row[kind_name] or "" if kind_name else kind), row[value_name] or ""


def _read_jsonl(lines: Iterable[str], kind: str, column: str) -> Iterator[Row]:
    names = (column,) if column else _VALUE_NAMES
    for line in lines:
        row = _decode(line)
        value = next((row[name] for name in names if isinstance(row.get(name), str)), "")
        named = next((row[name] for name in _KIND_NAMES if isinstance(row.get(name), str)), "")
        yield (named if kind == MIXED else kind), value


def _decode(line: str) -> dict[str, Any]:
    # A line that is no object is a row without a value, and is counted as refused.
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError):
        return {}


def _read_text(lines: Iterable[str], kind: str, _column: str) -> Iterator[Row]:
    for line in lines:
        plain = line.strip()
        if plain and not plain.startswith(_COMMENTS):
            yield kind, _read_host(plain) if kind == "domain" else plain


def _read_host(plain: str) -> str:
    match = _HOSTS_FILE.match(plain) or _FILTER.fullmatch(plain)
    return match[1] if match else plain


def _choose(names: Iterable[str], wanted: Iterable[str]) -> str:
    by_small = {name.strip().lower(): name for name in names}
    found = next((by_small[name.lower()] for name in wanted if name.lower() in by_small), "")
    if not found:
        raise ListFileRefused(f"no column is called {' or '.join(wanted)}")
    return found


KIND_CHOICES = (*sorted(KINDS), MIXED)
