"""File the rows of a table as reports, a thousand at a time, so that a stopped import can go on."""

import csv
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import msgspec

from tipline.domain.intake.submission import Limits, Submission, SubmissionRefused, admit_submission
from tipline.interfaces.cli.command import CommandRefused
from tipline.interfaces.cli.tables import RejectFile, Row
from tipline.services import intake
from tipline.vault import Vault

UNIT = 1_000
PLAIN = ("text", "region", "language", "occurred_at", "came_by", "contact")
NESTED = ("subjects", "losses")  # JSON in a cell of a CSV
LOSS = {"loss.amount": "amount", "loss.currency": "currency", "loss.from": "from", "loss.to": "to"}
SUBJECT = "subject."


class Mapped:
    """Which column of a table fills which field of a report."""

    def __init__(self, text: str = "") -> None:
        self.columns = {field: field for field in (*PLAIN, *NESTED)}
        for pair in filter(None, text.split(",")):
            field, _, column = pair.partition("=")
            if not column or not self._is_known(field):
                raise CommandRefused(
                    f"--map {pair}: write FIELD=COLUMN, where FIELD is one of "
                    f"{', '.join((*PLAIN, *NESTED, *LOSS))} or subject.KIND"
                )
            self.columns[field] = column

    def _is_known(self, field: str) -> bool:
        return field in (*PLAIN, *NESTED, *LOSS) or field.startswith(SUBJECT)

    @property
    def label(self) -> str:
        """The same words for the same mapping."""
        return msgspec.json.encode(self.columns, order="sorted").decode()

    def check_columns(self, row: Row) -> None:
        """Refuse a table whose first row has no column for the text."""
        if not row.refused and self.columns["text"] not in row.values:
            raise CommandRefused(
                f"no column {self.columns['text']!r} for the text; the table has "
                f"{', '.join(row.values)}. Name it with --map text=COLUMN"
            )

    def build(self, values: Mapping[str, Any]) -> bytes:
        """Build the report that a row tells, as the API would have received it."""
        told = {field: values[column] for field, column in self.columns.items() if column in values}
        report = {field: told[field] for field in PLAIN if field in told}
        for field in NESTED:
            if field in told:
                report[field] = _read_nested(told[field])
        subjects = [
            {"kind": field.removeprefix(SUBJECT), "value": str(value)}
            for field, value in told.items()
            if field.startswith(SUBJECT)
        ]
        loss = {name: str(told[field]) for field, name in LOSS.items() if field in told}
        for field, added in (("subjects", subjects), ("losses", [loss] if loss else [])):
            given = report.get(field, [])
            if added and isinstance(given, list):
                report[field] = [*given, *added]
        return msgspec.json.encode(report)


def _read_nested(value: object) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.MsgspecError:
        return value


@dataclass
class Loaded:
    """What an import did so far."""

    filed: int = 0
    refused: int = 0


class ReceiptFile(AbstractContextManager["ReceiptFile"]):
    """CSV of row, line, receipt code and leaf index; nothing is written where no path is given."""

    def __init__(self, path: Path | None) -> None:
        self._out = path.open("w", newline="", encoding="utf-8") if path else None
        self._writer = csv.writer(self._out) if self._out else None
        if self._writer:
            self._writer.writerow(("row", "line", "receipt_code", "leaf_index"))

    def add(self, rows: Iterable[Row], receipts: Iterable[intake.Receipt]) -> None:
        """Write the receipts of a unit."""
        if self._writer and self._out:
            for row, receipt in zip(rows, receipts, strict=True):
                self._writer.writerow((row.number, row.line, receipt.code, receipt.leaf_index))
            self._out.flush()

    def __exit__(self, *_ended: object) -> None:
        if self._out:
            self._out.close()

    def __enter__(self) -> Self:
        return self


class Filing:
    """Files rows through the vault; a second run of the same file adds nothing twice."""

    def __init__(
        self, *, vault: Vault, mapped: Mapped, limits: Limits, sender: str, label: str
    ) -> None:
        self._vault, self._mapped, self._limits = vault, mapped, limits
        self._sender, self._label = sender, f"{label}:{mapped.label}:{sender}"
        self.loaded = Loaded()

    async def file_rows(
        self, *, rows: Iterable[Row], rejects: RejectFile, receipts: ReceiptFile, now: dt.datetime
    ) -> Loaded:
        """File all ``rows``; what is refused goes to ``rejects`` with its reasons.

        Raises:
            CommandRefused: the table has no column for the text.

        """
        for count, chunk in enumerate(_cut(rows)):
            if count == 0:
                self._mapped.check_columns(chunk[0])
            taken = [(row, made) for row in chunk if (made := self._admit(row, rejects, now))]
            if taken:
                given = await self._file(chunk[0].number, [made for _, made in taken], now)
                receipts.add([row for row, _ in taken], given)
            self.loaded.filed += len(taken)
            self.loaded.refused = rejects.count
        return self.loaded

    def _admit(self, row: Row, rejects: RejectFile, now: dt.datetime) -> Submission | None:
        if row.refused:
            rejects.add(row, reasons=[{"field": "", "reason": row.refused}])
            return None
        try:
            return admit_submission(self._mapped.build(row.values), self._limits, now=now)
        except SubmissionRefused as refused:
            told = [
                {"field": each.field, "reason": each.message % each.params}
                for each in refused.faults
            ]
            rejects.add(row, reasons=told)
            return None

    async def _file(
        self, first: int, submissions: list[Submission], now: dt.datetime
    ) -> list[intake.Receipt]:
        body = hashlib.sha256(msgspec.json.encode(submissions)).digest()
        retry = intake.SentOnce(f"import:{self._label}:{first}".encode(), body)
        return await intake.receive(
            vault=self._vault, submissions=submissions, retry=retry, now=now, lane="normal",
            sender=self._sender,
        )  # fmt: skip


def _cut(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, UNIT)):
        yield chunk


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hex; it makes the units of an import known when it runs again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
