"""What the desk shows of orders: the list, one order with all of its steps, its code."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tipline.domain.disposal.orders import OVER, PROPOSED, OrderState
from tipline.domain.duties import Action, Actor, may
from tipline.store.models import Agency, Event, Officer, Order, OrderAnswer, OrderFile
from tipline.store.queries.standing import (
    OrderUnknown,
    check_order,
    limit_orders,
    reach_order,
)

SHOWN = 200
_HIDDEN = frozenset({"said", "box", "holder_key", "code_box", "items"})


class OrderRow(Struct, frozen=True, kw_only=True):
    """One line of the list of orders."""

    id: int
    number: str
    state: OrderState
    recipient: str
    region: str
    agency: str
    deadline: datetime
    is_listed: bool
    is_emergency: bool
    is_escalated: bool
    unread: int
    wants_time: bool


class ItemRow(Struct, frozen=True, kw_only=True):
    """One item of an order."""

    number: int
    subject: int
    kind: str
    value: str
    extract: str
    demand: str
    verdict: str


class AnswerRow(Struct, frozen=True, kw_only=True):
    """Something that the respondent sent; ``files`` are names and sizes in bytes."""

    id: int
    act: str
    item: int
    days: int
    text: str
    at: datetime
    files: tuple[tuple[str, int], ...]


class StepRow(Struct, frozen=True, kw_only=True):
    """One event of an order."""

    seq: int
    at: datetime
    by_name: str
    kind: str
    body: Mapping[str, Any]


class OrderPage(Struct, frozen=True, kw_only=True):
    """An order as the desk shows it; ``acts`` are what the reader may do by the table of duties."""

    id: int
    number: str
    state: OrderState
    since: datetime
    ruling: int
    case: str
    agency: str
    executor: str
    region: str
    recipient: str
    provision: str
    demand: str
    redress: str
    deadline: datetime
    is_emergency: bool
    is_listed: bool
    drafted_by: int
    approvals: tuple[tuple[str, str, str], ...]
    ratify_by: datetime | None
    result: str
    proposed: str  # what the result of the newest inspection speaks for
    is_inspecting: bool
    escalated_at: datetime | None
    extension_days: int
    alarm: str
    alarm_at: datetime | None
    unread: int
    is_over: bool
    items: tuple[ItemRow, ...]
    answers: tuple[AnswerRow, ...]
    steps: tuple[StepRow, ...]
    acts: frozenset[Action]


def list_orders(*, actor: Actor, state: str = "", now: datetime) -> tuple[OrderRow, ...]:
    """Give the orders that the actor may read, the most pressing first.

    ``state`` is one of the states, "open", "overdue", "unread" or nothing for all.

    Raises:
        NotAllowed: the role reads none.

    """
    rows = limit_orders(actor=actor)
    over = [each.value for each in OVER]
    if state == "open":
        rows = rows.exclude(state__in=over)
    elif state == "overdue":
        rows = rows.exclude(state__in=over).filter(deadline__lt=now)
    elif state == "unread":
        rows = rows.filter(unread__gt=0)
    elif state:
        rows = rows.filter(state=state)
    ordered = rows.order_by("-escalated_at", "deadline") if state != "" else rows
    return tuple(_read_row(row) for row in ordered[:SHOWN])


def get_order(*, actor: Actor, order: int) -> OrderPage:
    """Give one order with all of its steps.

    Raises:
        OrderUnknown: there is none, or the actor may not read it.

    """
    rows = Order.objects.select_related("decision", "case", "agency", "executor")
    row = rows.filter(event=order).first()
    if row is None:
        raise OrderUnknown(order)
    check_order(actor=actor, action=Action.READ_ORDERS, order=row)
    reach = reach_order(row)
    return OrderPage(
        id=row.event,
        number=row.number or "",
        state=OrderState(row.state),
        since=row.since,
        ruling=row.decision_id,
        case=row.case.number if row.case else "",
        agency=row.agency_id,
        executor=row.executor_id or "",
        region=row.region,
        recipient=row.recipient,
        provision=row.provision or row.decision.provision,
        demand=row.demand,
        redress=row.redress,
        deadline=row.deadline,
        is_emergency=row.is_emergency,
        is_listed=row.is_listed,
        drafted_by=row.drafted_by_id,
        approvals=_read_approvals(row),
        ratify_by=row.ratify_by,
        result=row.result,
        proposed=PROPOSED.get(row.result, ""),
        is_inspecting=row.is_inspecting,
        escalated_at=row.escalated_at,
        extension_days=row.extension_days,
        alarm=row.alarm,
        alarm_at=row.alarm_at,
        unread=row.unread,
        is_over=row.state in {state.value for state in OVER},
        items=_list_items(row),
        answers=_list_answers(row),
        steps=_list_steps(row),
        acts=frozenset(action for action in Action if may(actor, action, **reach)),
    )


def find_for_code(*, actor: Actor, order: int) -> Order:
    """Give the order whose code the actor may hand to its recipient.

    Raises:
        OrderUnknown, NotAllowed: the duties of the actor do not reach it.

    """
    rows = Order.objects.select_related("decision", "case", "agency")
    row: Order | None = rows.filter(event=order).first()
    if row is None:
        raise OrderUnknown(order)
    check_order(actor=actor, action=Action.ISSUE_ORDER, order=row)
    return row


def list_agencies_below(*, region: str) -> list[tuple[str, str, str]]:
    """Code and both names of the agencies in a region's parts."""
    rows = Agency.objects.exclude(region=region).order_by("code")
    return list(rows.values_list("code", "name_en", "name_zh"))


def _read_row(row: Order) -> OrderRow:
    return OrderRow(
        id=row.event,
        number=row.number or "",
        state=OrderState(row.state),
        recipient=row.recipient,
        region=row.region,
        agency=row.executor_id or row.agency_id,
        deadline=row.deadline,
        is_listed=row.is_listed,
        is_emergency=row.is_emergency,
        is_escalated=row.escalated_at is not None,
        unread=row.unread,
        wants_time=row.extension_days > 0,
    )


def _read_approvals(row: Order) -> tuple[tuple[str, str, str], ...]:
    names = {
        each.pk: each.get_full_name()
        for each in Officer.objects.filter(pk__in=[officer for officer, _, _ in row.approvals])
    }
    return tuple((names.get(officer, ""), role, at) for officer, role, at in row.approvals)


def _list_items(row: Order) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(
            number=item.number,
            subject=item.subject_id,
            kind=item.subject.kind,
            value=item.subject.value,
            extract=item.extract,
            demand=item.demand,
            verdict=item.verdict,
        )
        for item in row.items.select_related("subject")
    )


def _list_answers(row: Order) -> tuple[AnswerRow, ...]:
    files: dict[int, list[tuple[str, int]]] = {}
    for file in OrderFile.objects.filter(answer__order=row):
        files.setdefault(file.answer_id, []).append((file.name, file.size))
    return tuple(
        AnswerRow(
            id=each.event,
            act=each.act,
            item=each.item,
            days=each.days,
            text=each.text,
            at=each.at,
            files=tuple(files.get(each.event, ())),
        )
        for each in OrderAnswer.objects.filter(order=row)
    )


def _list_steps(row: Order) -> tuple[StepRow, ...]:
    subjects = [f"order:{row.event}"]
    events = Event.objects.filter(subject__in=subjects).select_related("by").order_by("seq")
    return tuple(
        StepRow(
            seq=each.seq,
            at=each.at,
            by_name=each.by.get_full_name() if each.by else "",
            kind=each.kind,
            body={k: v for k, v in json.loads(each.body).items() if k not in _HIDDEN},
        )
        for each in events
        if each.kind != "order.served"
    )
