"""See an issued order through: more time, inspections, rulings, closing, withdrawing, reopening."""

from datetime import datetime

from django.db import transaction

from tipline.domain.disposal.orders import (
    OVER,
    OrderRefused,
    OrderState,
    check_deadline,
    check_move,
)
from tipline.domain.duties import Action, Actor
from tipline.domain.values import region_contains
from tipline.store.events import write_at
from tipline.store.models import Agency, Order
from tipline.store.queries.sheets import describe_look, say
from tipline.store.queries.standing import OrderUnknown, lock_order
from tipline.store.record import name_next, record


@transaction.atomic
def extend_order(*, order: int, deadline: datetime, reason: str, by: Actor, now: datetime) -> None:
    """Give a later deadline, asked for or not; a reappeared order is reopened by it.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: its state does not allow it, or the deadline is no later one.

    """
    row = lock_order(actor=by, action=Action.EXTEND_ORDER, order=order)
    is_back = row.state == OrderState.REAPPEARED.value
    state = check_move(OrderState(row.state), "reopen" if is_back else "extend")
    check_deadline(deadline=deadline, now=now, is_emergency=row.ratify_by is not None)
    if deadline <= row.deadline:
        raise OrderRefused("deadline")
    kind, text = "order.reopened" if is_back else "order.extended", _check_reason(reason)
    body = {
        "deadline": write_at(deadline),
        "reason": text,
        "state": state.value,
        "said": say(row, kind, now=now, state=state.value, deadline=deadline, text=text),
    }
    record(kind=kind, subject=f"order:{order}", by=by.id, now=now, body=body)


@transaction.atomic
def refuse_extension(*, order: int, reason: str, by: Actor, now: datetime) -> None:
    """Say no to a wish for more time.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: nobody asked, or no reason is given.

    """
    row = lock_order(actor=by, action=Action.EXTEND_ORDER, order=order)
    if not row.extension_days:
        raise OrderRefused("state")
    text = _check_reason(reason)
    body = {"reason": text, "said": say(row, "extension.refused", now=now, text=text)}
    record(kind="extension.refused", subject=f"order:{order}", by=by.id, now=now, body=body)


@transaction.atomic
def inspect_order(*, order: int, by: Actor, now: datetime) -> int:
    """Have an order's items inspected again; returns the inspection's id.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: its state does not allow it, or an inspection is under way.

    """
    row = lock_order(actor=by, action=Action.INSPECT_ORDER, order=order)
    state = OrderState(row.state)
    if state in OVER - {OrderState.CLOSED} or row.number is None:
        raise OrderRefused("state")
    if row.is_inspecting:
        raise OrderRefused("running")
    body = describe_look(row, cause="officer")
    subject = name_next("inspection")
    return record(kind="inspection.asked", subject=subject, by=by.id, now=now, body=body).seq


@transaction.atomic
def rule_order(*, order: int, ruling: str, reason: str, by: Actor, now: datetime) -> None:
    """Say what an inspection means: ``ruling`` is comply, partly, fail or miss.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it was not inspected, or ``by`` drafted the order.

    """
    row = lock_order(actor=by, action=Action.RULE_ORDER, order=order)
    if row.drafted_by_id == by.id:
        raise OrderRefused("author")
    state, text = check_move(OrderState(row.state), ruling), _check_reason(reason)
    body = {
        "ruling": ruling,
        "reason": text,
        "state": state.value,
        "said": say(row, "order.ruled", now=now, state=state.value, text=text),
    }
    record(kind="order.ruled", subject=f"order:{order}", by=by.id, now=now, body=body)


@transaction.atomic
def close_order(*, order: int, reason: str, by: Actor, now: datetime) -> None:
    """Close an order that was ruled on; one complied with is still re-checked.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: nobody has ruled on it, or no reason is given.

    """
    row = lock_order(actor=by, action=Action.CLOSE_ORDER, order=order)
    _end(row, "close", "order.closed", by=by, now=now, reason=reason)


@transaction.atomic
def withdraw_order(*, order: int, reason: str, by: Actor, now: datetime) -> None:
    """Withdraw an order or a draft; it binds nobody any more.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it is over, or no reason is given.

    """
    row = lock_order(actor=by, action=Action.WITHDRAW_ORDER, order=order)
    _end(row, "withdraw", "order.withdrawn", by=by, now=now, reason=reason)


@transaction.atomic
def assign_order(*, order: int, agency: str, by: Actor, now: datetime) -> None:
    """Give an order to an agency of a region below, which carries it out.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: there is no such agency below, or the order is over.

    """
    row = lock_order(actor=by, action=Action.ASSIGN_ORDER, order=order)
    if OrderState(row.state) in OVER:
        raise OrderRefused("state")
    found = Agency.objects.filter(code=agency).first()
    if found is None or not _is_below(found.region, by.region):
        raise OrderRefused("agency")
    body = {"agency": found.code, "region": found.region}
    record(kind="order.assigned", subject=f"order:{order}", by=by.id, now=now, body=body)


@transaction.atomic
def read_answers(*, order: int, by: Actor, now: datetime) -> None:
    """Note that what the respondent sent was read.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.

    """
    row = lock_order(actor=by, action=Action.INSPECT_ORDER, order=order)
    if row.unread:
        record(kind="answers.read", subject=f"order:{order}", by=by.id, now=now)


def _end(row: Order, move: str, kind: str, *, by: Actor, now: datetime, reason: str) -> None:
    state, text = check_move(OrderState(row.state), move), _check_reason(reason)
    body = {"reason": text, "state": state.value}
    if row.number is not None:  # nobody was ever told of a draft
        body |= {"said": say(row, kind, now=now, state=state.value, text=text)}  # type: ignore[dict-item]
    record(kind=kind, subject=f"order:{row.event}", by=by.id, now=now, body=body)


def _is_below(inner: str, outer: str) -> bool:
    return inner != outer and region_contains(outer, inner)


def _check_reason(reason: str) -> str:
    if not reason.strip():
        raise OrderRefused("reason")
    return reason.strip()


__all__ = [
    "OrderRefused",
    "OrderUnknown",
    "assign_order",
    "close_order",
    "extend_order",
    "inspect_order",
    "read_answers",
    "refuse_extension",
    "rule_order",
    "withdraw_order",
]
