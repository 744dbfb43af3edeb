"""What the table of duties needs to know of a thing, taken from the thing as it was loaded."""

from typing import Any, TypedDict

from tipline.domain.disposal.outcome import OUTCOMES, action_for
from tipline.domain.disposal.state import ReportState
from tipline.domain.duties import Action, Actor, check_may, may


class Told(TypedDict):
    """Region, holders and state of a report, as ``duties`` asks for them."""

    region: str
    assigned_to: frozenset[int]
    is_decided: bool


def tell_of(report: Any) -> Told:
    """Describe a report from its row in the queue or from its page."""
    holders = frozenset({report.claimed_by, report.assigned_to} - {None})
    decided = report.state is ReportState.DECIDED
    return Told(region=report.region, assigned_to=holders, is_decided=decided)


def may_decide(actor: Actor, report: Any) -> bool:
    """Tell whether some outcome is open to ``actor``."""
    return any(may(actor, action_for(each, report.state), **tell_of(report)) for each in OUTCOMES)


def may_do(actor: Actor, action: str, report: Any) -> bool:
    """Tell whether ``actor`` may do ``action`` to the report."""
    return may(actor, Action(action), **tell_of(report))


def check_may_do(actor: Actor, action: Action, report: Any, *, reason: str = "") -> None:
    """Refuse unless ``actor`` may do ``action`` to the report.

    Raises:
        NotAllowed: the table says no.

    """
    check_may(actor, action, reason=reason, **tell_of(report))
