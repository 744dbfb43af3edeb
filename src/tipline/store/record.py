"""Write down what happened, in the caller's transaction.

``record`` does three things that belong together: it adds the audit row, bound to the one before;
it changes the rows that the event is about (``store/effects``); and it queues the steps that
``domain/flow.py`` names. Call it last in the transaction: from here to the commit nobody else
records.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection
from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.flow import list_steps
from tipline.store import queue
from tipline.store.bulk import insert_rows
from tipline.store.effects import EFFECTS
from tipline.store.events import FIRST, ChainBroken, Recorded, encode_body, hash_parts
from tipline.store.models import Event

_CHAIN_LOCK = 0x7469_706C_696E_6501
_LOCKS = {"postgresql": f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})"}


class NewEvent(Struct, frozen=True, kw_only=True):
    """What happened, before it has a place in the chain."""

    kind: str
    subject: str
    by: int | None = None
    body: Mapping[str, Any] = {}


class OutsideTransaction(RuntimeError):
    """An event was to be recorded apart from the change that it tells of."""


def record(
    *,
    kind: str,
    subject: str,
    by: int | None,
    now: datetime,
    body: Mapping[str, Any] | None = None,
) -> Recorded:
    """Record one event about ``subject`` ("report:17") by the officer ``by`` (None: the machine).

    Raises:
        EventUnknown: ``kind`` is not on the page ``domain/flow.py``.
        OutsideTransaction: no transaction is open.

    """
    new = NewEvent(kind=kind, subject=subject, by=by, body=body or {})
    return record_many(events=[new], now=now)[0]


def record_many(*, events: Sequence[NewEvent], now: datetime) -> list[Recorded]:
    """Record events in order, at the cost of one.

    Raises:
        EventUnknown, OutsideTransaction: as for ``record``.

    """
    if not events:
        return []
    recorded = _chain(events, now)
    _apply(recorded)
    queue.put(jobs=list_jobs(recorded))
    return recorded


def list_jobs(recorded: Iterable[Recorded]) -> list[queue.NewJob]:
    """Jobs that follow the events, due at once."""
    return [
        queue.NewJob(step=step, subject=each.subject, event=each.seq, due_at=each.at)
        for each in recorded
        for step in list_steps(each.kind)
    ]


def restore_many(*, events: Sequence[tuple[Recorded, int]]) -> None:
    """Put events back that the vault kept at these leaves, with what they mean but no steps.

    Raises:
        ChainBroken: one does not follow the one before.

    """
    seq, newest = lock_chain()
    for event, _ in events:
        if (event.seq, event.prev_hash) != (seq + 1, newest):
            raise ChainBroken(f"event {event.seq} does not follow event {seq}")
        seq, newest = event.seq, event.hash
    insert_rows(Event, (_describe(each, encode_body(each.body), leaf) for each, leaf in events))
    _apply([each for each, _ in events])


def name_next(kind: str) -> str:
    """Name the thing that the next event makes, by that event's number: "order:17".

    Raises:
        OutsideTransaction: no transaction is open.

    """
    return f"{kind}:{lock_chain()[0] + 1}"


def _apply(events: Sequence[Recorded]) -> None:
    for kind, group in groupby(events, attrgetter("kind")):
        if kind in EFFECTS:
            EFFECTS[kind](list(group))


def lock_chain() -> tuple[int, bytes]:
    """Keep others from recording until this transaction ends; gives the newest seq and hash.

    Raises:
        OutsideTransaction: no transaction is open.

    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    lock = _LOCKS.get(connection.vendor)  # SQLite: BEGIN IMMEDIATE has locked all already
    if lock:
        with connection.cursor() as cursor:
            cursor.execute(lock)
    newest = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return (newest[0], bytes(newest[1])) if newest else (0, FIRST)


def _chain(events: Sequence[NewEvent], now: datetime) -> list[Recorded]:
    for each in events:
        list_steps(each.kind)
    seq, previous = lock_chain()
    recorded, rows = [], []
    for each in events:
        seq += 1
        body = encode_body(each.body)
        draft = Recorded(
            seq=seq,
            at=now,
            by=each.by,
            kind=each.kind,
            subject=each.subject,
            body=each.body,
            prev_hash=previous,
            hash=b"",
        )
        previous = hash_parts(draft, body)
        event = replace(draft, hash=previous)
        recorded.append(event)
        rows.append(_describe(event, body, None))
    insert_rows(Event, rows)
    return recorded


def _describe(event: Recorded, body: bytes, leaf_index: int | None) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at,
        "by": event.by,
        "kind": event.kind,
        "subject": event.subject,
        "body": body.decode(),
        "prev_hash": event.prev_hash,
        "hash": event.hash,
        "leaf_index": leaf_index,
    }
