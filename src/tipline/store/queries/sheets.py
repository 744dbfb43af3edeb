"""What the holder of an order's code is told, read from the order's rows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db.models import Q

from tipline.domain.disposal.served import Served, Sheet, SheetItem
from tipline.store.models import Inspection, Order


def write_minute(at: datetime) -> str:
    """Write a time to the minute in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def write_sheet(order: Order, *, number: str, issued_at: datetime) -> Sheet:
    """Write the order as its recipient reads it."""
    ruling = order.decision
    return Sheet(
        number=number,
        agency_en=order.agency.name_en,
        agency_zh=order.agency.name_zh,
        recipient=order.recipient,
        offences=tuple(ruling.offences),
        provision=order.provision or ruling.provision,
        facts=ruling.facts,
        items=tuple(
            SheetItem(
                number=item.number,
                kind=item.subject.kind,
                value=item.subject.value,
                extract=item.extract,
                demand=item.demand,
            )
            for item in order.items.select_related("subject")
        ),
        demand=order.demand,
        redress=order.redress,
        issued_at=write_minute(issued_at),
        deadline=write_minute(order.deadline),
        is_listed=order.is_listed,
        is_emergency=order.is_emergency,
        automation=ruling.automation,
    )


def say(
    order: Order, kind: str, *, now: datetime, state: str = "", **more: Any
) -> Mapping[str, Any]:
    """Write what an event says to the order's holder; ``state`` and ``deadline`` are the new ones."""
    deadline = more.pop("deadline", order.deadline)
    said = Served(
        type=kind,
        at=write_minute(now),
        state=state or order.state,
        deadline=write_minute(deadline),
        **more,
    )
    return msgspec.to_builtins(said)  # type: ignore[no-any-return]  # a Struct becomes a dict


def describe_look(order: Order, *, cause: str, reason: str = "") -> Mapping[str, Any]:
    """Write the body of an event that asks for an inspection of the order's items.

    ``cause`` is expired, rechecked, asked (by the respondent) or officer. It is compared with the
    newest inspection there is, by the same options.
    """
    items = list(order.items.select_related("subject"))
    first = items[0].subject
    previous = order.inspection or _find_cited(order)
    return {
        "subject": [first.kind, first.value],
        "url": previous.url if previous else first.value,
        "case": order.case_id,
        "previous": previous.event if previous else None,
        "options": {
            **(previous.options if previous else {}),
            "items": [[each.number, each.subject.kind, each.subject.value] for each in items],
        },
        "reason": reason,
        "order": order.event,
        "cause": cause,
    }


def _find_cited(order: Order) -> Inspection | None:
    numbers: dict[str, list[int]] = {"inspection": [], "finding": []}
    for each in order.decision.evidence:
        kind, _, number = each.partition(":")
        if kind in numbers:
            numbers[kind].append(int(number))
    cited = Q(event__in=numbers["inspection"]) | Q(findings__in=numbers["finding"])
    return Inspection.objects.filter(cited).order_by("-event").first()
