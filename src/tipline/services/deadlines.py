"""What happens to orders by themselves: alarms, inspections that follow them, and their results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tipline.domain.disposal.alarms import Alarm, Bell, find_ringing
from tipline.domain.disposal.orders import (
    BACK,
    OVER,
    RUNNING,
    OrderState,
    check_move,
    may_move,
)
from tipline.store import queue
from tipline.store.effects.orders import read_timing
from tipline.store.events import read_number, write_at
from tipline.store.models import Event, Finding, Inspection, Order
from tipline.store.queries.sheets import describe_look, say
from tipline.store.queries.standing import lock_any_order
from tipline.store.record import name_next, record

_KINDS: Mapping[Bell, str] = {
    Bell.REMIND: "order.reminded",
    Bell.RECHECK: "order.rechecked",
    Bell.ESCALATE: "order.escalated",
    Bell.EXPIRE: "order.expired",
    Bell.LAPSE: "order.lapsed",
}
_MOVES: Mapping[Bell, str] = {Bell.EXPIRE: "expire", Bell.LAPSE: "lapse"}
_SILENT = frozenset({Bell.RECHECK, Bell.ESCALATE})  # of these the respondent is told nothing


@transaction.atomic
def watch_orders(*, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime) -> None:
    """Ring the alarms that are due at ``now``, and wait for the others: the WATCH step.

    A step of an earlier event than the one that planted the order's alarm only ends.

    Raises:
        LeaseLost: another worker has the steps.

    """
    over = []
    for job in jobs:
        order = lock_any_order(order=read_number(job.subject))
        if order.alarm_event != job.event or order.alarm_at is None:
            over.append(job)
            continue
        ringing = find_ringing(read_timing(order), now=now)
        if ringing is None:
            queue.postpone(taken=taken, job=job, to=order.alarm_at)
            continue
        over.append(job)
        _ring(order, ringing, now)
    queue.finish(taken=taken, jobs=over)


@transaction.atomic
def look_again(*, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime) -> None:
    """Ask for the inspection that an event of the order calls for: the LOOK step.

    One that is under way already serves as well.

    Raises:
        LeaseLost: another worker has the steps.

    """
    for job in jobs:
        order = lock_any_order(order=read_number(job.subject))
        if order.is_inspecting or order.look_event != job.event or order.state in _OVER:
            continue
        kind = Event.objects.values_list("kind", flat=True).get(seq=job.event)
        body = describe_look(order, cause=kind.partition(".")[2])
        record(
            kind="inspection.asked", subject=name_next("inspection"), by=None, now=now, body=body
        )
    queue.finish(taken=taken, jobs=jobs)


@transaction.atomic
def judge_inspections(
    *, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime
) -> None:
    """Take what inspections found to the orders that asked for them: the JUDGE step.

    Raises:
        LeaseLost: another worker has the steps.

    """
    for job in jobs:
        inspection = Inspection.objects.get(event=read_number(job.subject))
        asked = Order.objects.filter(inspection=inspection, is_inspecting=True)
        for order in asked.values_list("event", flat=True):
            _judge(lock_any_order(order=order), inspection, now)
    queue.finish(taken=taken, jobs=jobs)


_OVER = frozenset(state.value for state in OVER - {OrderState.CLOSED})


def _ring(order: Order, alarm: Alarm, now: datetime) -> None:
    kind, move = _KINDS[alarm.bell], _MOVES.get(alarm.bell)
    state = check_move(OrderState(order.state), move) if move else OrderState(order.state)
    body: dict[str, Any] = {"alarm_at": write_at(alarm.at), "state": state.value}
    if alarm.bell not in _SILENT:
        body["said"] = say(order, kind, now=now, state=state.value)
    record(kind=kind, subject=f"order:{order.event}", by=None, now=now, body=body)


def _judge(order: Order, inspection: Inspection, now: datetime) -> None:
    state, result = OrderState(order.state), inspection.result or "inconclusive"
    verdicts = _compare(order, inspection)
    after = _find_after(state, result)
    said = say(
        order, "order.inspected", now=now, state=after.value, result=result, verdicts=verdicts
    )
    body = {
        "inspection": inspection.event,
        "result": result,
        "verdicts": verdicts,
        "state": after.value,
        "said": said,
    }
    record(kind="order.inspected", subject=f"order:{order.event}", by=None, now=now, body=body)
    if may_move(after, "reappear") and result in BACK:
        back = check_move(after, "reappear")
        told = say(order, "order.reappeared", now=now, state=back.value, result=result)
        record(
            kind="order.reappeared",
            subject=f"order:{order.event}",
            by=None,
            now=now,
            body={"state": back.value, "said": told},
        )


def _find_after(state: OrderState, result: str) -> OrderState:
    if state in RUNNING and result != "compliant":
        return state  # it is not due yet: the respondent goes on
    return check_move(state, "inspect") if may_move(state, "inspect") else state


def _compare(order: Order, inspection: Inspection) -> dict[str, str]:
    found = Finding.objects.filter(inspection=inspection).exclude(again="")
    by_subject = {row.subject_id: row.again for row in found if row.subject_id}
    by_url = {row.url: row.again for row in found}
    verdicts = {
        str(item.number): by_subject.get(item.subject_id) or by_url.get(item.subject.value, "")
        for item in order.items.select_related("subject")
    }
    return {number: verdict for number, verdict in verdicts.items() if verdict}
