"""The states of a rectification order as one table, and who must agree to it.

Every event of an order is a row of ``_ROWS``: from which states it may come, and where it leads.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from tipline.domain.duties import Role
from tipline.domain.words import gettext_noop

EMERGENCY_LASTS = timedelta(hours=72)
DEADLINE_MAX = timedelta(days=365)


class OrderState(StrEnum):
    """Where an order stands."""

    DRAFTED = "drafted"
    APPROVED = "approved"  # by two persons of different roles
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    DUE = "due"  # the deadline has gone by
    INSPECTED = "inspected"  # looked at again; a person says what that means
    COMPLIED = "complied"
    PARTLY = "partly"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # an emergency order that nobody ratified in time
    REAPPEARED = "reappeared"
    REOPENED = "reopened"


ORDER_STATE_NAMES: Mapping[OrderState, str] = {
    OrderState.DRAFTED: gettext_noop("draft"),
    OrderState.APPROVED: gettext_noop("approved"),
    OrderState.ISSUED: gettext_noop("issued"),
    OrderState.ACKNOWLEDGED: gettext_noop("acknowledged"),
    OrderState.EXTENDED: gettext_noop("deadline extended"),
    OrderState.DUE: gettext_noop("deadline passed"),
    OrderState.INSPECTED: gettext_noop("inspected again"),
    OrderState.COMPLIED: gettext_noop("complied with"),
    OrderState.PARTLY: gettext_noop("partly complied with"),
    OrderState.FAILED: gettext_noop("not complied with"),
    OrderState.UNREACHABLE: gettext_noop("could not be reached"),
    OrderState.CLOSED: gettext_noop("closed"),
    OrderState.WITHDRAWN: gettext_noop("withdrawn"),
    OrderState.LAPSED: gettext_noop("lapsed"),
    OrderState.REAPPEARED: gettext_noop("back again"),
    OrderState.REOPENED: gettext_noop("reopened"),
}

_ROWS = """
revise      drafted approved                                                           drafted
approve     drafted                                                                    approved
hurry       drafted                                                                    issued
issue       approved                                                                   issued
acknowledge issued reopened                                                            acknowledged
extend      issued acknowledged extended due reopened inspected partly failed unreachable  extended
expire      issued acknowledged extended reopened                                      due
inspect     issued acknowledged extended due reopened inspected partly failed unreachable  inspected
comply      inspected                                                                  complied
partly      inspected                                                                  partly
fail        inspected                                                                  failed
miss        inspected                                                                  unreachable
close       complied partly failed unreachable                                         closed
withdraw    drafted approved issued acknowledged extended due inspected partly failed unreachable reappeared reopened  withdrawn
lapse       issued acknowledged extended due inspected complied partly failed unreachable  lapsed
reappear    complied closed                                                            reappeared
reopen      reappeared                                                                 reopened
"""


def _read_rows(rows: str) -> Mapping[tuple[OrderState, str], OrderState]:
    lines = [line.split() for line in rows.strip().splitlines()]
    return {
        (OrderState(state), move): OrderState(after)
        for move, *states, after in lines
        for state in states
    }


ORDER_MOVES: Mapping[tuple[OrderState, str], OrderState] = _read_rows(_ROWS)
MOVES = frozenset(move for _, move in ORDER_MOVES)

# Until the deadline the respondent is at work; an early look that finds the thing still there
# changes nothing.
RUNNING = frozenset(
    {OrderState.ISSUED, OrderState.ACKNOWLEDGED, OrderState.EXTENDED, OrderState.REOPENED}
)
SERVED = frozenset(OrderState) - {OrderState.DRAFTED, OrderState.APPROVED}
OVER = frozenset({OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.LAPSED})
RULED = frozenset(
    {OrderState.COMPLIED, OrderState.PARTLY, OrderState.FAILED, OrderState.UNREACHABLE}
)
LOOKABLE = frozenset(state for state, move in ORDER_MOVES if move == "inspect")
# What a person may make of an inspection's result.
RULINGS: Mapping[str, str] = {
    "comply": gettext_noop("complied with"),
    "partly": gettext_noop("partly complied with"),
    "fail": gettext_noop("not complied with"),
    "miss": gettext_noop("could not be reached"),
}
PROPOSED: Mapping[str, str] = {
    "compliant": "comply",
    "partial": "partly",
    "not_compliant": "fail",
    "unreachable": "miss",
    "reappeared": "fail",
}
BACK = frozenset({"reappeared", "not_compliant", "partial"})  # results that say: it is there again

APPROVERS = frozenset({Role.REGIONAL_LEAD, Role.LEGAL_OFFICER})

REFUSALS: Mapping[str, str] = {
    "state": gettext_noop("The state of this order no longer allows it."),
    "own": gettext_noop("Nobody approves an order alone: another person must do this."),
    "twice": gettext_noop("Somebody with your role has approved this already."),
    "author": gettext_noop("Whoever drafted an order does not say whether it was complied with."),
    "items": gettext_noop("An order needs at least one item."),
    "extract": gettext_noop("Each item needs an extract of the evidence for it."),
    "quotes": gettext_noop("This repeats a reporter’s words. Describe what was found instead."),
    "recipient": gettext_noop("Say to whom the order goes."),
    "demand": gettext_noop("Say what the recipient has to do."),
    "redress": gettext_noop("Say how the recipient can contest the order."),
    "deadline": gettext_noop("The deadline must lie ahead, by at most a year."),
    "emergency": gettext_noop("An emergency order is for at most 72 hours."),
    "ratified": gettext_noop("This order needs no ratification, or has it already."),
    "decision": gettext_noop("There is no such decision, or it does not hold any more."),
    "agency": gettext_noop("An order is assigned to an agency of a region below your own."),
    "reason": gettext_noop("Write down why. Your reason is kept."),
    "unserved": gettext_noop("The order has not been served yet."),
    "running": gettext_noop("An inspection of this order is under way already."),
}


class OrderRefused(Exception):
    """This may not be done to the order; ``why`` is a key of ``REFUSALS``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def message(self) -> str:
        """Message id to show."""
        return REFUSALS[self.why]


class Person(Struct, frozen=True):
    """An officer and the role in which they acted."""

    id: int
    role: Role


def check_move(state: OrderState, move: str) -> OrderState:
    """Give the state that ``move`` leads to.

    Raises:
        OrderRefused: it leads nowhere from ``state``.

    """
    after = ORDER_MOVES.get((state, move))
    if after is None:
        raise OrderRefused("state")
    return after


def may_move(state: OrderState, move: str) -> bool:
    """Tell whether the table has this move from ``state``."""
    return (state, move) in ORDER_MOVES


def check_approval(author: Person, approvals: Iterable[Person], new: Person) -> bool:
    """Tell whether ``new`` makes the order approved: a lead and a legal officer stand behind it.

    An author who is one of the two counts as such, so at least two persons of different roles
    always agree.

    Raises:
        OrderRefused: ``new`` wrote it, or their role stands behind it already.

    """
    given = list(approvals)
    if new.id == author.id or new.id in {each.id for each in given}:
        raise OrderRefused("own")
    roles = {author.role, *(each.role for each in given)} & APPROVERS
    if new.role in roles or new.role not in APPROVERS:
        raise OrderRefused("twice")
    return roles | {new.role} == APPROVERS


def needs_ratifying(author: Person, issuer: Person) -> bool:
    """Tell whether an emergency order still lacks a lead or a legal officer behind it."""
    return not {author.role, issuer.role} >= APPROVERS


def check_ratifier(author: Person, issuer: Person, new: Person) -> None:
    """Refuse a ratifier who wrote or issued the order, or whose role stands behind it already.

    Raises:
        OrderRefused: with ``why`` own or twice.

    """
    if new.id in {author.id, issuer.id}:
        raise OrderRefused("own")
    if not {author.role, issuer.role, new.role} >= APPROVERS:
        raise OrderRefused("twice")


def check_deadline(*, deadline: datetime, now: datetime, is_emergency: bool) -> None:
    """Refuse a deadline that has gone by or lies too far ahead.

    Raises:
        OrderRefused: with ``why`` deadline or emergency.

    """
    if not now < deadline <= now + DEADLINE_MAX:
        raise OrderRefused("deadline")
    if is_emergency and deadline > now + EMERGENCY_LASTS:
        raise OrderRefused("emergency")


def write_number(*, region: str, year: int, serial: int) -> str:
    """Number by which people cite an order, as Z500000-2026-000012."""
    return f"Z{region}-{year}-{serial:06}"
