"""Approve and issue rectification orders; no one person can issue one alone."""

import secrets
from datetime import datetime

from django.db import transaction

from tipline.domain.disposal.orders import (
    EMERGENCY_LASTS,
    OrderRefused,
    OrderState,
    Person,
    check_approval,
    check_deadline,
    check_move,
    check_ratifier,
    needs_ratifying,
    write_number,
)
from tipline.domain.duties import Action, Actor, Role
from tipline.domain.intake.receipt import RANDOM_BYTES, format_code, make_code
from tipline.store.events import write_at
from tipline.store.models import Order
from tipline.store.queries.sheets import say, write_sheet
from tipline.store.queries.standing import (
    OrderUnknown,
    lock_order,
    ruling_holds,
)
from tipline.store.record import record
from tipline.vault import OpeningKey, Sealer, derive_code_keys

CODE_BOUND = b"tipline/v1/order-code"


@transaction.atomic
def approve_order(*, order: int, by: Actor, now: datetime) -> bool:
    """Agree to a draft; True tells that it is approved: a lead and a legal officer stand behind it.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it is no draft, or ``by`` wrote it, or their role agreed before.

    """
    row = lock_order(actor=by, action=Action.APPROVE_ORDER, order=order)
    state = check_move(OrderState(row.state), "approve")
    is_enough = check_approval(_author(row), _approvers(row), Person(by.id, by.role))
    body = {
        "role": by.role.value,
        "state": state.value if is_enough else OrderState.DRAFTED.value,
    }
    record(kind="order.approved", subject=f"order:{order}", by=by.id, now=now, body=body)
    return is_enough


@transaction.atomic
def issue_order(*, order: int, desk_key: OpeningKey, by: Actor, now: datetime) -> str:
    """Issue an approved order; returns its number. Its code is sealed beside it.

    An emergency draft needs no approval: it is issued at once, and lapses after 72 hours unless
    whoever of a lead and a legal officer does not stand behind it yet ratifies it.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it is not approved, or its deadline has gone by meanwhile.

    """
    row = lock_order(actor=by, action=Action.READ_ORDERS, order=order)
    is_hurried = row.is_emergency and row.state == OrderState.DRAFTED.value
    action = Action.HURRY_ORDER if is_hurried else Action.ISSUE_ORDER
    lock_order(actor=by, action=action, order=order)
    state = check_move(OrderState(row.state), "hurry" if is_hurried else "issue")
    if not ruling_holds(row.decision):
        raise OrderRefused("decision")
    check_deadline(deadline=row.deadline, now=now, is_emergency=row.is_emergency)
    must_ratify = is_hurried and needs_ratifying(_author(row), Person(by.id, by.role))
    number = _number(row, now)
    sheet = write_sheet(row, number=number, issued_at=now)
    body = {
        "number": number,
        "role": by.role.value,
        "state": state.value,
        "ratify_by": write_at(now + EMERGENCY_LASTS) if must_ratify else "",
        **_make_code(desk_key),
        "said": say(row, "order.issued", now=now, state=state.value, sheet=sheet),
    }
    record(kind="order.issued", subject=f"order:{order}", by=by.id, now=now, body=body)
    return number


@transaction.atomic
def ratify_order(*, order: int, by: Actor, now: datetime) -> None:
    """Confirm an emergency order, so that it does not lapse.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it needs none, its time is over, or ``by`` issued it.

    """
    row = lock_order(actor=by, action=Action.RATIFY_ORDER, order=order)
    if row.ratify_by is None or row.ratify_by <= now:
        raise OrderRefused("ratified")
    check_ratifier(
        _author(row), Person(row.issued_by_id or 0, Role(row.issued_role)), Person(by.id, by.role)
    )
    body = {"state": row.state, "said": say(row, "order.ratified", now=now)}
    record(kind="order.ratified", subject=f"order:{order}", by=by.id, now=now, body=body)


@transaction.atomic
def list_order(*, order: int, is_listed: bool, by: Actor, now: datetime) -> None:
    """Put an order on the public register, or take it off.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it is so already, or the order is not served.

    """
    row = lock_order(actor=by, action=Action.LIST_ORDER, order=order)
    if row.number is None:
        raise OrderRefused("unserved")
    if row.is_listed == is_listed:
        raise OrderRefused("state")
    kind = "order.listed" if is_listed else "order.unlisted"
    body = {"said": say(row, kind, now=now)}
    record(kind=kind, subject=f"order:{order}", by=by.id, now=now, body=body)


def open_code(order: Order, *, desk_key: OpeningKey) -> str:
    """Open an issued order's code, in groups, to be handed to its recipient.

    Raises:
        OrderRefused: it is not issued.
        SealBroken: another key sealed it.

    """
    if order.code_box is None:
        raise OrderRefused("unserved")
    return format_code(desk_key.open(bytes(order.code_box), CODE_BOUND).decode())


def _make_code(desk_key: OpeningKey) -> dict[str, str]:
    code = make_code(secrets.token_bytes(RANDOM_BYTES))
    keys = derive_code_keys(code.encode())
    return {
        "box": keys.box.hex(),
        "holder_key": keys.holder_key.hex(),
        "code_box": Sealer(desk_key.public).seal(code.encode(), CODE_BOUND).hex(),
    }


def _number(order: Order, now: datetime) -> str:
    start = write_number(region=order.agency.region, year=now.year, serial=0)[:-6]
    newest = (
        Order.objects.filter(number__startswith=start)
        .order_by("-number")
        .values_list("number", flat=True)
    )
    last = newest.first()
    serial = int(last[len(start) :]) + 1 if last else 1
    return write_number(region=order.agency.region, year=now.year, serial=serial)


def _author(order: Order) -> Person:
    return Person(order.drafted_by_id, Role(order.drafted_role))


def _approvers(order: Order) -> list[Person]:
    return [Person(officer, Role(role)) for officer, role, _ in order.approvals]


__all__ = [
    "OrderRefused",
    "OrderUnknown",
    "approve_order",
    "issue_order",
    "list_order",
    "open_code",
    "ratify_order",
]
