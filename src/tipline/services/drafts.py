"""Draft rectification orders from decisions on subjects, and write them anew."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.orders import OrderRefused, OrderState, check_deadline, check_move
from tipline.domain.disposal.served import quotes
from tipline.domain.duties import Action, Actor, check_may
from tipline.store.events import write_at
from tipline.store.models import CaseReport, Report, SubjectDecision
from tipline.store.queries.standing import (
    OrderUnknown,
    RulingUnknown,
    find_ruling,
    lock_order,
    reach_ruling,
    ruling_holds,
)
from tipline.store.record import name_next, record

_EXTRACT_CHARS_MAX = 4_000


class NewItem(Struct, frozen=True, kw_only=True):
    """One thing to put right; ``extract`` is fit for the respondent to read."""

    kind: str
    value: str
    extract: str
    demand: str = ""


class Draft(Struct, frozen=True, kw_only=True):
    """What an order says. ``provision`` left empty is that of the decision."""

    recipient: str
    items: tuple[NewItem, ...]
    demand: str
    redress: str
    deadline: datetime
    provision: str = ""
    is_emergency: bool = False
    is_listed: bool = False


@transaction.atomic
def draft_order(*, ruling: int, draft: Draft, by: Actor, now: datetime) -> int:
    """Draft an order from a decision on subjects; returns the order's id.

    Raises:
        RulingUnknown, NotAllowed: the duties of ``by`` do not reach the decision.
        OrderRefused: the decision does not hold, or the draft is not complete.

    """
    found = find_ruling(actor=by, action=Action.READ_SUBJECTS, ruling=ruling)
    check_may(by, Action.DRAFT_ORDER, **reach_ruling(found))
    if not ruling_holds(found):
        raise OrderRefused("decision")
    body = {
        **_describe(found, draft, now),
        "decision": found.event,
        "case": found.case_id,
        "agency": by.agency,
        "region": found.region,
        "role": by.role.value,
    }
    event = record(kind="order.drafted", subject=name_next("order"), by=by.id, now=now, body=body)
    return event.seq


@transaction.atomic
def revise_order(*, order: int, draft: Draft, by: Actor, now: datetime) -> None:
    """Write a draft anew; what was approved must be approved again.

    Raises:
        OrderUnknown, NotAllowed: the duties of ``by`` do not reach it.
        OrderRefused: it is issued already, or the draft is not complete.

    """
    row = lock_order(actor=by, action=Action.DRAFT_ORDER, order=order)
    state = check_move(OrderState(row.state), "revise")
    body = {
        **_describe(row.decision, draft, now),
        "state": state.value,
        "role": by.role.value,
    }
    record(kind="order.revised", subject=f"order:{order}", by=by.id, now=now, body=body)


def _describe(ruling: SubjectDecision, draft: Draft, now: datetime) -> Mapping[str, Any]:
    _check_draft(draft, now)
    _check_items(ruling, draft.items)
    return {
        "recipient": draft.recipient.strip(),
        "provision": draft.provision.strip(),
        "demand": draft.demand.strip(),
        "redress": draft.redress.strip(),
        "deadline": write_at(draft.deadline),
        "is_emergency": draft.is_emergency,
        "is_listed": draft.is_listed,
        "items": [
            {
                "kind": each.kind,
                "value": each.value,
                "extract": each.extract.strip()[:_EXTRACT_CHARS_MAX],
                "demand": each.demand.strip(),
            }
            for each in draft.items
        ],
    }


def _check_draft(draft: Draft, now: datetime) -> None:
    for name in ("recipient", "demand", "redress"):
        if not getattr(draft, name).strip():
            raise OrderRefused(name)
    check_deadline(deadline=draft.deadline, now=now, is_emergency=draft.is_emergency)


def _check_items(ruling: SubjectDecision, items: Iterable[NewItem]) -> None:
    decided = set(ruling.actions.values_list("subject__kind", "subject__value"))
    told = list(items)
    if not told or not {(each.kind, each.value) for each in told} <= decided:
        raise OrderRefused("items")
    if not all(each.extract.strip() for each in told):
        raise OrderRefused("extract")
    values = [value for _, value in decided]
    for words in _list_tips(ruling):
        if any(quotes(each.extract, words, besides=values) for each in told):
            raise OrderRefused("quotes")


def _list_tips(ruling: SubjectDecision) -> list[str]:
    cited = [each.partition(":") for each in ruling.evidence]
    numbers = {int(number) for kind, _, number in cited if kind == "report"}
    if ruling.case_id:
        places = CaseReport.objects.filter(case=ruling.case_id)
        numbers |= set(places.values_list("report", flat=True))
    rows = Report.objects.filter(leaf_index__in=numbers)
    return list(rows.values_list("text", flat=True))


__all__ = [
    "Draft",
    "NewItem",
    "OrderRefused",
    "OrderUnknown",
    "RulingUnknown",
    "draft_order",
    "revise_order",
]
