"""The machine's first reading of a report: identifiers, priority and region, with reasons.

It names no offence. Reading what is written for an offence is the work of rules and models that
learned from real texts; until one is sure, a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from tipline.domain.intake.checking import read_moment
from tipline.domain.intake.subjects import find_kind
from tipline.domain.triage.naming import Named, find_named, list_objects, read_text
from tipline.domain.triage.priority import Priority, Signals, judge_priority
from tipline.domain.triage.routing import Routing, choose_region
from tipline.domain.triage.scan import scan
from tipline.domain.values import EVERYWHERE, Identifier, Money
from tipline.domain.words import Reason

RULES = "2026.1"  # changes whenever the same report could be judged otherwise


class Assessment(Struct, frozen=True, kw_only=True):
    """What the machine read: it sorts and proposes, a person decides.

    ``identifiers`` stand in the text; ``named`` were given in the report's fields. ``offence`` is
    empty while the machine is unsure.
    """

    identifiers: tuple[Identifier, ...]
    named: tuple[Named, ...]
    priority: Priority
    region: str
    reasons: tuple[Reason, ...]
    offence: str = ""
    rules: str = RULES


def assess(
    text: str, details: Mapping[str, Any], now: datetime, *, default_region: str = EVERYWHERE
) -> Assessment:
    """Read a report: its ``text``, and its ``details`` as intake keeps them.

    ``details`` may hold ``subjects``, ``losses``, ``occurred_at``, ``region`` and ``files``; a part
    that cannot be read counts as not given. ``now`` is aware.
    """
    identifiers = scan(text)
    named = tuple(find_named(details))
    every = (*identifiers, *(each.identifier for each in named))
    priority = judge_priority(_read_signals(text=text, details=details, now=now, found=every))
    routing = choose_region(
        reported=read_text(details.get("region")), identifiers=every, default=default_region
    )
    return Assessment(
        identifiers=identifiers,
        named=named,
        priority=priority,
        region=routing.region,
        reasons=_list_reasons(priority, routing),
    )


def _list_reasons(priority: Priority, routing: Routing) -> tuple[Reason, ...]:
    return (*(part.reason for part in priority.parts), routing.reason, Reason("offence.unsure"))


def _read_signals(
    *, text: str, details: Mapping[str, Any], now: datetime, found: Sequence[Identifier]
) -> Signals:
    return Signals(
        text=text,
        losses=tuple(_read_losses(details)),
        occurred_at=read_moment(read_text(details.get("occurred_at"))),
        now=now,
        identifiers=len({(each.kind, each.value) for each in found}),
        has_payment=_names_payment(details, found),
        files=sum(1 for _ in list_objects(details.get("files"))),
    )


def _read_losses(details: Mapping[str, Any]) -> Iterator[Money]:
    for loss in list_objects(details.get("losses")):
        try:
            amount = Decimal(str(loss.get("amount")))
        except InvalidOperation:
            continue
        if amount.is_finite() and amount > 0:
            yield Money(amount, read_text(loss.get("currency")) or "CNY")


def _names_payment(details: Mapping[str, Any], found: Sequence[Identifier]) -> bool:
    kinds = (
        find_kind(read_text(each.get("kind"))) for each in list_objects(details.get("subjects"))
    )
    paid = (read_text(each.get("to")).strip() for each in list_objects(details.get("losses")))
    return "payment" in kinds or any(paid) or any(each.kind == "bank_card" for each in found)
