"""What becomes of an order: its rows, its next alarm, and the letter to whoever holds its code."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from tipline.domain.disposal.alarms import Timing, find_alarm
from tipline.domain.disposal.orders import OrderState
from tipline.domain.flow import Step, list_steps
from tipline.domain.intake.arrival import Arrival
from tipline.store.bulk import insert_rows
from tipline.store.effects.measures import each, find_subjects
from tipline.store.events import Recorded
from tipline.store.models import Order, OrderAnswer, OrderFile, OrderItem, OrderLetter


def read_timing(order: Order) -> Timing:
    """Give the times of an order that its alarms are made of."""
    return Timing(
        state=OrderState(order.state),
        since=order.since,
        deadline=order.deadline,
        heard=order.heard,
        ratify_by=order.ratify_by,
        complied_at=order.complied_at,
    )


def keep_answer(*, event: Recorded, arrival: Arrival) -> None:
    """Write the rows of what a respondent sent; its event is recorded beside this."""
    OrderAnswer.objects.create(
        event=event.seq,
        order_id=event.number,
        act=arrival.details["act"],
        item=event.body["item"],
        days=event.body["days"],
        text=arrival.text,
        at=arrival.received_at,
        leaf_index=arrival.index,
    )
    insert_rows(
        OrderFile,
        (
            {
                "answer": event.seq,
                "number": number,
                "file_id": file.file_id,
                "name": file.name,
                "type": file.type,
                "size": file.size,
                "sha256": file.sha256,
                "key": file.key,
            }
            for number, file in enumerate(arrival.files, start=1)
        ),
    )


def _draft(event: Recorded) -> None:
    body = event.body
    Order.objects.create(
        event=event.seq,
        state=OrderState.DRAFTED.value,
        since=event.at,
        decision_id=body["decision"],
        case_id=body["case"],
        agency_id=body["agency"],
        region=body["region"],
        drafted_by_id=event.author,
        drafted_role=body["role"],
        **_read_draft(body),
    )
    _put_items(event.seq, body["items"])


def _revise(event: Recorded) -> None:
    # Whoever changes it becomes its author: the approvals begin anew.
    changes = {"drafted_by": event.author, "drafted_role": event.body["role"], "approvals": []}
    _turn(event, **_read_draft(event.body), **changes)
    OrderItem.objects.filter(order=event.number).delete()
    _put_items(event.number, event.body["items"])


def _read_draft(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "deadline": datetime.fromisoformat(body["deadline"]),
        **{name: body[name] for name in ("recipient", "provision", "demand", "redress")},
        **{name: body[name] for name in ("is_emergency", "is_listed")},
    }


def _put_items(order: int, items: Sequence[Mapping[str, str]]) -> None:
    subjects = find_subjects([(each["kind"], each["value"]) for each in items])
    insert_rows(
        OrderItem,
        (
            {
                "order": order,
                "number": number,
                "subject": subject.pk,
                "extract": item["extract"],
                "demand": item["demand"],
                "verdict": "",
            }
            for number, (item, subject) in enumerate(zip(items, subjects, strict=True), start=1)
        ),
    )


def _approve(event: Recorded) -> None:
    order = Order.objects.get(event=event.number)
    given = [event.author, event.body["role"], event.at.isoformat()]
    _turn(event, approvals=[*order.approvals, given])


def _issue(event: Recorded) -> None:
    body = event.body
    _turn(
        event,
        number=body["number"],
        issued_at=event.at,
        issued_by=event.author,
        issued_role=body["role"],
        ratify_by=datetime.fromisoformat(body["ratify_by"]) if body["ratify_by"] else None,
        **{name: bytes.fromhex(body[name]) for name in ("box", "holder_key", "code_box")},
    )


def _ratify(event: Recorded) -> None:
    _turn(event, ratify_by=None)


def _close(event: Recorded) -> None:
    _turn(event, closed_at=event.at)


def _extend(event: Recorded) -> None:
    deadline = datetime.fromisoformat(event.body["deadline"])
    _turn(event, deadline=deadline, extension_days=0, closed_at=None)


def _refuse_extension(event: Recorded) -> None:
    _turn(event, extension_days=0)


def _hear(event: Recorded) -> None:
    _turn(event, heard=datetime.fromisoformat(event.body["alarm_at"]))


def _hear_and_look(event: Recorded) -> None:
    heard = datetime.fromisoformat(event.body["alarm_at"])
    _turn(event, heard=heard, look_event=event.seq)


def _escalate(event: Recorded) -> None:
    heard = datetime.fromisoformat(event.body["alarm_at"])
    _turn(event, heard=heard, escalated_at=event.at)


def _lapse(event: Recorded) -> None:
    _turn(event, closed_at=event.at, ratify_by=None)


def _look(event: Recorded) -> None:
    _turn(event, look_event=event.seq)


def _inspect(event: Recorded) -> None:
    body = event.body
    _turn(event, result=body["result"], is_inspecting=False, look_event=None)
    for number, verdict in body["verdicts"].items():
        OrderItem.objects.filter(order=event.number, number=int(number)).update(verdict=verdict)


def _rule(event: Recorded) -> None:
    complied = event.body["state"] == OrderState.COMPLIED.value
    _turn(event, complied_at=event.at if complied else None, escalated_at=None)


def _list(event: Recorded) -> None:
    _turn(event, is_listed=event.kind == "order.listed")


def _assign(event: Recorded) -> None:
    Order.objects.filter(event=event.number).update(
        executor=event.body["agency"], region=event.body["region"]
    )


def _want_time(event: Recorded) -> None:
    _turn(event, extension_days=event.body["days"])


def _read_answers(event: Recorded) -> None:
    Order.objects.filter(event=event.number).update(unread=0)


def _serve(event: Recorded) -> None:
    OrderLetter.objects.filter(event=event.body["letter"]).update(
        leaf_index=event.body["leaf_index"]
    )


def _turn(event: Recorded, **changes: object) -> None:
    """Change the order, find its next alarm, and write what its holder is told."""
    rows = Order.objects.filter(event=event.number)
    body = event.body
    state = body.get("state")
    if state and not rows.filter(state=state).exists():
        changes |= {"state": state, "since": event.at}
    if "record" in body:
        changes |= {"unread": F("unread") + 1}
    if changes:
        rows.update(**changes)
    if state:
        _plant_alarm(event)
    if "said" in body:
        OrderLetter.objects.create(
            event=event.seq, order_id=event.number, at=event.at, said=body["said"]
        )


def _plant_alarm(event: Recorded) -> None:
    order = Order.objects.get(event=event.number)
    alarm = find_alarm(read_timing(order))
    is_watched = Step.WATCH in list_steps(event.kind)
    if alarm is None:
        planted: dict[str, object] = {"alarm": "", "alarm_at": None, "alarm_event": None}
    else:
        planted = {"alarm": alarm.bell.value, "alarm_at": alarm.at}
        planted |= {"alarm_event": event.seq} if is_watched else {}
    Order.objects.filter(event=event.number).update(**planted)


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "order.drafted": each(_draft),
    "order.revised": each(_revise),
    "order.approved": each(_approve),
    "order.issued": each(_issue),
    "order.ratified": each(_ratify),
    "order.lapsed": each(_lapse),
    "order.served": each(_serve),
    "order.listed": each(_list),
    "order.unlisted": each(_list),
    "order.assigned": each(_assign),
    "order.acknowledged": each(_turn),
    "order.answered": each(_turn),
    "extension.asked": each(_want_time),
    "extension.refused": each(_refuse_extension),
    "look.asked": each(_look),
    "appeal.received": each(_turn),
    "order.extended": each(_extend),
    "order.reminded": each(_hear),
    "order.expired": each(_hear_and_look),
    "order.rechecked": each(_hear_and_look),
    "order.escalated": each(_escalate),
    "order.inspected": each(_inspect),
    "order.ruled": each(_rule),
    "order.reappeared": each(_turn),
    "order.reopened": each(_extend),
    "order.closed": each(_close),
    "order.withdrawn": each(_close),
    "answers.read": each(_read_answers),
}
