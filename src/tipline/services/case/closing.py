"""Suspend a case, take it up again, close it with an outcome for each report in it."""

from datetime import datetime

from django.db import transaction
from msgspec import Struct

from tipline.domain.case.state import CaseState, check_case_may_become
from tipline.domain.disposal.outcome import (
    DecisionRefused,
    Outcome,
    action_for,
    check_decision,
    check_may_decide,
    state_after,
)
from tipline.domain.disposal.state import ReportState
from tipline.domain.duties import Action, Actor, may
from tipline.domain.words import Param
from tipline.services.case.opening import CaseRefused
from tipline.store.models import CaseReport, Decision, Handling
from tipline.store.queries.case_access import ReportsUnfit, lock_case
from tipline.store.record import NewEvent, record, record_many

# Outcomes that settle many reports at once; a duplicate and a question are about one.
CLOSING = (
    Outcome.ACTIONED,
    Outcome.ALREADY_DOWN,
    Outcome.NO_VIOLATION,
    Outcome.REFERRED,
    Outcome.OUT_OF_SCOPE,
)


class Verdict(Struct, frozen=True, kw_only=True):
    """The outcome of every report of the case that is not decided yet, and its reason."""

    outcome: str
    reason: str
    params: dict[str, Param] = {}
    text: str = ""


@transaction.atomic
def suspend_case(*, case: int, reason: str, by: Actor, now: datetime) -> None:
    """Let the case rest, for a reason.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        CaseStateRefused: the state does not lead there.
        CaseRefused: no reason is written.

    """
    _turn("case.suspended", case, CaseState.SUSPENDED, reason, by, now)


@transaction.atomic
def resume_case(*, case: int, reason: str, by: Actor, now: datetime) -> None:
    """Take a case up again that rested or was closed; the outcomes of its reports stay.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused, CaseRefused: as for ``suspend_case``.

    """
    _turn("case.resumed", case, CaseState.OPEN, reason, by, now)


@transaction.atomic
def close_case(
    *, case: int, summary: str, verdict: Verdict | None = None, by: Actor, now: datetime
) -> int:
    """Close the case, and decide by ``verdict`` the reports that are open; gives how many these were.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``suspend_case``.
        CaseRefused: there is no summary, or no verdict where reports are open.
        DecisionRefused: the verdict lacks words.
        ReportsUnfit: names reports that ``by`` may not decide, or that somebody has in hand.

    """
    access = lock_case(actor=by, action=Action.CLOSE_CASE, case=case)
    check_case_may_become(access.state, CaseState.CLOSED)
    if not summary.strip():
        raise CaseRefused("summary")
    decisions = _decide(case, verdict, by, now)
    body = {
        "state": CaseState.CLOSED.value,
        "reason": summary.strip(),
        "decided": [int(each.subject.partition(":")[2]) for each in decisions],
    }
    closed = NewEvent(kind="case.closed", subject=f"case:{case}", by=by.id, body=body)
    record_many(events=[*decisions, closed], now=now)
    return len(decisions)


def _decide(  # noqa: PLR0917 - one caller, just above
    case: int, verdict: Verdict | None, by: Actor, now: datetime
) -> list[NewEvent]:
    places = CaseReport.objects.filter(case=case).values("report_id")
    rows = Handling.objects.select_for_update().filter(report__in=places)
    still_open = [row for row in rows.order_by("report") if row.state != ReportState.DECIDED.value]
    if not still_open:
        return []
    if verdict is None:
        raise CaseRefused("outcome")
    _check_verdict(verdict)
    unfit = [row.report_id for row in still_open if not _may_decide(row, verdict, by, now)]
    if unfit:
        raise ReportsUnfit(unfit)
    held = _find_last([row.report_id for row in still_open])
    return [_write_decision(row.report_id, verdict, by=by, held=held) for row in still_open]


def _check_verdict(verdict: Verdict) -> None:
    if verdict.outcome not in CLOSING:
        raise DecisionRefused("outcome")
    check_decision(
        outcome=verdict.outcome,
        reason=verdict.reason,
        params=verdict.params,
        text=verdict.text,
        other_report=None,
    )


def _may_decide(  # noqa: PLR0917 - one caller, just above
    row: Handling, verdict: Verdict, by: Actor, now: datetime
) -> bool:
    state = ReportState(row.state)
    if row.claimed_by_id not in {None, by.id} and row.claimed_until and row.claimed_until > now:
        return False
    try:
        check_may_decide(state, verdict.outcome)
    except DecisionRefused:
        return False
    return may(by, action_for(verdict.outcome, state), region=row.region)


def _find_last(reports: list[int]) -> dict[int, int]:
    rows = Decision.objects.filter(report__in=reports).order_by("event")
    return dict(rows.values_list("report_id", "event"))


def _write_decision(report: int, verdict: Verdict, *, by: Actor, held: dict[int, int]) -> NewEvent:
    body = {
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "params": dict(verdict.params),
        "text": verdict.text.strip(),
        "note": "",
        "other_report": None,
        "overrides": held.get(report),
        "offence": "",
        "state": state_after(verdict.outcome).value,
        "tell": True,
    }
    return NewEvent(kind="decision.made", subject=f"report:{report}", by=by.id, body=body)


def _turn(  # noqa: PLR0917 - two callers, just above
    kind: str, case: int, to: CaseState, reason: str, by: Actor, now: datetime
) -> None:
    access = lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    check_case_may_become(access.state, to)
    if not reason.strip():
        raise CaseRefused("reason")
    body = {"state": to.value, "reason": reason.strip()}
    record(kind=kind, subject=f"case:{case}", by=by.id, now=now, body=body)
