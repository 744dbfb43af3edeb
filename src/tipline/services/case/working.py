"""Work a case: reports and subjects, notes and tasks, who leads it. One transaction a call."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tipline.domain.case.state import check_at_work
from tipline.domain.duties import Action, Actor
from tipline.domain.triage.offences import OFFENCES
from tipline.services.case.opening import CaseRefused, check_lead, check_subjects
from tipline.store.models import CaseReport, CaseSubject, CaseTask
from tipline.store.queries.case_access import (
    CaseAccess,
    ReportsUnfit,
    check_reports,
    list_family,
    lock_case,
)
from tipline.store.record import record

Subjects = Sequence[tuple[str, str]]


@transaction.atomic
def extend_case(
    *, case: int, reports: Sequence[int] = (), subjects: Subjects = (), by: Actor, now: datetime
) -> None:
    """Put reports and subjects into the case; those that are in it already stay.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        CaseStateRefused: it is over.
        CaseRefused: nothing new was named, or something that is no subject.
        ReportsUnfit: names reports that it cannot take.

    """
    _start(case, by)
    check_subjects(subjects)
    check_reports(actor=by, reports=reports, apart_from=case)
    held = set(CaseReport.objects.filter(case=case).values_list("report_id", flat=True))
    rows = CaseSubject.objects.filter(case=case)
    known = set(rows.values_list("subject__kind", "subject__value"))
    body = {
        "reports": sorted(set(reports) - held),
        "subjects": [list(each) for each in sorted(set(subjects) - known)],
    }
    if not any(body.values()):
        raise CaseRefused("empty")
    record(kind="case.extended", subject=f"case:{case}", by=by.id, now=now, body=body)


@transaction.atomic
def reduce_case(
    *, case: int, reports: Sequence[int] = (), subjects: Subjects = (), by: Actor, now: datetime
) -> None:
    """Take reports and subjects out of the case; the reports are free for another.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: nothing was named, or a subject that it does not hold.
        ReportsUnfit: names reports that it does not hold.

    """
    _start(case, by)
    held = CaseReport.objects.filter(case=case, report__in=reports)
    strange = set(reports) - set(held.values_list("report_id", flat=True))
    if strange:
        raise ReportsUnfit(strange)
    rows = CaseSubject.objects.filter(case=case)
    if not set(subjects) <= set(rows.values_list("subject__kind", "subject__value")):
        raise CaseRefused("subject")
    body = {"reports": sorted(set(reports)), "subjects": [list(each) for each in subjects]}
    if not any(body.values()):
        raise CaseRefused("empty")
    record(kind="case.reduced", subject=f"case:{case}", by=by.id, now=now, body=body)


@transaction.atomic
def describe_case(
    *, case: int, title: str, method: str, offences: Sequence[str], by: Actor, now: datetime
) -> None:
    """Write anew what the case is called, how they went about it, and which offences it is.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: there is no title, or an offence that is not in the table.

    """
    _start(case, by)
    if not title.strip() or len(title) > 200:
        raise CaseRefused("title")
    if not set(offences) <= set(OFFENCES):
        raise CaseRefused("offence")
    body = {"title": title.strip(), "method": method.strip(), "offences": list(offences)}
    record(kind="case.described", subject=f"case:{case}", by=by.id, now=now, body=body)


@transaction.atomic
def note_case(*, case: int, text: str, by: Actor, now: datetime) -> int:
    """Write a note for colleagues; returns its id.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: it has no words.

    """
    _start(case, by)
    body = {"text": _check_words(text)}
    return record(kind="case.noted", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def set_task(
    *, case: int, text: str, due_on: date | None, to: int | None, by: Actor, now: datetime
) -> int:
    """Set a task in the case; returns its id.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: it has no words, or this officer cannot be given it.

    """
    access = _start(case, by)
    check_lead(to, access.region)
    body = {
        "text": _check_words(text),
        "due_on": due_on.isoformat() if due_on else None,
        "to": to,
    }
    return record(kind="task.set", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def do_task(*, case: int, task: int, text: str, by: Actor, now: datetime) -> None:
    """Say that a task is done, and with what result.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: the case has no such task, or it is done.

    """
    _start(case, by)
    waiting = CaseTask.objects.filter(event=task, case__in=list_family(case), done_at=None)
    if not waiting.exists():
        raise CaseRefused("task")
    body = {"task": task, "text": text.strip()}
    record(kind="task.done", subject=f"case:{case}", by=by.id, now=now, body=body)


@transaction.atomic
def lead_case(*, case: int, lead: int | None, by: Actor, now: datetime) -> None:
    """Name the officer who leads the case, or nobody.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``extend_case``.
        CaseRefused: this officer cannot.

    """
    access = lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    check_at_work(access.state)
    check_lead(lead, access.region)
    record(kind="case.led", subject=f"case:{case}", by=by.id, now=now, body={"lead": lead})


def _start(case: int, by: Actor) -> CaseAccess:
    access = lock_case(actor=by, action=Action.WORK_CASE, case=case)
    check_at_work(access.state)
    return access


def _check_words(text: str) -> str:
    if not text.strip():
        raise CaseRefused("words")
    return text.strip()
