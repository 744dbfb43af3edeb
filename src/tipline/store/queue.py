"""The queue of steps: leased in batches, done at least once, set aside after too many tries.

A step's effect and ``finish`` share one transaction, so the effect is in the database once
however often the step runs. A lease has a token of its own: a worker that was away for longer
than its lease cannot finish what another has taken over.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from msgspec import Struct

from tipline.domain.flow import Step
from tipline.store.bulk import insert_new_rows
from tipline.store.models import Job

_SKIP_LOCKED = {"postgresql": "FOR UPDATE SKIP LOCKED"}
# Steps that failed before, or whose worker died, run alone: one bad step stops no others.
_FRESH, _TRIED = "tries = 0", "tries > 0"


class NewJob(Struct, frozen=True, kw_only=True):
    """A step to do at ``due_at`` about ``subject``, following the event with seq ``event``."""

    step: Step
    subject: str
    event: int
    due_at: datetime


class LeasedJob(Struct, frozen=True, kw_only=True):
    """A step that this worker has; ``tries`` counts this one."""

    id: int
    step: Step
    subject: str
    event: int
    tries: int


class Lease(Struct, frozen=True):
    """Steps of one kind taken together, and the token that proves it."""

    token: str
    jobs: tuple[LeasedJob, ...]


class LeaseLost(Exception):
    """The lease ran out and another worker has the steps; undo what was done."""


def put(*, jobs: Sequence[NewJob]) -> None:
    """Queue steps in the caller's transaction; a step that is queued already stays one."""
    insert_new_rows(Job, map(_describe, jobs))


def lease(*, step: Step, size: int, now: datetime, lasts: timedelta) -> Lease:
    """Take up to ``size`` due steps of a kind until ``now + lasts``; one that failed before alone.

    A lease of no jobs tells that nothing is due.
    """
    wish = _Wish(step=step, token=secrets.token_hex(16), now=now, until=now + lasts)
    return Lease(wish.token, _take(wish, _FRESH, size) or _take(wish, _TRIED, 1))


def finish(*, taken: Lease, jobs: Sequence[LeasedJob]) -> None:
    """Strike steps off the queue, in the transaction of their effects.

    Raises:
        LeaseLost: another worker has one of them.

    """
    ids = [each.id for each in jobs]
    gone, _ = Job.objects.filter(id__in=ids, lease=taken.token).delete()
    if gone != len(ids):
        raise LeaseLost


def fail(*, taken: Lease, job: LeasedJob, error: str, now: datetime, tries_max: int) -> bool:
    """Note that a step failed; it runs again later, or is set aside: True tells so."""
    is_last = job.tries >= tries_max
    Job.objects.filter(id=job.id, lease=taken.token).update(
        lease="",
        error=error[:300],
        due_at=now + _wait(job.tries),
        set_aside_at=now if is_last else None,
    )
    return is_last


def postpone(*, taken: Lease, job: LeasedJob, to: datetime) -> None:
    """Put a step off until ``to``, untried: it was not due after all, or is a timer.

    Raises:
        LeaseLost: another worker has it.

    """
    mine = Job.objects.filter(id=job.id, lease=taken.token)
    if mine.update(lease="", due_at=to, tries=job.tries - 1) != 1:
        raise LeaseLost


def give_back(*, taken: Lease, now: datetime) -> None:
    """Give steps back untried, for the next worker to take at once."""
    mine = Job.objects.filter(lease=taken.token)
    for job in taken.jobs:
        mine.filter(id=job.id).update(lease="", due_at=now, tries=job.tries - 1)


def _wait(tries: int) -> timedelta:
    return timedelta(seconds=min(2.0 ** (tries * 2 - 1), 3_600.0))  # 2 s, 8 s, 32 s ...


def _describe(job: NewJob) -> dict[str, object]:
    return {
        "step": job.step.value,
        "subject": job.subject,
        "event": job.event,
        "due_at": job.due_at,
        "tries": 0,
        "lease": "",
        "error": "",
        "set_aside_at": None,
    }


class _Wish(Struct, frozen=True, kw_only=True):
    step: Step
    token: str
    now: datetime
    until: datetime


def _take(wish: _Wish, which: str, size: int) -> tuple[LeasedJob, ...]:
    adapt = connection.ops.adapt_datetimefield_value
    due = f"step = %s AND set_aside_at IS NULL AND {which} AND due_at <= %s"
    values = (wish.step.value, adapt(wish.now))
    look = f"SELECT 1 FROM store_job WHERE {due} LIMIT 1"  # noqa: S608 - no value of anybody's in it
    take = (
        "UPDATE store_job SET lease = %s, due_at = %s, tries = tries + 1 WHERE id IN "  # noqa: S608 - as above
        f"(SELECT id FROM store_job WHERE {due} ORDER BY due_at, id LIMIT %s "
        f"{_SKIP_LOCKED.get(connection.vendor, '')}) RETURNING id, subject, event, tries"
    )
    with connection.cursor() as cursor:
        # Looking first: an idle worker must not ask for the write lock several times a second.
        cursor.execute(look, values)
        if cursor.fetchone() is None:
            return ()
        cursor.execute(take, (wish.token, adapt(wish.until), *values, size))
        rows = sorted(cursor.fetchall())
    return tuple(
        LeasedJob(id=id_, step=wish.step, subject=subject, event=event, tries=tries)
        for id_, subject, event, tries in rows
    )
