"""Take up reports, ask, note, decide. Each call is one transaction with its audit row."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tipline.domain.duties import Actor
from tipline.vault import OpeningKey

CLAIM_LASTS = timedelta(minutes=30)


class ReportUnknown(LookupError):
    """There is no such report, or the actor may not know of it."""


class ReportHeld(Exception):
    """Another officer has claimed the report."""


def claim_report(
    *, report: int, by: Actor, now: datetime, lasts: timedelta = CLAIM_LASTS
) -> datetime:
    """Give the report to ``by`` until the returned time; one's own claim is prolonged.

    Raises:
        ReportUnknown, NotAllowed, TransitionRefused
        ReportHeld: another officer's claim has not run out.

    """
    raise NotImplementedError


def release_report(*, report: int, by: Actor, now: datetime) -> None:
    """Give a claim back.

    Raises:
        ReportUnknown, NotAllowed
        ReportHeld: the claim is another's and ``by`` leads no region that holds the report.

    """
    raise NotImplementedError


def assign_report(*, report: int, to: int, by: Actor, now: datetime) -> None:
    """Give the report to the officer ``to`` for good.

    Raises:
        ReportUnknown, NotAllowed, OfficerUnfit

    """
    raise NotImplementedError


def skip_report(*, report: int, by: Actor, now: datetime, reason: str = "") -> None:
    """Mark the report as not for ``by`` now; a claim of theirs is given back."""
    raise NotImplementedError


def note_report(*, report: int, text: str, by: Actor, now: datetime) -> int:
    """Write a note for colleagues; returns its id."""
    raise NotImplementedError


def ask_reporter(*, report: int, question: str, by: Actor, now: datetime) -> str:
    """Ask the reporter something, in their language; returns the question's id."""
    raise NotImplementedError


def decide_report(
    *,
    report: int,
    ruling: "Ruling",
    by: Actor,
    now: datetime,
) -> int:
    """Decide the report, or override its earlier decision; returns the decision's id.

    Raises:
        ReportUnknown, NotAllowed, DecisionRefused, ReportHeld
        DecisionStale: ``ruling.overrides`` is not the decision that holds now, so somebody
            else decided meanwhile.

    """
    raise NotImplementedError


def reveal_contact(
    *, report: int, reason: str, by: Actor, now: datetime, identity_key: OpeningKey
) -> Any:
    """Open the reporter's contact for a written reason, which is kept in the audit."""
    raise NotImplementedError


class Ruling:
    """outcome, reason, params, text, note, other_report, overrides: see below in a minute."""

    params: Mapping[str, Any]
