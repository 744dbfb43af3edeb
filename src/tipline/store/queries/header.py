"""Figures for the head of every desk page; cheap enough to ask on each."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from tipline.domain.duties import Action, Actor, may_anywhere
from tipline.store.models import Event, Job
from tipline.store.queries.quarantine import count_quarantined
from tipline.store.queries.queue import (
    COUNT_LIMIT,
    Bounded,
    QueueFilter,
    Survey,
    survey_queue,
)

MINE = QueueFilter(held="mine")
NO_REPORTS = Survey(Bounded(0, is_more=False), None)


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
    reads = may_anywhere(actor, Action.READ_QUEUE)
    every = survey_queue(actor=actor, filters=QueueFilter(), now=now) if reads else NO_REPORTS
    mine = survey_queue(actor=actor, filters=MINE, now=now) if reads else NO_REPORTS
    is_keeper = may_anywhere(actor, Action.READ_QUARANTINE)
    return Header(
        open=every.count,
        mine=mine.count,
        oldest_at=every.oldest_at,
        quarantined=count_quarantined() if is_keeper else 0,
        queued_steps=_count_up_to_limit(Job.objects.filter(set_aside_at=None, due_at__lte=now)),
        events_waiting=_count_up_to_limit(Event.objects.filter(leaf_index=None)),
    )


def _count_up_to_limit(rows: QuerySet[Any]) -> Bounded:
    found = rows.values("pk").order_by()[: COUNT_LIMIT + 1].count()
    return Bounded(min(found, COUNT_LIMIT), found > COUNT_LIMIT)
