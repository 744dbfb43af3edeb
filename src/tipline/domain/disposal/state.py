"""The states of a report at the desk, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum

from tipline.domain.words import gettext_noop


class ReportState(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"  # in the vault, not read yet
    ASSESSED = "assessed"  # read by machine, waits in the queue
    IN_REVIEW = "in_review"  # an officer has it
    WAITING = "waiting"  # for an answer of the reporter
    DECIDED = "decided"


STATE_NAMES: Mapping[ReportState, str] = {
    ReportState.RECEIVED: gettext_noop("received"),
    ReportState.ASSESSED: gettext_noop("in the queue"),
    ReportState.IN_REVIEW: gettext_noop("in review"),
    ReportState.WAITING: gettext_noop("waiting for the reporter"),
    ReportState.DECIDED: gettext_noop("decided"),
}

TRANSITIONS: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.RECEIVED: frozenset({ReportState.ASSESSED}),
    ReportState.ASSESSED: frozenset(
        {ReportState.ASSESSED, ReportState.IN_REVIEW, ReportState.WAITING, ReportState.DECIDED}
    ),
    ReportState.IN_REVIEW: frozenset(
        {ReportState.IN_REVIEW, ReportState.ASSESSED, ReportState.WAITING, ReportState.DECIDED}
    ),
    ReportState.WAITING: frozenset(
        {ReportState.WAITING, ReportState.ASSESSED, ReportState.IN_REVIEW, ReportState.DECIDED}
    ),
    ReportState.DECIDED: frozenset({ReportState.DECIDED}),  # a later decision overrides
}

# A reply brings a waiting report back to the queue; elsewhere it changes nothing.
AFTER_REPLY: Mapping[ReportState, ReportState] = {
    **{state: state for state in ReportState},
    ReportState.WAITING: ReportState.ASSESSED,
}
# A claim given back, run out or taken away by an assignment.
AFTER_RELEASE: Mapping[ReportState, ReportState] = {
    **{state: state for state in ReportState},
    ReportState.IN_REVIEW: ReportState.ASSESSED,
}

OPEN_STATES = tuple(state for state in ReportState if state is not ReportState.DECIDED)


class TransitionRefused(Exception):
    """A report in ``state`` does not become ``to``."""

    def __init__(self, state: ReportState, to: ReportState) -> None:
        super().__init__(f"{state.value} -> {to.value}")
        self.state = state
        self.to = to


def may_become(state: ReportState | str, to: ReportState | str) -> bool:
    """Tell whether a report in ``state`` may become ``to``."""
    return ReportState(to) in TRANSITIONS[ReportState(state)]


def check_may_become(state: ReportState | str, to: ReportState | str) -> None:
    """Refuse a transition that the table does not name.

    Raises:
        TransitionRefused: it does not.

    """
    if not may_become(state, to):
        raise TransitionRefused(ReportState(state), ReportState(to))
