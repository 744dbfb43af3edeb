"""When something is to happen to an order by itself: one table of timers, no clock.

An alarm is found anew after every event of the order, so none is ever cancelled: the one that was
planted before simply is not the order's alarm any more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from tipline.domain.disposal.orders import OVER, RUNNING, SERVED, OrderState
from tipline.domain.words import gettext_noop


class Bell(StrEnum):
    """What an alarm is for; where several have gone by, the later name rings."""

    REMIND = "remind"
    RECHECK = "recheck"
    ESCALATE = "escalate"
    EXPIRE = "expire"
    LAPSE = "lapse"


BELL_NAMES: Mapping[Bell, str] = {
    Bell.REMIND: gettext_noop("reminder"),
    Bell.RECHECK: gettext_noop("re-check"),
    Bell.ESCALATE: gettext_noop("escalation"),
    Bell.EXPIRE: gettext_noop("deadline"),
    Bell.LAPSE: gettext_noop("end of an emergency order"),
}

REMIND_BEFORE = (timedelta(days=7), timedelta(days=3), timedelta(days=1))
RECHECK_AFTER = (timedelta(days=7), timedelta(days=30), timedelta(days=90))
ESCALATE_AFTER = timedelta(days=3)  # nobody did what was next
# States in which somebody of the desk is asked to act.
WAITING = frozenset(
    {
        OrderState.DUE,
        OrderState.INSPECTED,
        OrderState.PARTLY,
        OrderState.FAILED,
        OrderState.UNREACHABLE,
        OrderState.REAPPEARED,
    }
)


class Timing(Struct, frozen=True, kw_only=True):
    """The times of an order that alarms are made of.

    ``since`` is when its state began, ``heard`` when its last alarm was due, ``complied_at`` when
    it was found complied with.
    """

    state: OrderState
    since: datetime
    deadline: datetime
    heard: datetime | None = None
    ratify_by: datetime | None = None
    complied_at: datetime | None = None


class Alarm(Struct, frozen=True, order=True):
    """When a bell rings."""

    at: datetime
    bell: Bell


def list_alarms(timing: Timing) -> Iterator[Alarm]:
    """All alarms of the order as it stands, in no order."""
    if timing.ratify_by and timing.state in SERVED - OVER:
        yield Alarm(timing.ratify_by, Bell.LAPSE)
    if timing.state in RUNNING:
        yield Alarm(timing.deadline, Bell.EXPIRE)
        before = (timing.deadline - each for each in REMIND_BEFORE)
        yield from (Alarm(at, Bell.REMIND) for at in before if at > timing.since)
    if timing.state in WAITING:
        yield Alarm(timing.since + ESCALATE_AFTER, Bell.ESCALATE)
    if timing.state in {OrderState.COMPLIED, OrderState.CLOSED} and timing.complied_at:
        yield from (Alarm(timing.complied_at + each, Bell.RECHECK) for each in RECHECK_AFTER)


def find_alarm(timing: Timing) -> Alarm | None:
    """Give the next alarm that has not rung; None: nothing happens by itself any more."""
    return min(_list_unheard(timing), default=None)


def find_ringing(timing: Timing, *, now: datetime) -> Alarm | None:
    """Give the alarm that rings at ``now``, at most one; None: nothing is due yet.

    After a long sleep many may have gone by: the most telling one rings, and the others with it.
    A deadline is never skipped, for no reminder outlives it.
    """
    due = [each for each in _list_unheard(timing) if each.at <= now]
    return max(due, key=lambda each: (_RANK[each.bell], each.at), default=None)


def _list_unheard(timing: Timing) -> Iterator[Alarm]:
    heard = timing.heard
    return (each for each in list_alarms(timing) if heard is None or each.at > heard)


_RANK = {bell: place for place, bell in enumerate(Bell)}
