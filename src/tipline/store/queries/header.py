"""Figures for the head of every desk page; cheap enough to ask on each."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from tipline.domain.duties import Action, Actor, may_anywhere
from tipline.store.models import Event, Job
from tipline.store.queries.quarantine import count_quarantined
from tipline.store.queries.queue import COUNT_LIMIT, Bounded, QueueFilter, count_queue, get_oldest

NOTHING = Bounded(0, is_more=False)


class Header(Struct, frozen=True, kw_only=True):
    """What the desk's header shows."""

    open: Bounded
    mine: Bounded
    oldest_at: datetime | None
    quarantined: int
    queued_steps: Bounded
    events_waiting: Bounded  # for the ledger


def get_header(*, actor: Actor, now: datetime) -> Header:
    """Give the figures that ``actor`` may see; what they may not is zero."""
    every, mine = QueueFilter(), QueueFilter(held="mine")
    reads = may_anywhere(actor, Action.READ_QUEUE)
    is_keeper = may_anywhere(actor, Action.READ_QUARANTINE)
    return Header(
        open=count_queue(actor=actor, filters=every, now=now) if reads else NOTHING,
        mine=count_queue(actor=actor, filters=mine, now=now) if reads else NOTHING,
        oldest_at=get_oldest(actor=actor, filters=every, now=now) if reads else None,
        quarantined=count_quarantined() if is_keeper else 0,
        queued_steps=_count_up_to_limit(Job.objects.filter(set_aside_at=None, due_at__lte=now)),
        events_waiting=_count_up_to_limit(Event.objects.filter(leaf_index=None)),
    )


def _count_up_to_limit(rows: QuerySet[Any]) -> Bounded:
    found = rows.values("pk").order_by()[: COUNT_LIMIT + 1].count()
    return Bounded(min(found, COUNT_LIMIT), found > COUNT_LIMIT)
