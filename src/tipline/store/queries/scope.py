"""Which reports an officer's role lets them list: the table of duties as a database filter."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import Q

from tipline.domain.duties import Action, Actor, NotAllowed, Scope, find_grant
from tipline.domain.values import EVERYWHERE, region_contains


def limit_to(*, actor: Actor, action: Action, now: datetime) -> Q:
    """Filter of ``Handling`` rows that ``actor``'s grant for ``action`` reaches.

    Raises:
        NotAllowed: the role has no such grant.

    """
    grant = find_grant(actor, action)
    if grant is None:
        raise NotAllowed(action, "role")
    return _LIMITS[grant.scope](actor, now)


def lie_in(region: str) -> Q:
    """Filter of rows whose region is ``region`` or lies in it; nothing for what is no region."""
    if region == EVERYWHERE:
        return Q()
    if not region_contains(region, region):
        return Q(pk__in=[])
    if region.endswith("0000"):
        return Q(province=region[:2])
    if region.endswith("00"):
        return Q(province=region[:2], region__range=(region, f"{region[:4]}99"))
    return Q(province=region[:2], region=region)


def be_held_by(officer: int, now: datetime) -> Q:
    """Filter of rows that the officer has claimed or been assigned."""
    return Q(assigned_to=officer) | Q(claimed_by=officer, claimed_until__gt=now)


def be_free(now: datetime) -> Q:
    """Filter of rows that nobody has claimed."""
    return Q(claimed_until=None) | Q(claimed_until__lte=now)


_LIMITS: Mapping[Scope, Callable[[Actor, datetime], Q]] = {
    Scope.OWN: lambda actor, now: be_held_by(actor.id, now),
    Scope.CASE: lambda actor, now: be_held_by(actor.id, now),
    Scope.REGION: lambda actor, _now: lie_in(actor.region),
    Scope.ALL: lambda _actor, _now: Q(),
}
