"""Set aside what keeps failing, and let an administrator try it again or let it be."""

from datetime import datetime

from django.db import transaction

from tipline.domain.duties import Action, Actor, check_may
from tipline.store import queue
from tipline.store.models import Job, Unreadable
from tipline.store.record import record


class SetAsideUnknown(LookupError):
    """Nothing of this id was set aside."""


@transaction.atomic
def fail_step(
    *, taken: queue.Lease, job: queue.LeasedJob, error: str, now: datetime, tries_max: int
) -> bool:
    """Note that a step failed; after ``tries_max`` tries it is set aside, which True tells.

    ``error`` names the kind of failure; it must hold nothing of a report.
    """
    is_set_aside = queue.fail(taken=taken, job=job, error=error, now=now, tries_max=tries_max)
    if is_set_aside:
        body = {"step": job.step.value, "event": job.event, "error": error[:300]}
        record(kind="step.quarantined", subject=job.subject, by=None, now=now, body=body)
    return is_set_aside


@transaction.atomic
def retry_step(*, job: int, by: Actor, now: datetime) -> None:
    """Let a step that was set aside run again.

    Raises:
        NotAllowed: ``by`` may not.
        SetAsideUnknown: no such step was set aside.

    """
    row = _lock_step(job, by)
    row.set_aside_at, row.tries, row.due_at, row.lease = None, 0, now, ""
    row.save()
    body = {"step": row.step, "event": row.event}
    record(kind="step.retried", subject=row.subject, by=by.id, now=now, body=body)


@transaction.atomic
def dismiss_step(*, job: int, by: Actor, now: datetime, reason: str) -> None:
    """Strike a step that was set aside off the queue for good.

    Raises:
        NotAllowed, SetAsideUnknown: as for ``retry_step``.

    """
    row = _lock_step(job, by)
    body = {"step": row.step, "event": row.event, "reason": reason.strip()}
    row.delete()
    record(kind="step.dismissed", subject=row.subject, by=by.id, now=now, body=body)


@transaction.atomic
def dismiss_record(*, leaf_index: int, by: Actor, now: datetime, reason: str) -> None:
    """Stop showing a record that could not be opened; it stays in the vault.

    Raises:
        NotAllowed, SetAsideUnknown: as for ``retry_step``.

    """
    check_may(by, Action.RETRY_STEP)
    if not Unreadable.objects.filter(leaf_index=leaf_index, dismissed_at=None).exists():
        raise SetAsideUnknown
    body = {"reason": reason.strip()}
    record(kind="record.dismissed", subject=f"record:{leaf_index}", by=by.id, now=now, body=body)


def _lock_step(job: int, by: Actor) -> Job:
    check_may(by, Action.RETRY_STEP)
    row = Job.objects.select_for_update().filter(id=job, set_aside_at__isnull=False).first()
    if row is None:
        raise SetAsideUnknown
    return row
