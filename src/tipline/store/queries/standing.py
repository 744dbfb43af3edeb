"""Decisions and orders as the table of duties sees them; scope is checked on the row itself."""

from typing import TypedDict

from django.db.models import Q, QuerySet

from tipline.domain.disposal.measures import ActionState
from tipline.domain.duties import Action, Actor, NotAllowed, Scope, check_may, find_grant, may
from tipline.domain.values import EVERYWHERE, region_contains
from tipline.store.models import Case, Handling, Order, SubjectDecision


class OrderUnknown(LookupError):
    """There is no such order, or the actor may not know of it."""


class RulingUnknown(LookupError):
    """There is no such decision on subjects, or the actor may not know of it."""


class Reach(TypedDict):
    """Region and holders of a thing, as ``duties`` asks for them."""

    region: str
    assigned_to: frozenset[int]


def reach_order(order: Order) -> Reach:
    """Where an order is carried out, and who has it in hand."""
    holders = {order.drafted_by_id, order.decision.by_id}
    return Reach(region=order.region, assigned_to=frozenset(holders | _lead(order.case)))


def reach_ruling(ruling: SubjectDecision) -> Reach:
    """Where a decision on subjects was made, and who has it in hand."""
    holders = {ruling.by_id} | _lead(ruling.case)
    return Reach(region=ruling.region, assigned_to=frozenset(holders))


def lock_order(*, actor: Actor, action: Action, order: int) -> Order:
    """Give an order to be changed, if ``actor`` may do ``action`` to it.

    Raises:
        OrderUnknown: there is none, or the actor may not read it either.
        NotAllowed: with ``why``.

    """
    row = lock_any_order(order=order)
    check_order(actor=actor, action=action, order=row)
    return row


def check_order(*, actor: Actor, action: Action, order: Order) -> None:
    """Refuse unless ``actor`` may do ``action`` to the order.

    Raises:
        OrderUnknown, NotAllowed: as for ``lock_order``.

    """
    reach = reach_order(order)
    if not may(actor, Action.READ_ORDERS, **reach):
        raise OrderUnknown(order.pk)
    check_may(actor, action, **reach)


def lock_any_order(*, order: int) -> Order:
    """Give an order to be changed by the machine, which asks nobody's leave.

    Raises:
        OrderUnknown: there is none.

    """
    rows = Order.objects.select_related("decision", "case", "agency", "executor")
    row = rows.select_for_update(of=("self",)).filter(event=order).first()
    if row is None:
        raise OrderUnknown(order)
    return row


def find_ruling(*, actor: Actor, action: Action, ruling: int) -> SubjectDecision:
    """Give a decision on subjects, if ``actor`` may do ``action`` to it.

    Raises:
        RulingUnknown: there is none, or the actor may not read it either.
        NotAllowed: with ``why``.

    """
    rows = SubjectDecision.objects.select_related("case", "agency")
    row: SubjectDecision | None = rows.filter(event=ruling).first()
    if row is None or not may(actor, Action.READ_SUBJECTS, **reach_ruling(row)):
        raise RulingUnknown(ruling)
    check_may(actor, action, **reach_ruling(row))
    return row


def ruling_holds(ruling: SubjectDecision) -> bool:
    """Tell whether a decision still has effect: not overridden, and not all of it undone."""
    if SubjectDecision.objects.filter(overrides=ruling).exists():
        return False
    return ruling.actions.exclude(state=ActionState.REVERSED.value).exists()


def reach_evidence(
    *, case: Case | None, reports: list[int], askers: frozenset[int], by: Actor
) -> Reach:
    """Where a new decision belongs: to its case, else to the reports that it cites, else to ``by``.

    ``askers`` asked for the inspections that it cites.
    """
    if case is not None:
        return Reach(region=case.region, assigned_to=frozenset(_lead(case)))
    rows = Handling.objects.filter(report__in=reports).order_by("report_id")
    held = [({row.assigned_to_id, row.claimed_by_id}, row.region) for row in rows]
    if not held:
        return Reach(region=by.region, assigned_to=askers)
    holders = frozenset.intersection(
        *(frozenset(each for each in ids if each is not None) for ids, _ in held)
    )
    return Reach(region=_join_regions({region for _, region in held}), assigned_to=holders)


def limit_orders(*, actor: Actor) -> QuerySet[Order]:
    """Orders that ``actor`` may read, newest first.

    Raises:
        NotAllowed: the role reads none.

    """
    rows = Order.objects.select_related("decision", "case", "agency", "executor")
    mine = Q(drafted_by=actor.id) | Q(decision__by=actor.id) | Q(case__lead=actor.id)
    return rows.filter(_limit(actor, Action.READ_ORDERS, mine))


def limit_rulings(*, actor: Actor) -> QuerySet[SubjectDecision]:
    """Decisions on subjects that ``actor`` may read, oldest first.

    Raises:
        NotAllowed: the role reads none.

    """
    rows = SubjectDecision.objects.select_related("case", "agency", "by")
    mine = Q(by=actor.id) | Q(case__lead=actor.id)
    return rows.filter(_limit(actor, Action.READ_SUBJECTS, mine))


def _limit(actor: Actor, action: Action, mine: Q) -> Q:
    grant = find_grant(actor, action)
    if grant is None:
        raise NotAllowed(action, "role")
    if grant.scope is Scope.ALL:
        return Q()
    return mine if grant.scope in {Scope.CASE, Scope.OWN} else _lie_in(actor.region)


def _lie_in(region: str) -> Q:
    if region == EVERYWHERE:
        return Q()
    if not region_contains(region, region):
        return Q(pk__in=[])
    stem = region.rstrip("0") if region.endswith("00") else region
    stem += "0" * (len(stem) % 2)
    return Q(region__startswith=stem)


def _lead(case: Case | None) -> set[int]:
    return {case.lead_id} if case is not None and case.lead_id is not None else set()


def _join_regions(regions: set[str]) -> str:
    """Smallest region that holds all."""
    first = min(regions)
    for outer in (first, f"{first[:4]}00", f"{first[:2]}0000"):
        if all(region_contains(outer, each) for each in regions):
            return outer
    return EVERYWHERE
