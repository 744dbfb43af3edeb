"""The states of a case, of a transfer and of a referral, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum

from tipline.domain.words import gettext_noop


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    SUSPENDED = "suspended"  # nothing can be done for now
    CLOSED = "closed"
    MERGED = "merged"  # goes on in another case, which shows all that this one holds


CASE_STATES: Mapping[CaseState, str] = {
    CaseState.OPEN: gettext_noop("open case"),
    CaseState.SUSPENDED: gettext_noop("suspended"),
    CaseState.CLOSED: gettext_noop("closed"),
    CaseState.MERGED: gettext_noop("merged into another"),
}

CASE_TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.SUSPENDED, CaseState.CLOSED, CaseState.MERGED}),
    CaseState.SUSPENDED: frozenset({CaseState.OPEN, CaseState.CLOSED, CaseState.MERGED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),  # taken up again
    CaseState.MERGED: frozenset(),
}
# Case in which work goes on; what became of it may be stated in every state.
AT_WORK = frozenset({CaseState.OPEN, CaseState.SUSPENDED})


class HandoverState(StrEnum):
    """Where a transfer to another agency, or a referral out, stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


HANDOVER_STATES: Mapping[HandoverState, str] = {
    HandoverState.OFFERED: gettext_noop("waits for their answer"),
    HandoverState.ACCEPTED: gettext_noop("taken over"),
    HandoverState.REFUSED: gettext_noop("refused"),
}


class CaseStateRefused(Exception):
    """A case in ``state`` does not become ``to``, or is not worked on any more (``to`` None)."""

    def __init__(self, state: CaseState, to: CaseState | None = None) -> None:
        super().__init__(f"{state.value} -> {to.value if to else 'work'}")
        self.state, self.to = state, to


def check_case_may_become(state: CaseState, to: CaseState) -> None:
    """Refuse a transition that the table does not name.

    Raises:
        CaseStateRefused: it does not.

    """
    if to not in CASE_TRANSITIONS[state]:
        raise CaseStateRefused(state, to)


def check_at_work(state: CaseState) -> None:
    """Refuse work on a case that is closed or merged.

    Raises:
        CaseStateRefused: it is.

    """
    if state not in AT_WORK:
        raise CaseStateRefused(state)
