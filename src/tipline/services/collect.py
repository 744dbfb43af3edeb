"""Bring what the vault received to the desk, each record exactly once, in the vault's order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.orders import OrderState, check_move, may_move
from tipline.domain.disposal.served import ACT_EVENTS, Act
from tipline.domain.disposal.state import AFTER_REPLY, ReportState
from tipline.domain.intake.arrival import Arrival, ArrivalUnreadable, Envelope, read_arrival
from tipline.store import turns
from tipline.store.effects.intake import keep_reply, keep_reports
from tipline.store.effects.orders import keep_answer
from tipline.store.models import Handling, Order, Report
from tipline.store.record import NewEvent, record, record_many
from tipline.vault import OpeningKey, SealBroken, Stored, Vault, open_record

BATCH = 500
_COUNT_MAX = 1_000
IDLE_LEAVES = 5_000  # leaves of other kinds after which the cursor is moved for them alone
KINDS = ("report", "reply", "answer")


class Refused(Struct, frozen=True):
    """A record that cannot be shown to anybody, and why in one word."""

    index: int
    kind: str
    reason: str


class Collected(Struct, frozen=True):
    """How far the vault was read, and how many records came to the desk."""

    at: int
    kept: int


def collect(
    *, vault: Vault, desk_key: OpeningKey, now: datetime, seen: int = -1, size: int = BATCH
) -> Collected:
    """Take the next ``size`` leaves of the vault to the desk, in one transaction.

    ``seen`` is up to which leaf the caller knows that there is nothing for the desk: leaves of
    other kinds do not move the cursor one by one.

    Raises:
        TurnLost: another worker collected meanwhile; nothing was done.
        VaultUnavailable: the vault cannot be read.

    """
    turn = turns.get_turn(name=turns.COLLECT)
    stored = vault.read(after=max(turn.at, seen), limit=size)
    if not stored:
        return Collected(max(turn.at, seen), 0)
    last = stored[-1].index
    found = [_open(each, desk_key) for each in stored if each.kind in KINDS]
    if found or last - turn.at >= IDLE_LEAVES:
        with transaction.atomic():
            turns.advance(name=turns.COLLECT, turn=turn, to=last)
            _keep(found, now)
    return Collected(last, len(found))


@transaction.atomic
def retry_record(
    *, index: int, vault: Vault, desk_key: OpeningKey, by: int | None, now: datetime
) -> bool:
    """Try once more to open a record that was set aside; False: it still does not open.

    Raises:
        LookupError: the vault has no such record.

    """
    stored = vault.get(index)
    if stored is None:
        raise LookupError(index)
    found = _open(stored, desk_key)
    if isinstance(found, Refused) or Report.objects.filter(leaf_index=index).exists():
        return False
    _keep([found], now)
    record(kind="record.dismissed", subject=f"record:{index}", by=by, now=now)
    return True


def _open(stored: Stored, desk_key: OpeningKey) -> tuple[str, Arrival] | Refused:
    try:
        opened = open_record(stored, desk_key)
        envelope = Envelope(
            index=opened.index,
            box=opened.box,
            holder_key=opened.holder_key,
            contact_box=opened.contact_box,
            leaf_hash=opened.leaf_hash,
        )
        arrival = read_arrival(text=opened.text, details=opened.details, envelope=envelope)
    except (SealBroken, ArrivalUnreadable) as wrong:
        return Refused(stored.index, stored.kind, type(wrong).__name__)
    return stored.kind, arrival


def _keep(found: Sequence[tuple[str, Arrival] | Refused], now: datetime) -> None:
    opened = [each for each in found if not isinstance(each, Refused)]
    keep_reports([arrival for kind, arrival in opened if kind == "report"])
    reports = _find_reports({arrival.box for kind, arrival in opened if kind == "reply"})
    orders = _find_orders({arrival.box for kind, arrival in opened if kind == "answer"})
    events = [_make_event(each, reports, orders) for each in found]
    recorded = record_many(events=events, now=now)
    for each, event in zip(found, recorded, strict=True):
        if isinstance(each, Refused) or event.kind == "report.refused":
            continue
        if each[0] != "report":
            _KEEPS[each[0]](event=event, arrival=each[1])


_KEEPS = {"reply": keep_reply, "answer": keep_answer}


def _find_reports(boxes: set[bytes]) -> dict[bytes, tuple[int, ReportState]]:
    if not boxes:
        return {}
    rows = Handling.objects.filter(report__box__in=boxes).select_related("report")
    locked = rows.select_for_update(of=("self",)).order_by("report_id")
    return {bytes(row.report.box): (row.report_id, ReportState(row.state)) for row in locked}


def _find_orders(boxes: set[bytes]) -> dict[bytes, Order]:
    if not boxes:
        return {}
    locked = Order.objects.filter(box__in=boxes).select_for_update(of=("self",))
    return {bytes(row.box or b""): row for row in locked.order_by("event")}


def _make_event(
    found: tuple[str, Arrival] | Refused,
    reports: dict[bytes, tuple[int, ReportState]],
    orders: dict[bytes, Order],
) -> NewEvent:
    if isinstance(found, Refused):
        return _refuse(found)
    kind, arrival = found
    if kind == "report":
        return NewEvent(kind="report.received", subject=f"report:{arrival.index}")
    if kind == "answer":
        return _answer(arrival, orders)
    if arrival.box not in reports:
        return _refuse(Refused(arrival.index, kind, "NoSuchReport"))
    report, state = reports[arrival.box]
    body = {"record": arrival.index, "state": AFTER_REPLY[state].value}
    return NewEvent(kind="reply.received", subject=f"report:{report}", body=body)


def _answer(arrival: Arrival, orders: dict[bytes, Order]) -> NewEvent:
    """Say what a respondent did; the state moves only where the order's table lets it."""
    order, told = orders.get(arrival.box), arrival.details
    if order is None or told.get("act") not in list(Act):
        return _refuse(Refused(arrival.index, "answer", "NoSuchOrder"))
    act, state = Act(told["act"]), OrderState(order.state)
    body: dict[str, int | str] = {
        "record": arrival.index,
        "item": _count(told.get("item")),
        "days": _count(told.get("days")),
    }
    if act is Act.ACKNOWLEDGE:
        is_fresh = may_move(state, "acknowledge")
        order.state = (check_move(state, "acknowledge") if is_fresh else state).value
        body |= {"state": order.state}  # and so for what else came with it
    return NewEvent(kind=ACT_EVENTS[act], subject=f"order:{order.event}", body=body)


def _count(told: object) -> int:
    return told if isinstance(told, int) and 0 <= told <= _COUNT_MAX else 0


def _refuse(refused: Refused) -> NewEvent:
    body = {"kind": refused.kind, "reason": refused.reason}
    return NewEvent(kind="report.refused", subject=f"record:{refused.index}", body=body)
