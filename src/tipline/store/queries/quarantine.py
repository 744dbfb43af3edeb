"""What was set aside for a person: steps that kept failing, records that would not open."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Action, Actor, check_may
from tipline.store.models import Job, Unreadable

COUNT_LIMIT = 1_000


class SetAside(Struct, frozen=True, kw_only=True):
    """A step that failed too often (``what`` is "step") or a record that could not be read.

    ``id`` is the job's id or the record's leaf index; ``error`` names the kind of failure and
    never holds a reporter's words.
    """

    what: str
    id: int
    step: str
    subject: str
    tries: int
    error: str
    at: datetime


def list_quarantined(*, actor: Actor, size: int = 200) -> tuple[SetAside, ...]:
    """Give what was set aside, newest first.

    Raises:
        NotAllowed: the actor's role does not read the quarantine.

    """
    check_may(actor, Action.READ_QUARANTINE)
    jobs = Job.objects.filter(set_aside_at__isnull=False).order_by("-set_aside_at")[:size]
    records = Unreadable.objects.filter(dismissed_at=None).order_by("-found_at")[:size]
    every = [*map(_read_job, jobs), *map(_read_record, records)]
    return tuple(sorted(every, key=lambda each: each.at, reverse=True)[:size])


def count_quarantined() -> int:
    """Count what was set aside, for the page's header (at most 1,000)."""
    jobs = Job.objects.filter(set_aside_at__isnull=False).values("id")
    records = Unreadable.objects.filter(dismissed_at=None).values("leaf_index")
    return min(jobs[:COUNT_LIMIT].count() + records[:COUNT_LIMIT].count(), COUNT_LIMIT)


def _read_job(row: Job) -> SetAside:
    return SetAside(
        what="step",
        id=row.pk,
        step=row.step,
        subject=row.subject,
        tries=row.tries,
        error=row.error,
        at=row.set_aside_at or row.due_at,
    )


def _read_record(row: Unreadable) -> SetAside:
    return SetAside(
        what="record",
        id=row.leaf_index,
        step="collect",
        subject=f"record:{row.leaf_index}",
        tries=1,
        error=f"{row.kind}: {row.reason}",
        at=row.found_at,
    )
