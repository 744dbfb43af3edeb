"""Take reports and replies in: give each a receipt code and keep it in the vault."""

import asyncio
import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import msgspec

from tipline.domain.intake.languages import find_language
from tipline.domain.intake.receipt import RANDOM_BYTES, make_code
from tipline.domain.intake.submission import Contact, Submission
from tipline.vault import (
    Appended,
    Attachment,
    CodeKeys,
    Entry,
    FileDetails,
    Retry,
    Stored,
    Unit,
    derive_code_keys,
    describe_files,
)

CODE_CHARS = 20
POOL_FROM = 32  # reports from which a unit is made ready off the event loop
# All cores that this process was given, before the public door keeps its own threads on one.
_CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
_json = msgspec.json.Encoder(order="sorted")


def _spread() -> None:
    if _CORES:
        os.sched_setaffinity(0, _CORES)


_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="intake", initializer=_spread)


class IntakeVault(Protocol):
    """What intake asks of the vault."""

    def append_async(self, unit: Unit) -> Awaitable[Appended]:
        """Queue a unit; what it returns is done once the unit is durable."""


class SentOnce(msgspec.Struct, frozen=True):
    """What makes a second try known: the sender's key, and the SHA-256 of what it sent."""

    key: bytes
    body: bytes


class Receipt(msgspec.Struct, frozen=True):
    """What a reporter gets: the code (20 characters, no groups) and the leaf in the ledger."""

    code: str
    leaf_index: int


class ReportDetails(msgspec.Struct, frozen=True, kw_only=True):
    """All of a report but its words and its contact; the committed second part of its record."""

    v: int = 1
    received_at: str
    language: str
    region: str
    subjects: Any
    occurred_at: str
    came_by: str
    losses: Any
    sender: str
    lane: str
    files: tuple[FileDetails, ...]
    has_contact: bool


class ReplyDetails(msgspec.Struct, frozen=True, kw_only=True):
    """All of a reply but its words; the committed second part of its record."""

    v: int = 1
    received_at: str
    question_id: str
    files: tuple[FileDetails, ...]


class OwnReport(msgspec.Struct, frozen=True):
    """What the code holder is shown of their own report: when it came."""

    at: str


class OwnReply(msgspec.Struct, frozen=True, kw_only=True):
    """What the code holder is shown of their own reply."""

    at: str
    text: str
    question_id: str = ""
    files: tuple[str, ...] = ()


async def receive(
    *,
    vault: IntakeVault,
    submissions: Sequence[Submission],
    retry: SentOnce | None,
    now: dt.datetime,
    lane: str,
    sender: str = "",
    files: Sequence[Attachment] = (),
) -> list[Receipt]:
    """Keep checked ``submissions`` all or none, durably; ``files`` belong to the only one.

    ``retry`` given a second time with the same body returns the first receipts.

    Raises:
        RetryMismatch: the retry key came before with another body.
        VaultBusy: too many wait; nothing was kept.
        VaultFull: the disk is full; nothing was kept.

    """
    stamp = _Stamp(received_at=write_minute(now), lane=lane, sender=sender, files=tuple(files))
    if len(submissions) < POOL_FROM:
        codes, entries = _prepare(submissions, stamp)
    else:
        codes, entries = await _prepare_many(submissions, stamp)
    kept = Retry(retry.key, retry.body, "".join(codes).encode()) if retry else None
    done = await vault.append_async(Unit(tuple(entries), kept))
    if done.replayed:
        codes = _split_codes(done.answer)
    return [Receipt(code, done.first_index + at) for at, code in enumerate(codes)]


async def receive_reply(
    *,
    vault: IntakeVault,
    keys: CodeKeys,
    last: Stored,
    reply: OwnReply,
    retry: SentOnce | None,
    files: Sequence[Attachment] = (),
) -> int:
    """Keep what a code holder says back; returns its leaf index.

    ``last`` is the newest record on the holder's thread, to which the reply is chained.

    Raises:
        RetryMismatch: the retry key came before with another body.
        VaultBusy: too many wait; nothing was kept.
        VaultFull: the disk is full; nothing was kept.

    """
    details = ReplyDetails(
        received_at=reply.at, question_id=reply.question_id, files=describe_files(files)
    )
    entry = Entry(
        kind="reply",
        text=reply.text.encode(),
        details=_json.encode(details),
        box=keys.box,
        holder_secret=keys.holder_secret,
        holder_note=_json.encode(reply),
        files=tuple(each.sealed for each in files),
        prev=last.leaf_hash,
    )
    kept = Retry(retry.key, retry.body, b"") if retry else None
    done = await vault.append_async(Unit((entry,), kept))
    return done.first_index


def digest_submission(submission: Submission, files: Sequence[Attachment] = ()) -> bytes:
    """Digest what a person sent, so that the same form sent twice is known: SHA-256."""
    told = _json.encode((submission, [each.sha256.hex() for each in files]))
    return hashlib.sha256(told).digest()


def digest_reply(reply: OwnReply, files: Sequence[Attachment] = ()) -> bytes:
    """Digest what a code holder sent, but for when: SHA-256."""
    told = _json.encode((reply.text, reply.question_id, [each.sha256.hex() for each in files]))
    return hashlib.sha256(told).digest()


def write_minute(now: dt.datetime) -> str:
    """Write a time to the minute, in UTC; nothing finer is ever kept of a reporter."""
    return now.astimezone(dt.UTC).isoformat(timespec="minutes")[:16] + "Z"


class _Stamp(msgspec.Struct, frozen=True, kw_only=True):
    received_at: str
    lane: str
    sender: str
    files: tuple[Attachment, ...]


async def _prepare_many(
    submissions: Sequence[Submission], stamp: _Stamp
) -> tuple[list[str], list[Entry]]:
    # The public-key step frees the interpreter, so two threads overlap and the door stays open.
    loop, middle = asyncio.get_running_loop(), len(submissions) // 2
    halves = [
        loop.run_in_executor(_pool, _prepare, part, stamp)
        for part in (submissions[:middle], submissions[middle:])
    ]
    first, second = await asyncio.gather(*halves)
    return first[0] + second[0], first[1] + second[1]


def _prepare(submissions: Sequence[Submission], stamp: _Stamp) -> tuple[list[str], list[Entry]]:
    codes = [make_code(secrets.token_bytes(RANDOM_BYTES)) for _ in submissions]
    return codes, [_make_entry(s, c, stamp) for s, c in zip(submissions, codes, strict=True)]


def _make_entry(submission: Submission, code: str, stamp: _Stamp) -> Entry:
    keys, contact = derive_code_keys(code.encode()), _write_contact(submission.contact)
    return Entry(
        kind="report",
        text=submission.text.encode(),
        details=_json.encode(_describe(submission, stamp, has_contact=bool(contact))),
        box=keys.box,
        holder_key=keys.holder_key,
        holder_secret=keys.holder_secret,
        holder_note=_json.encode(OwnReport(stamp.received_at)),
        contact=contact,
        files=tuple(each.sealed for each in stamp.files),
    )


def _describe(submission: Submission, stamp: _Stamp, *, has_contact: bool) -> ReportDetails:
    return ReportDetails(
        received_at=stamp.received_at,
        language=find_language(submission.language or "") or "",
        region=submission.region or "",
        subjects=submission.subjects,
        occurred_at=submission.occurred_at or "",
        came_by=submission.came_by or "",
        losses=submission.losses,
        sender=stamp.sender,
        lane=stamp.lane,
        files=describe_files(stamp.files),
        has_contact=has_contact,
    )


def _write_contact(contact: str | Contact | None) -> bytes:
    # Always an object, so that who may read it finds one shape: a bare string is "other".
    if not contact:
        return b""
    told = Contact(other=contact) if isinstance(contact, str) else contact
    given = {name: value for name, value in msgspec.structs.asdict(told).items() if value}
    return _json.encode(given) if given else b""


def _split_codes(answer: bytes) -> list[str]:
    text = answer.decode()
    return [text[at : at + CODE_CHARS] for at in range(0, len(text), CODE_CHARS)]
