"""What the public site tells: listed orders with their steps, and statements of reasons.

Nothing of a reporter goes out. A text that repeats a report's words is left out, values that name a
person's account are left out, and no reason, answer or name of an officer or recipient is read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from tipline.domain.disposal.measures import (
    MEASURES,
    ActionState,
    Measure,
    Statement,
    SubjectKind,
    Verdict,
    write_statement,
)
from tipline.domain.disposal.orders import SERVED, OrderState
from tipline.domain.disposal.served import SAID, quotes
from tipline.store.models import CaseReport, Event, Order, Report, SubjectDecision

NAMED = frozenset({SubjectKind.SITE, SubjectKind.APP, SubjectKind.DOWNLOAD})
VOID = frozenset({OrderState.WITHDRAWN, OrderState.LAPSED})  # binds nobody, so it names nobody
STEPS = frozenset(SAID) - {"order.reminded", "extension.refused"} | {
    "order.acknowledged",
    "order.answered",
}
_STANDING = (ActionState.PENDING.value, ActionState.DONE.value)


class PublicStep(Struct, frozen=True, kw_only=True):
    """One thing that happened to an order; ``seq`` is its place in the desk's chain of events."""

    seq: int
    at: datetime
    kind: str
    state: str = ""
    result: str = ""
    deadline: str = ""


class PublicItem(Struct, frozen=True, kw_only=True):
    """One thing to put right; ``value`` is empty where it would name a person's account."""

    kind: str
    value: str
    extract: str
    demand: str
    verdict: str


class PublicOrder(Struct, frozen=True, kw_only=True):
    """One order of the register, as anybody may read it; the newest inspection's ``result``."""

    number: str
    state: OrderState
    since: datetime
    issued_at: datetime
    deadline: datetime
    closed_at: datetime | None
    agency_en: str
    agency_zh: str
    region: str
    is_emergency: bool
    offences: tuple[str, ...]
    provision: str
    demand: str
    result: str
    items: tuple[PublicItem, ...]
    steps: tuple[PublicStep, ...]


class PublicStatement(Struct, frozen=True, kw_only=True):
    """The reasons of one confirmed decision, with the number by which it is cited."""

    id: int
    statement: Statement


def list_listed() -> tuple[PublicOrder, ...]:
    """Give the orders of the public register, the newest first."""
    rows = (
        Order.objects.filter(is_listed=True, state__in=SERVED, number__isnull=False)
        .select_related("decision", "agency", "executor")
        .prefetch_related("items__subject", "decision__actions__subject")
        .order_by("-issued_at", "-event")
    )
    return tuple(_read_order(row) for row in rows)


def list_statements() -> Iterator[PublicStatement]:
    """Give the reasons of decisions that a second person confirmed and that still stand."""
    restricting = [each.value for each in Measure if MEASURES[each].needs_second]
    rows = (
        SubjectDecision.objects.filter(measure__in=restricting, actions__state__in=_STANDING)
        .distinct()
        .prefetch_related("actions__subject")
        .order_by("event")
    )
    for row in rows.iterator(chunk_size=500):
        yield PublicStatement(id=row.event, statement=_state(row))


def _state(row: SubjectDecision) -> Statement:
    standing = [each for each in row.actions.all() if each.state in _STANDING]
    held = [(SubjectKind(each.subject.kind), each.subject.value) for each in standing]
    words = _Words(row)
    return write_statement(
        Verdict(
            measure=Measure(row.measure),
            subjects=tuple((kind, value if kind in NAMED else "") for kind, value in held),
            offences=tuple(row.offences),
            evidence=(),
            facts=words.clear(row.facts),
            provision=words.clear(row.provision),
            automation=row.automation,
            expires_at=row.expires_at,
        ),
        decided_at=row.at,
    )


def _read_order(row: Order) -> PublicOrder:
    agency = row.executor or row.agency
    state = OrderState(row.state)
    words = _Words(row.decision)
    is_void = state in VOID
    if row.number is None or row.issued_at is None:
        raise ValueError(f"order {row.event} is listed without being issued")
    return PublicOrder(
        number=row.number,
        state=state,
        since=row.since,
        issued_at=row.issued_at,
        deadline=row.deadline,
        closed_at=row.closed_at,
        agency_en=agency.name_en,
        agency_zh=agency.name_zh,
        region=row.region,
        is_emergency=row.is_emergency,
        offences=tuple(row.decision.offences),
        provision="" if is_void else words.clear(row.provision),
        demand="" if is_void else words.clear(row.demand),
        result="" if is_void else row.result,
        items=() if is_void else tuple(_list_items(row, words)),
        steps=tuple(_list_steps(row.event)),
    )


def _list_items(row: Order, words: "_Words") -> Iterator[PublicItem]:
    for item in row.items.all():
        is_named = SubjectKind(item.subject.kind) in NAMED
        yield PublicItem(
            kind=item.subject.kind,
            value=item.subject.value if is_named else "",
            extract=words.clear(item.extract) if is_named else "",
            demand=words.clear(item.demand) if is_named else "",
            verdict=item.verdict,
        )


def _list_steps(order: int) -> Iterator[PublicStep]:
    rows = Event.objects.filter(subject=f"order:{order}", kind__in=STEPS).order_by("seq")
    for row in rows:
        body = json.loads(row.body)
        yield PublicStep(
            seq=row.seq,
            at=row.at,
            kind=row.kind,
            state=body.get("state") or "",
            result=body.get("result") or "",
            deadline=body.get("deadline") or "",
        )


class _Words:
    """The words of the reports that a decision came from, which no public text may repeat."""

    def __init__(self, row: SubjectDecision) -> None:
        self._told = _list_tips(row)
        self._values = [each.subject.value for each in row.actions.all()]

    def clear(self, text: str) -> str:
        """Give ``text``, or nothing where it repeats a report."""
        repeats = any(quotes(text, words, besides=self._values) for words in self._told)
        return "" if repeats else text


def _list_tips(row: SubjectDecision) -> Sequence[str]:
    numbers = set(_list_cited(row.evidence))
    if row.case_id:
        numbers |= set(CaseReport.objects.filter(case=row.case_id).values_list("report", flat=True))
    return list(Report.objects.filter(leaf_index__in=numbers).values_list("text", flat=True))


def _list_cited(evidence: Iterable[str]) -> Iterator[int]:
    for kind, _, number in (each.partition(":") for each in evidence):
        if kind == "report":
            yield int(number)
