"""One check of the table of duties for page, button and service: default deny."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tipline.domain.duties.table import GRANTS, Action, Grant, Role, Scope
from tipline.domain.values import region_contains
from tipline.domain.words import gettext_noop


class Actor(Struct, frozen=True):
    """An officer as the table sees them; ``region`` and ``agency`` are region-like codes."""

    id: int
    role: Role
    region: str
    agency: str = ""


WHY_NOT: Mapping[str, str] = {
    "role": gettext_noop("Your role does not include this."),
    "region": gettext_noop("This belongs to another region."),
    "case": gettext_noop("This is not assigned to you."),
    "own": gettext_noop("You may see only what you did yourself."),
    "decided": gettext_noop("The report is decided; this can no longer be done."),
    "reason": gettext_noop("Write down why you need this. Your reason is kept."),
    "self": gettext_noop("Nobody may change their own role or rights."),
}


class NotAllowed(Exception):
    """The actor may not do this; ``why`` is a key of ``WHY_NOT``."""

    def __init__(self, action: Action, why: str) -> None:
        super().__init__(f"{action.value}: {why}")
        self.action, self.why = action, why

    @property
    def message(self) -> str:
        """Message id to show."""
        return WHY_NOT[self.why]


class Thing(Struct, frozen=True):
    """What the actor reaches for, as loaded, never as the address of the page named it."""

    region: str = ""
    holders: frozenset[int] = frozenset()
    owner: int | None = None
    is_decided: bool = False


def _reaches_own(actor: Actor, thing: Thing) -> bool:
    return thing.owner is not None and thing.owner == actor.id


def _reaches_region(actor: Actor, thing: Thing) -> bool:
    return region_contains(actor.region, thing.region)


def _reaches_case(actor: Actor, thing: Thing) -> bool:
    return actor.id in thing.holders


def _reaches_all(_actor: Actor, _thing: Thing) -> bool:
    return True


_REACHES = {
    Scope.OWN: _reaches_own,
    Scope.CASE: _reaches_case,
    Scope.REGION: _reaches_region,
    Scope.ALL: _reaches_all,
}


def find_grant(actor: Actor, action: Action) -> Grant | None:
    """Give the cell of the table for this actor's role, or None where it is empty."""
    return GRANTS.get((actor.role, action))


def _find_refusal(actor: Actor, action: Action, thing: Thing, *, reason: str | None) -> str | None:
    grant = find_grant(actor, action)
    if grant is None:
        return "role"
    if not _REACHES[grant.scope](actor, thing):
        return grant.scope.value
    if thing.is_decided and not grant.survives_decision:
        return "decided"
    if grant.needs_reason and reason is not None and not reason.strip():
        return "reason"
    return None


def check_may(
    actor: Actor,
    action: Action,
    *,
    region: str = "",
    assigned_to: int | frozenset[int] | None = None,
    owner: int | None = None,
    is_decided: bool = False,
    reason: str = "",
) -> None:
    """Refuse unless ``actor`` may do ``action`` to the thing described.

    ``assigned_to`` is who holds it (assigned or claimed; one id or several), ``owner`` whose record
    it is, ``reason`` what the actor wrote down where the table asks for a reason.

    Raises:
        NotAllowed: with ``why`` telling which part was missing.

    """
    thing = Thing(region=region, holders=_holders(assigned_to), owner=owner, is_decided=is_decided)
    why = _find_refusal(actor, action, thing, reason=reason)
    if why is not None:
        raise NotAllowed(action, why)


def may(
    actor: Actor,
    action: Action,
    *,
    region: str = "",
    assigned_to: int | frozenset[int] | None = None,
    owner: int | None = None,
    is_decided: bool = False,
) -> bool:
    """Tell whether ``actor`` may do this, supposing that a reason is written where one is needed."""
    thing = Thing(region=region, holders=_holders(assigned_to), owner=owner, is_decided=is_decided)
    return _find_refusal(actor, action, thing, reason=None) is None


def may_anywhere(actor: Actor, action: Action) -> bool:
    """Tell whether the role has any grant for ``action``: for menus, never for a thing."""
    return find_grant(actor, action) is not None


def check_may_anywhere(actor: Actor, action: Action) -> None:
    """Refuse unless the role has any grant for ``action``: for whole pages, never for a thing.

    Raises:
        NotAllowed: the cell is empty.

    """
    if not may_anywhere(actor, action):
        raise NotAllowed(action, "role")


def check_may_staff(actor: Actor, *, officer: int | None, role: Role, reason: str = "") -> None:
    """Refuse unless ``actor`` may give ``officer`` (None: a new one) the ``role``.

    Nobody alters their own account, and the roles that watch over others ask for a reason.

    Raises:
        NotAllowed: with ``why`` role, self or reason.

    """
    check_may(actor, Action.MANAGE_STAFF)
    if officer == actor.id:
        raise NotAllowed(Action.MANAGE_STAFF, "self")
    if role in {Role.AUDITOR, Role.LEGAL_OFFICER}:
        check_may(actor, Action.GRANT_OVERSIGHT, reason=reason)


def list_grants(role: Role) -> Iterator[tuple[Action, Grant]]:
    """All that ``role`` may do, in the order of the table."""
    return ((action, GRANTS[role, action]) for action in Action if (role, action) in GRANTS)


def _holders(assigned_to: int | frozenset[int] | None) -> frozenset[int]:
    if assigned_to is None:
        return frozenset()
    return frozenset({assigned_to}) if isinstance(assigned_to, int) else assigned_to
