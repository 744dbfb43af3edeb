"""One report as the table of duties sees it, and whether an actor may do something to it.

Every service and page that touches a report comes through here: scope is checked on the row that
was loaded, never on what an address or a form said.
"""

from datetime import datetime
from typing import TypedDict

from django.db.models import QuerySet
from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.domain.duties import Action, Actor, check_may, may
from tipline.store.models import Handling


class ReportUnknown(LookupError):
    """There is no such report, or the actor may not know of it."""


class _Standing(TypedDict):
    region: str
    assigned_to: frozenset[int]
    is_decided: bool


class Access(Struct, frozen=True, kw_only=True):
    """Where a report stands at some moment; a claim that has run out is no claim."""

    report: int
    state: ReportState
    region: str
    agency: str
    outcome: str
    claimed_by: int | None
    claimed_until: datetime | None
    assigned_to: int | None

    @property
    def is_decided(self) -> bool:
        """Whether a person's decision holds."""
        return self.state is ReportState.DECIDED

    @property
    def holders(self) -> frozenset[int]:
        """Officers who have it, claimed or assigned."""
        return frozenset({self.claimed_by, self.assigned_to} - {None})  # type: ignore[arg-type]  # None is taken out


def check_access(
    *, actor: Actor, action: Action, report: int, now: datetime, reason: str = ""
) -> Access:
    """Give the report's standing if ``actor`` may do ``action`` to it.

    Raises:
        ReportUnknown: there is none, or the actor may not read it either.
        NotAllowed: with ``why``.

    """
    return _check(Handling.objects.all(), actor, action, report, now, reason)


def lock_access(
    *, actor: Actor, action: Action, report: int, now: datetime, reason: str = ""
) -> Access:
    """Like ``check_access``, and nobody else changes the report until the transaction ends."""
    return _check(Handling.objects.select_for_update(), actor, action, report, now, reason)


def lock_standing(*, report: int, now: datetime) -> Access:
    """Give and lock a report's standing for the machine, which asks nobody's leave.

    Raises:
        ReportUnknown: there is none.

    """
    return _load(Handling.objects.select_for_update(), report, now)


def _check(  # noqa: PLR0917 - two callers, just above
    rows: QuerySet[Handling], actor: Actor, action: Action, report: int, now: datetime, reason: str
) -> Access:
    access = _load(rows, report, now)
    standing: _Standing = {
        "region": access.region,
        "assigned_to": access.holders,
        "is_decided": access.is_decided,
    }
    if not may(actor, Action.READ_REPORT, **standing):
        raise ReportUnknown
    check_may(actor, action, **standing, reason=reason)
    return access


def _load(rows: QuerySet[Handling], report: int, now: datetime) -> Access:
    row = rows.filter(report_id=report).first()
    if row is None:
        raise ReportUnknown
    is_claimed = row.claimed_until is not None and row.claimed_until > now
    return Access(
        report=report,
        state=ReportState(row.state),
        region=row.region,
        agency=row.agency_id or "",
        outcome=row.outcome,
        claimed_by=row.claimed_by_id if is_claimed else None,
        claimed_until=row.claimed_until if is_claimed else None,
        assigned_to=row.assigned_to_id,
    )
