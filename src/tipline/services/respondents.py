"""What the holder of an order's code sees of it, and what they send back."""

import hashlib
from collections.abc import Awaitable, Sequence
from typing import Protocol

import msgspec

from tipline.domain.disposal.orders import OrderState
from tipline.domain.disposal.served import Answer, Served, Sheet, find_state
from tipline.vault import (
    Appended,
    Attachment,
    CodeKeys,
    Entry,
    FileDetails,
    Retry,
    SealBroken,
    Stored,
    Unit,
    Vault,
    derive_code_keys,
    describe_files,
    open_holder_box,
    open_message,
)

SAID, SENT = "order", "answer"  # kinds of record on an order's thread
_served = msgspec.json.Decoder(Served)
_json = msgspec.json.Encoder(order="sorted")


class OrderCodeUnknown(Exception):
    """No order has this code, or it was erased; nobody can tell which."""


class AnswerVault(Protocol):
    """What taking an answer asks of the vault."""

    def append_async(self, unit: Unit) -> Awaitable[Appended]:
        """Queue a unit; what it returns is done once the unit is durable."""


class OwnAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the code holder is shown of what they sent."""

    at: str
    act: str
    text: str = ""
    item: int = 0
    days: int = 0
    files: tuple[str, ...] = ()


class AnswerDetails(msgspec.Struct, frozen=True, kw_only=True):
    """All of an answer but its words; the committed second part of its record."""

    v: int = 1
    received_at: str
    act: str
    item: int
    days: int
    files: tuple[FileDetails, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One record of the thread: ``said`` by the desk, or sent by the respondent."""

    leaf_index: int
    said: Served | None = None
    sent: OwnAnswer | None = None


class OrderThread(msgspec.Struct, frozen=True, kw_only=True):
    """All that an order's code opens, oldest first."""

    keys: CodeKeys
    last: Stored
    lines: tuple[Line, ...]
    sheet: Sheet
    state: OrderState
    deadline: str
    verdicts: dict[str, str]


def holds_order(*, vault: Vault, code: str) -> bool:
    """Tell whether ``code`` opens an order."""
    stored = vault.read_box(box=derive_code_keys(code.encode()).box)
    return any(each.kind == SAID for each in stored)


def open_thread(*, vault: Vault, code: str) -> OrderThread:
    """Open all that belongs to an order's ``code`` (20 canonical characters).

    Raises:
        OrderCodeUnknown: there is no such order, or it was erased.

    """
    keys = derive_code_keys(code.encode())
    stored = [each for each in vault.read_box(box=keys.box) if each.kind in {SAID, SENT}]
    lines = tuple(_open(each, keys) for each in stored)
    said = [line.said for line in lines if line.said]
    sheet = next((each.sheet for each in reversed(said) if each.sheet), None)
    if sheet is None:
        raise OrderCodeUnknown
    verdicts: dict[str, str] = {}
    for each in said:
        verdicts |= each.verdicts
    return OrderThread(
        keys=keys,
        last=stored[-1],
        lines=lines,
        sheet=sheet,
        state=find_state(said, _list_acts_since(lines)),
        deadline=said[-1].deadline,
        verdicts=verdicts,
    )


async def receive_answer(
    *,
    vault: AnswerVault,
    thread: OrderThread,
    answer: Answer,
    at: str,
    form_key: str,
    files: Sequence[Attachment] = (),
) -> int:
    """Keep what a respondent sends, durably; returns its leaf index.

    ``at`` is when, to the minute. The same ``form_key`` with the same content is kept once.

    Raises:
        RetryMismatch: the key came before with something else.
        VaultBusy, VaultFull: nothing was kept.

    """
    own = OwnAnswer(
        at=at,
        act=answer.act.value,
        text=answer.text,
        item=answer.item,
        days=answer.days,
        files=tuple(each.name for each in files),
    )
    details = AnswerDetails(
        received_at=at,
        act=own.act,
        item=own.item,
        days=own.days,
        files=describe_files(files),
    )
    entry = Entry(
        kind=SENT,
        text=answer.text.encode(),
        details=_json.encode(details),
        box=thread.keys.box,
        holder_secret=thread.keys.holder_secret,
        holder_note=_json.encode(own),
        files=tuple(each.sealed for each in files),
        prev=thread.last.leaf_hash,
    )
    done = await vault.append_async(Unit((entry,), _know_again(form_key, answer, files)))
    return done.first_index


def _know_again(form_key: str, answer: Answer, files: Sequence[Attachment]) -> Retry | None:
    told = _json.encode((answer, [each.sha256.hex() for each in files]))
    digest = hashlib.sha256(told).digest()
    return Retry(b"answer\0" + form_key.encode() + digest, digest, b"") if form_key else None


def _list_acts_since(lines: Sequence[Line]) -> list[str]:
    """What was sent after the desk last spoke of the state."""
    acts: list[str] = []
    for line in lines:
        if line.said:
            acts = []
        elif line.sent:
            acts.append(line.sent.act)
    return acts


def _open(stored: Stored, keys: CodeKeys) -> Line:
    try:
        if stored.kind == SAID:
            text = open_message(stored, keys.private_key).text
            return Line(leaf_index=stored.index, said=_served.decode(text))
        note = open_holder_box(stored, keys.holder_secret).note
    except SealBroken:
        raise OrderCodeUnknown from None
    return Line(leaf_index=stored.index, sent=msgspec.json.decode(note, type=OwnAnswer))
