"""Take up reports, note, ask, decide. Each call is one transaction with its audit row."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.outcome import (
    DecisionRefused,
    action_for,
    check_decision,
    check_may_decide,
    check_offence,
    state_after,
)
from tipline.domain.disposal.state import AFTER_RELEASE, ReportState, check_may_become
from tipline.domain.duties import Action, Actor, may
from tipline.domain.flow import Step
from tipline.domain.words import Param
from tipline.store import queue
from tipline.store.events import write_at
from tipline.store.models import Decision, Letter, Officer, Report
from tipline.store.queries.access import Access, ReportUnknown, lock_access, lock_standing
from tipline.store.record import record

CLAIM_LASTS = timedelta(minutes=30)


class ReportHeld(Exception):
    """Another officer has claimed the report."""


class ReportFree(Exception):
    """Nobody has claimed the report, so there is nothing to give back."""


class OfficerUnfit(Exception):
    """This officer is not active, or their duties do not reach the report."""


class WordsMissing(ValueError):
    """A question or a note has no words."""


class DecisionStale(Exception):
    """Somebody else decided meanwhile: the decision to override is not the one that holds."""


class Ruling(Struct, frozen=True, kw_only=True):
    """What an officer decides.

    ``reason`` is a key of the outcome's reasons, ``params`` fill it, ``text`` is for the reporter
    in their language, ``note`` for colleagues. ``other_report`` is the earlier report of a
    duplicate. ``offence`` is what it was, in the officer's eyes; nothing where they do not say.
    ``overrides`` is the decision that holds so far; None where there is none.
    """

    outcome: str
    reason: str
    params: Mapping[str, Param] = {}
    text: str = ""
    note: str = ""
    other_report: int | None = None
    overrides: int | None = None
    offence: str = ""


@transaction.atomic
def claim_report(
    *, report: int, by: Actor, now: datetime, lasts: timedelta = CLAIM_LASTS
) -> datetime:
    """Give the report to ``by`` until the returned time; one's own claim is prolonged.

    Raises:
        ReportUnknown: there is none.
        NotAllowed: the duties of ``by`` do not reach it.
        ReportHeld: another officer's claim has not run out.
        TransitionRefused: it is not read yet, or decided.

    """
    access = lock_access(actor=by, action=Action.CLAIM_REPORT, report=report, now=now)
    _check_unheld(access, by)
    check_may_become(access.state, ReportState.IN_REVIEW)
    until = now + lasts
    body = {
        "until": write_at(until),
        "state": ReportState.IN_REVIEW.value,
        "tell": not _was_told(report, ReportState.IN_REVIEW),
    }
    event = record(kind="report.claimed", subject=f"report:{report}", by=by.id, now=now, body=body)
    timer = queue.NewJob(step=Step.RELEASE, subject=event.subject, event=event.seq, due_at=until)
    queue.put(jobs=[timer])
    return until


@transaction.atomic
def release_report(*, report: int, by: Actor, now: datetime) -> None:
    """Give a claim back; a lead may do so for others.

    Raises:
        ReportUnknown, NotAllowed: as for ``claim_report``.
        ReportFree: nobody has claimed it.

    """
    access = lock_access(actor=by, action=Action.RELEASE_REPORT, report=report, now=now)
    if access.claimed_by is None:
        raise ReportFree
    _release(access, by=by.id, now=now, why="given back")


@transaction.atomic
def assign_report(*, report: int, to: int, by: Actor, now: datetime) -> None:
    """Give the report to the officer ``to`` until it is decided; anybody's claim on it ends.

    Raises:
        ReportUnknown, NotAllowed: as for ``claim_report``.
        OfficerUnfit: ``to`` is not active, or their duties do not reach the report.

    """
    access = lock_access(actor=by, action=Action.ASSIGN_REPORT, report=report, now=now)
    _check_fit(to, access)
    body = {"to": to, "state": AFTER_RELEASE[access.state].value}
    record(kind="report.assigned", subject=f"report:{report}", by=by.id, now=now, body=body)


@transaction.atomic
def skip_report(*, report: int, by: Actor, now: datetime, reason: str = "") -> None:
    """Mark the report as not for ``by`` now; their own claim is given back.

    Raises:
        ReportUnknown, NotAllowed: as for ``claim_report``.

    """
    access = lock_access(actor=by, action=Action.READ_REPORT, report=report, now=now)
    if access.claimed_by == by.id:
        _release(access, by=by.id, now=now, why="skipped")
    body = {"reason": reason.strip()}
    record(kind="report.skipped", subject=f"report:{report}", by=by.id, now=now, body=body)


@transaction.atomic
def note_report(*, report: int, text: str, by: Actor, now: datetime) -> int:
    """Write a note for colleagues; returns its id.

    Raises:
        ReportUnknown, NotAllowed: as for ``claim_report``.
        WordsMissing: it has no words.

    """
    lock_access(actor=by, action=Action.NOTE_REPORT, report=report, now=now)
    body = {"text": _check_words(text)}
    event = record(kind="report.noted", subject=f"report:{report}", by=by.id, now=now, body=body)
    return event.seq


@transaction.atomic
def ask_reporter(*, report: int, question: str, by: Actor, now: datetime) -> str:
    """Ask the reporter something, in their language; returns the question's id.

    The report waits for the answer and comes back to whoever asked.

    Raises:
        ReportUnknown, NotAllowed, ReportHeld, TransitionRefused: as for ``claim_report``.
        WordsMissing: it has no words.

    """
    access = lock_access(actor=by, action=Action.ASK_REPORTER, report=report, now=now)
    _check_unheld(access, by)
    check_may_become(access.state, ReportState.WAITING)
    question_id = str(1 + Letter.objects.filter(report=report, type="question").count())
    body = {
        "question_id": question_id,
        "text": _check_words(question),
        "state": ReportState.WAITING.value,
        "assigned_to": access.assigned_to or by.id,
        "tell": True,
    }
    record(kind="reporter.asked", subject=f"report:{report}", by=by.id, now=now, body=body)
    return question_id


@transaction.atomic
def decide_report(*, report: int, ruling: Ruling, by: Actor, now: datetime) -> int:
    """Decide the report, or override its earlier decision; returns the decision's id.

    Raises:
        ReportUnknown, NotAllowed, ReportHeld: as for ``claim_report``.
        DecisionRefused: the state does not lead there, or words are missing.
        DecisionStale: ``ruling.overrides`` is not the decision that holds now.

    """
    access = lock_standing(report=report, now=now)
    action = action_for(ruling.outcome, access.state)
    access = lock_access(actor=by, action=action, report=report, now=now)
    _check_unheld(access, by)
    _check_ruling(ruling, access)
    body = {
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "params": dict(ruling.params),
        "text": ruling.text.strip(),
        "note": ruling.note.strip(),
        "other_report": ruling.other_report,
        "overrides": ruling.overrides,
        "offence": ruling.offence,
        "state": state_after(ruling.outcome).value,
        "tell": True,
    }
    event = record(kind="decision.made", subject=f"report:{report}", by=by.id, now=now, body=body)
    return event.seq


@transaction.atomic
def release_expired(*, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime) -> None:
    """Free the reports whose claims have run out by ``now``: the RELEASE step.

    Raises:
        LeaseLost: another worker has the steps.

    """
    for job in jobs:
        report = int(job.subject.partition(":")[2])
        access = lock_standing(report=report, now=now)
        if access.state is ReportState.IN_REVIEW and access.claimed_by is None:
            _release(access, by=None, now=now, why="ran out")
    queue.finish(taken=taken, jobs=jobs)


def _release(access: Access, *, by: int | None, now: datetime, why: str) -> None:
    body = {"state": AFTER_RELEASE[access.state].value, "why": why}
    record(kind="report.released", subject=f"report:{access.report}", by=by, now=now, body=body)


def _check_unheld(access: Access, by: Actor) -> None:
    if access.claimed_by not in {None, by.id}:
        raise ReportHeld


def _check_fit(officer: int, access: Access) -> None:
    found = Officer.objects.filter(id=officer, is_active=True).first()
    holders = access.holders | {officer}
    if found is None or not may(
        found.actor, Action.DECIDE_REPORT, region=access.region, assigned_to=holders
    ):
        raise OfficerUnfit


def _check_words(text: str) -> str:
    if not text.strip():
        raise WordsMissing
    return text.strip()


def _check_ruling(ruling: Ruling, access: Access) -> None:
    check_may_decide(access.state, ruling.outcome)
    check_decision(
        outcome=ruling.outcome,
        reason=ruling.reason,
        params=ruling.params,
        text=ruling.text,
        other_report=ruling.other_report,
    )
    check_offence(ruling.offence)
    _check_other(ruling.other_report, access.report)
    holding = Decision.objects.filter(report=access.report).order_by("-event").first()
    if ruling.overrides != (holding.event if holding else None):
        raise DecisionStale


def _check_other(other: int | None, report: int) -> None:
    if other is None:
        return
    if other == report or not Report.objects.filter(leaf_index=other).exists():
        raise DecisionRefused("other_report")


def _was_told(report: int, state: ReportState) -> bool:
    return Letter.objects.filter(report=report, type="state", state=state.value).exists()


__all__ = [
    "CLAIM_LASTS",
    "DecisionStale",
    "OfficerUnfit",
    "ReportFree",
    "ReportHeld",
    "ReportUnknown",
    "Ruling",
    "WordsMissing",
    "ask_reporter",
    "assign_report",
    "claim_report",
    "decide_report",
    "note_report",
    "release_expired",
    "release_report",
    "skip_report",
]
