"""What the desk shows of decisions on subjects, and of one subject with all that befell it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from tipline.domain.disposal.measures import ActionState
from tipline.domain.duties import Action, Actor, may
from tipline.store.models import Finding, Order, Subject, SubjectAction, SubjectDecision
from tipline.store.queries.standing import (
    RulingUnknown,
    find_ruling,
    limit_rulings,
    reach_ruling,
    ruling_holds,
)

SHOWN = 200


class SubjectUnknown(LookupError):
    """There is no such subject, or nothing that the actor may read was decided about it."""


class RulingRow(Struct, frozen=True, kw_only=True):
    """One decision on subjects; ``counts`` tells how many actions stand in which state."""

    id: int
    at: datetime
    by_name: str
    measure: str
    offences: tuple[str, ...]
    first: str
    subjects: int
    counts: tuple[tuple[str, int], ...]
    region: str
    is_overridden: bool


class ActionRow(Struct, frozen=True, kw_only=True):
    """One action on one subject."""

    id: int
    subject: int
    kind: str
    value: str
    state: ActionState
    why: str
    reason: str
    at: datetime | None


class RulingPage(Struct, frozen=True, kw_only=True):
    """A decision with its actions; ``acts`` are what the reader may do by the table of duties."""

    id: int
    at: datetime
    by: int
    by_name: str
    role: str
    measure: str
    offences: tuple[str, ...]
    evidence: tuple[str, ...]
    provision: str
    facts: str
    automation: str
    expires_at: datetime | None
    case: str
    region: str
    overrides: int | None
    overridden_by: int | None
    holds: bool
    actions: tuple[ActionRow, ...]
    orders: tuple[tuple[int, str, str], ...]
    acts: frozenset[Action]


class SubjectPage(Struct, frozen=True, kw_only=True):
    """A subject and every decision about it that the reader may read, newest first."""

    id: int
    kind: str
    value: str
    rulings: tuple[tuple[RulingRow, ActionRow], ...]
    orders: tuple[tuple[int, str, str], ...]


def list_rulings(*, actor: Actor, state: str = "") -> tuple[RulingRow, ...]:
    """Give the newest decisions on subjects; ``state`` is that of an action, or nothing.

    Raises:
        NotAllowed: the role reads none.

    """
    rows = limit_rulings(actor=actor)
    if state:
        rows = rows.filter(event__in=SubjectAction.objects.filter(state=state).values("decision"))
    return tuple(_read_row(row) for row in rows.order_by("-event")[:SHOWN])


def get_ruling(*, actor: Actor, ruling: int) -> RulingPage:
    """Give one decision with its actions.

    Raises:
        RulingUnknown: there is none, or the actor may not read it.

    """
    row = find_ruling(actor=actor, action=Action.READ_SUBJECTS, ruling=ruling)
    later = SubjectDecision.objects.filter(overrides=row).values_list("event", flat=True).first()
    reach = reach_ruling(row)
    return RulingPage(
        id=row.event,
        at=row.at,
        by=row.by_id,
        by_name=row.by.get_full_name(),
        role=row.role,
        measure=row.measure,
        offences=tuple(row.offences),
        evidence=tuple(row.evidence),
        provision=row.provision,
        facts=row.facts,
        automation=row.automation,
        expires_at=row.expires_at,
        case=row.case.number if row.case else "",
        region=row.region,
        overrides=row.overrides_id,
        overridden_by=later,
        holds=ruling_holds(row),
        actions=tuple(_read_action(each) for each in row.actions.select_related("subject")),
        orders=tuple(
            _list_orders(Order.objects.filter(decision=row).values_list("event", flat=True))
        ),
        acts=frozenset(action for action in Action if may(actor, action, **reach)),
    )


def get_subject(*, actor: Actor, subject: int) -> SubjectPage:
    """Give a subject with all that was decided about it.

    Raises:
        SubjectUnknown: there is none, or nothing about it that the actor may read.
        NotAllowed: the role reads none.

    """
    row = Subject.objects.filter(pk=subject).first()
    rulings = {
        each.event: each for each in limit_rulings(actor=actor).filter(actions__subject=subject)
    }
    if row is None or not rulings:
        raise SubjectUnknown(subject)
    actions = SubjectAction.objects.filter(subject=subject, decision__in=rulings)
    named = actions.select_related("subject").order_by("-id")
    orders = Order.objects.filter(items__subject=subject, decision__in=rulings)
    return SubjectPage(
        id=row.pk,
        kind=row.kind,
        value=row.value,
        rulings=tuple((_read_row(rulings[each.decision_id]), _read_action(each)) for each in named),
        orders=tuple(_list_orders(orders.values_list("event", flat=True))),
    )


def list_excerpts(*, ruling: int) -> dict[tuple[str, str], str]:
    """Give what the cited inspections found of each subject of a decision, to begin an order with."""
    row = SubjectDecision.objects.filter(event=ruling).first()
    if row is None:
        raise RulingUnknown(ruling)
    cited = [each.partition(":") for each in row.evidence]
    looks = [int(number) for kind, _, number in cited if kind == "inspection"]
    ids = [int(number) for kind, _, number in cited if kind == "finding"]
    found = Finding.objects.filter(inspection__in=looks) | Finding.objects.filter(pk__in=ids)
    told: dict[tuple[str, str], str] = {}
    for each in found.exclude(excerpt="").select_related("subject").order_by("-pk"):
        if each.subject:
            told[each.subject.kind, each.subject.value] = each.excerpt
        told["", each.url] = each.excerpt
    return told


def _list_orders(orders: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    rows = Order.objects.filter(event__in=orders).distinct()
    for event, number, state in rows.values_list("event", "number", "state"):
        yield event, number or "", state


def _read_row(row: SubjectDecision) -> RulingRow:
    actions = list(row.actions.values_list("state", "subject__value"))
    states = [state for state, _ in actions]
    return RulingRow(
        id=row.event,
        at=row.at,
        by_name=row.by.get_full_name(),
        measure=row.measure,
        offences=tuple(row.offences),
        first=actions[0][1] if actions else "",
        subjects=len(actions),
        counts=tuple((each.value, states.count(each)) for each in ActionState if each in states),
        region=row.region,
        is_overridden=SubjectDecision.objects.filter(overrides=row).exists(),
    )


def _read_action(row: SubjectAction) -> ActionRow:
    return ActionRow(
        id=row.pk,
        subject=row.subject_id,
        kind=row.subject.kind,
        value=row.subject.value,
        state=ActionState(row.state),
        why=row.why,
        reason=row.reason,
        at=row.reversed_at or row.done_at or row.confirmed_at,
    )
