"""Cases: what they hold, where they stand, and where they go."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tipline.domain.case.state import HandoverState
from tipline.store.effects.casework import WORK_EFFECTS
from tipline.store.effects.each import each
from tipline.store.events import Recorded
from tipline.store.models import Case, CaseHandover, CaseReport, CaseSubject, CaseTask, Subject


def _open(event: Recorded) -> None:
    body = event.body
    Case.objects.create(
        event=event.seq,
        number=body["number"],
        title=body["title"],
        state=body["state"],
        agency_id=body["agency"],
        region=body["region"],
        offences=body["offences"],
        method=body["method"],
        gang_id=body["gang"],
        parent_id=body["parent"],
        lead_id=body["lead"],
        opened_at=event.at,
    )
    _put(event.seq, event)


def _extend(event: Recorded) -> None:
    _put(event.number, event)


def _put(case: int, event: Recorded) -> None:
    for report in event.body["reports"]:
        CaseReport.objects.create(report_id=report, case_id=case, added_at=event.at)
    for kind, value in event.body["subjects"]:
        subject, _is_new = Subject.objects.get_or_create(kind=kind, value=value)
        CaseSubject.objects.get_or_create(
            case_id=case, subject=subject, defaults={"added_at": event.at}
        )


def _reduce(event: Recorded) -> None:
    CaseReport.objects.filter(case=event.number, report__in=event.body["reports"]).delete()
    for kind, value in event.body["subjects"]:
        found = CaseSubject.objects.filter(case=event.number, subject__kind=kind)
        found.filter(subject__value=value).delete()


def _set_task(event: Recorded) -> None:
    due_on = event.body["due_on"]
    CaseTask.objects.create(
        event=event.seq,
        case_id=event.number,
        text=event.body["text"],
        due_on=date.fromisoformat(due_on) if due_on else None,
        to_id=event.body["to"],
        at=event.at,
    )


def _do_task(event: Recorded) -> None:
    CaseTask.objects.filter(event=event.body["task"]).update(
        done_at=event.at, done_by=event.author, result=event.body["text"]
    )


def _offer(event: Recorded) -> None:
    CaseHandover.objects.create(
        event=event.seq,
        case_id=event.number,
        agency_id=event.body["agency"],
        name=event.body["name"],
        state=HandoverState.OFFERED.value,
        reason=event.body["reason"],
        by_id=event.author,
        at=event.at,
    )


def _answer(event: Recorded) -> None:
    CaseHandover.objects.filter(event=event.body["handover"]).update(
        state=event.body["state"],
        answer=event.body["text"],
        answered_by=event.author,
        answered_at=event.at,
    )


def _accept(event: Recorded) -> None:
    _answer(event)
    names = {"agency_id": "agency", "region": "region", "lead_id": "lead"}
    _change(event, **{column: event.body[name] for column, name in names.items()})


def _turn(event: Recorded) -> None:
    state = event.body["state"]
    closed: datetime | None = event.at if state in {"closed", "merged"} else None
    _change(event, state=state, closed_at=closed)


def _merge(event: Recorded) -> None:
    into = event.body["into"]
    _turn(event)
    _change(event, merged_into_id=into)
    CaseReport.objects.filter(case=event.number).update(case=into)
    # What the other has already stays there; this case keeps its list as it was.
    for row in CaseSubject.objects.filter(case=event.number):
        CaseSubject.objects.get_or_create(
            case_id=into, subject_id=row.subject_id, defaults={"added_at": event.at}
        )


def _place(event: Recorded) -> None:
    _change(event, parent_id=event.body["parent"])


def _lead(event: Recorded) -> None:
    _change(event, lead_id=event.body["lead"])


def _describe(event: Recorded) -> None:
    _change(event, **{name: event.body[name] for name in ("title", "method", "offences")})


def _change(event: Recorded, **changes: Any) -> None:
    Case.objects.filter(event=event.number).update(**changes)


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    **WORK_EFFECTS,
    "case.opened": each(_open),
    "case.split": each(_open),
    "case.described": each(_describe),
    "case.extended": each(_extend),
    "case.reduced": each(_reduce),
    "case.led": each(_lead),
    "case.placed": each(_place),
    "case.offered": each(_offer),
    "case.referred": each(_offer),
    "case.accepted": each(_accept),
    "case.declined": each(_answer),
    "referral.answered": each(_answer),
    "case.suspended": each(_turn),
    "case.resumed": each(_turn),
    "case.closed": each(_turn),
    "case.merged": each(_merge),
    "task.set": each(_set_task),
    "task.done": each(_do_task),
}
