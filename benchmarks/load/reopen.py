"""Open the vault after a full stop and compare what it holds with what was acknowledged."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.load.bodies import read_serial
from benchmarks.load.figures import Answer
from tipline.vault import Opened, load_desk_key, load_vault_keys, open_owner, open_record

PAGE = 1_000
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}")


class AnswerWrong(Exception):
    """An acknowledgement is not what the contract promises."""


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """One report that was answered with 201: its serial, and the receipt."""

    serial: int
    code: str
    leaf_index: int


@dataclass(kw_only=True)
class Verdict:
    """How many acknowledged reports are in the vault as sent, and how many are not."""

    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    changed: int = 0
    doubled: int = 0
    unasked: int = 0

    @property
    def is_clean(self) -> bool:
        return self.kept == self.acknowledged and not (self.lost or self.changed or self.doubled)

    def describe(self) -> dict[str, int]:
        return asdict(self)


def read_receipts(answers: Iterable[Answer], *, batch: int = 0) -> list[Acknowledged]:
    """Check every 201 and take it apart: codes well formed, no code and no leaf given twice.

    Raises:
        AnswerWrong: a code is not five groups of four, or a code or a leaf came twice.

    """
    found = [each for answer in answers if answer.status == 201 for each in _read(answer, batch)]
    for each in found:
        if not CODE.fullmatch(each.code):
            raise AnswerWrong(f"{each.code!r} is not a receipt code")
    for name in ("serial", "code", "leaf_index"):
        if len({getattr(each, name) for each in found}) != len(found):
            raise AnswerWrong(f"a {name} was given twice")
    return found


def _read(answer: Answer, batch: int) -> Iterator[Acknowledged]:
    body = json.loads(answer.body)
    receipts = body["receipts"] if batch else [body]
    if len(receipts) != (batch or 1):
        raise AnswerWrong(f"{len(receipts)} receipts for {batch or 1} reports")
    first = answer.serial * batch if batch else answer.serial
    for serial, receipt in enumerate(receipts, first):
        yield Acknowledged(
            serial=serial, code=receipt["receipt_code"], leaf_index=receipt["leaf_index"]
        )


def open_records(data: Path, *, vault: str = "") -> Iterator[Opened]:
    """Open the stopped vault of ``data`` as its owner and give every record that the desk may read."""
    desk_key = load_desk_key(data / "desk")
    where = vault or data / "vault" / "vault.db"
    with closing(open_owner(where, keys=load_vault_keys(data / "vault"))) as owner:
        after = -1
        while page := owner.read(after=after, limit=PAGE):
            after = page[-1].index
            yield from (open_record(each, desk_key) for each in page if each.reader == "desk")


def compare(acknowledged: Iterable[Acknowledged], records: Iterable[Opened]) -> Verdict:
    """Compare each acknowledgement with the record at its leaf, opened with the desk's key.

    A record counts as doubled when its serial, which came under one idempotency key, is there
    twice; as unasked when nobody was told of it.
    """
    expected = {each.leaf_index: each.serial for each in acknowledged}
    verdict = Verdict(acknowledged=len(expected))
    seen: set[int] = set()
    for record in records:
        if record.kind != "report":
            continue
        serial = read_serial(record.text.decode())
        verdict.doubled += serial in seen
        if serial is not None:
            seen.add(serial)
        if record.index in expected:
            was_kept = expected.pop(record.index) == serial
            verdict.kept += was_kept
            verdict.changed += not was_kept
        else:
            verdict.unasked += 1
    verdict.lost = len(expected)
    return verdict
