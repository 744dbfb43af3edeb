"""Decide about subjects, have it confirmed, carried out and undone; each call is one event."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.disposal.measures import (
    ActionState,
    Measure,
    MeasureRefused,
    Statement,
    Step as Move,
    SubjectKind,
    Verdict,
    check_reason,
    check_second,
    check_step,
    check_verdict,
    first_state,
    write_statement,
)
from tipline.domain.duties import Action, Actor, Role, check_may
from tipline.store import queue
from tipline.store.events import read_number, write_at
from tipline.store.models import (
    Case,
    CaseReport,
    Finding,
    Inspection,
    Report,
    SubjectAction,
    SubjectDecision,
)
from tipline.store.queries.access import check_access
from tipline.store.queries.standing import RulingUnknown, find_ruling, reach_evidence
from tipline.store.record import name_next, record

_CITABLE = {"finding": Finding, "inspection": Inspection, "report": Report}


class Preview(Struct, frozen=True, kw_only=True):
    """What a decision will do, before it is made."""

    statement: Statement
    state: ActionState  # in which its actions begin
    region: str
    overridden: tuple[tuple[str, str], ...]  # subjects whose earlier actions end


@transaction.atomic
def preview_decision(
    *, verdict: Verdict, case: str, overrides: int | None, by: Actor, now: datetime
) -> Preview:
    """Tell what ``decide_subjects`` with the same arguments would do; nothing is kept.

    Raises:
        MeasureRefused, NotAllowed, RulingUnknown: as for ``decide_subjects``.

    """
    settled = _settle(verdict)
    _, region = _check(settled, case, by=by, now=now)
    _check_overridden(overrides, by)
    earlier = SubjectAction.objects.filter(decision=overrides).exclude(
        state=ActionState.REVERSED.value
    )
    return Preview(
        statement=write_statement(settled, decided_at=now),
        state=first_state(settled.measure),
        region=region,
        overridden=tuple(earlier.values_list("subject__kind", "subject__value")),
    )


@transaction.atomic
def decide_subjects(
    *, verdict: Verdict, case: str = "", overrides: int | None = None, by: Actor, now: datetime
) -> int:
    """Decide about one or many subjects; returns the decision's id.

    ``case`` is the number of the case that it belongs to, or nothing; ``overrides`` an earlier
    decision that holds no more, whose actions end.

    Raises:
        MeasureRefused: it says too little, or its evidence is not there.
        NotAllowed: the duties of ``by`` do not reach the case or the cited reports.
        RulingUnknown: there is no such decision to override.

    """
    settled = _settle(verdict)
    found, region = _check(settled, case, by=by, now=now)
    _check_overridden(overrides, by)
    body = {
        "measure": settled.measure.value,
        "subjects": [[kind.value, value] for kind, value in settled.subjects],
        "offences": list(settled.offences),
        "evidence": list(settled.evidence),
        "facts": settled.facts.strip(),
        "provision": settled.provision.strip(),
        "automation": settled.automation,
        "expires_at": write_at(settled.expires_at) if settled.expires_at else "",
        "case": found.event if found else None,
        "agency": by.agency,
        "region": region,
        "role": by.role.value,
        "state": first_state(settled.measure).value,
        "overrides": overrides,
    }
    subject = name_next("ruling")
    return record(kind="subject.decided", subject=subject, by=by.id, now=now, body=body).seq


@transaction.atomic
def confirm_decision(*, ruling: int, by: Actor, now: datetime) -> None:
    """Agree to a decision as its second person: its actions wait no more.

    Raises:
        RulingUnknown, NotAllowed: the duties of ``by`` do not reach it.
        MeasureRefused: ``by`` made it or has the same role, or nothing waits.

    """
    _check_as_second(ruling, by, Move.CONFIRM)
    record(kind="action.confirmed", subject=f"ruling:{ruling}", by=by.id, now=now)


@transaction.atomic
def refuse_decision(*, ruling: int, reason: str, by: Actor, now: datetime) -> None:
    """Disagree with a decision as its second person: its actions end before they began.

    Raises:
        RulingUnknown, NotAllowed, MeasureRefused: as for ``confirm_decision``.

    """
    _check_as_second(ruling, by, Move.REFUSE)
    body = {"reason": check_reason(reason)}
    record(kind="action.refused", subject=f"ruling:{ruling}", by=by.id, now=now, body=body)


@transaction.atomic
def perform_actions(*, ruling: int, actions: Sequence[int], by: Actor, now: datetime) -> None:
    """Say that actions of a decision were carried out.

    Raises:
        RulingUnknown, NotAllowed: the duties of ``by`` do not reach it.
        MeasureRefused: one is not pending, or there is none.

    """
    find_ruling(actor=by, action=Action.PERFORM_ACTION, ruling=ruling)
    body = {"actions": _check_actions(ruling, actions, Move.PERFORM)}
    record(kind="action.done", subject=f"ruling:{ruling}", by=by.id, now=now, body=body)


@transaction.atomic
def reverse_actions(
    *, ruling: int, actions: Sequence[int], reason: str, by: Actor, now: datetime
) -> None:
    """Undo actions of a decision, held, pending or done.

    Raises:
        RulingUnknown, NotAllowed: the duties of ``by`` do not reach it.
        MeasureRefused: one is reversed already, there is none, or no reason is given.

    """
    find_ruling(actor=by, action=Action.REVERSE_ACTION, ruling=ruling)
    body = {
        "actions": _check_actions(ruling, actions, Move.REVERSE),
        "reason": check_reason(reason),
    }
    record(kind="action.reversed", subject=f"ruling:{ruling}", by=by.id, now=now, body=body)


@transaction.atomic
def expire_decisions(*, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime) -> None:
    """End measures whose time is over by ``now``, and wait for the others: the EXPIRE step.

    Raises:
        LeaseLost: another worker has the steps.

    """
    over = []
    for job in jobs:
        ruling = SubjectDecision.objects.get(event=read_number(job.subject))
        if ruling.expires_at is not None and ruling.expires_at > now:
            queue.postpone(taken=taken, job=job, to=ruling.expires_at)
            continue
        over.append(job)
        open_ones = ruling.actions.exclude(state=ActionState.REVERSED.value)
        if ruling.expires_at is not None and open_ones.exists():
            record(kind="action.expired", subject=job.subject, by=None, now=now)
    queue.finish(taken=taken, jobs=over)


def _settle(verdict: Verdict) -> Verdict:
    # The same thing named twice is one subject.
    return replace(
        verdict,
        subjects=tuple(dict.fromkeys(verdict.subjects)),
        offences=tuple(dict.fromkeys(verdict.offences)),
        evidence=tuple(dict.fromkeys(verdict.evidence)),
    )


def _check(verdict: Verdict, case: str, *, by: Actor, now: datetime) -> tuple[Case | None, str]:
    check_verdict(verdict, now=now)
    found = Case.objects.filter(number=case).first() if case else None
    if case and found is None:
        raise MeasureRefused("case")
    numbers = _check_evidence(verdict.evidence)
    reports = sorted(numbers["report"])
    for report in reports:
        if found is None or not CaseReport.objects.filter(case=found, report=report).exists():
            check_access(actor=by, action=Action.READ_REPORT, report=report, now=now)
    looks = Q(event__in=numbers["inspection"]) | Q(findings__in=numbers["finding"])
    askers = frozenset(Inspection.objects.filter(looks).values_list("asked_by", flat=True))
    reach = reach_evidence(case=found, reports=reports, askers=askers, by=by)
    check_may(by, Action.DECIDE_SUBJECT, **reach)
    return found, reach["region"]


def _check_evidence(evidence: Sequence[str]) -> dict[str, set[int]]:
    """Refuse what is not there; gives the numbers by kind."""
    numbers: dict[str, set[int]] = {kind: set() for kind in _CITABLE}
    for each in evidence:
        kind, _, number = each.partition(":")
        if kind not in _CITABLE or not number.isdecimal():
            raise MeasureRefused("evidence")
        numbers[kind].add(int(number))
    for kind, wanted in numbers.items():
        if _CITABLE[kind]._default_manager.filter(pk__in=wanted).count() != len(wanted):  # noqa: SLF001 - Django's own name
            raise MeasureRefused("evidence")
    return numbers


def _check_overridden(ruling: int | None, by: Actor) -> None:
    if ruling is None:
        return
    found = find_ruling(actor=by, action=Action.READ_SUBJECTS, ruling=ruling)
    if SubjectDecision.objects.filter(overrides=found).exists():
        raise MeasureRefused("stale")


def _check_as_second(ruling: int, by: Actor, move: Move) -> None:
    found = find_ruling(actor=by, action=Action.CONFIRM_ACTION, ruling=ruling)
    held = SubjectAction.objects.select_for_update().filter(
        decision=found, state=ActionState.HELD.value
    )
    if not held.exists():
        raise MeasureRefused("state")
    check_step(ActionState.HELD, move)
    check_second(first=(found.by_id, Role(found.role)), second=(by.id, by.role))


def _check_actions(ruling: int, actions: Sequence[int], move: Move) -> list[int]:
    rows = SubjectAction.objects.select_for_update().filter(decision=ruling, id__in=actions)
    found = {row.pk: ActionState(row.state) for row in rows}
    if not found or set(found) != set(actions):
        raise MeasureRefused("subjects")
    for state in found.values():
        check_step(state, move)
    return sorted(found)


__all__ = [
    "Measure",
    "MeasureRefused",
    "Preview",
    "RulingUnknown",
    "SubjectKind",
    "Verdict",
    "confirm_decision",
    "decide_subjects",
    "expire_decisions",
    "perform_actions",
    "preview_decision",
    "refuse_decision",
    "reverse_actions",
]
