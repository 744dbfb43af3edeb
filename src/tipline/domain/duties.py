"""Who may do what: one table, default deny, one check for page and button.

A row is an action, a cell is a grant: how far it reaches, whether it asks for a written reason, and
whether it still holds once the report is decided. What is not in the table is denied.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from tipline.domain.values import region_contains
from tipline.domain.words import gettext_noop


class Role(StrEnum):
    """What an officer is employed as; an officer has one role at a time."""

    INTAKE_OFFICER = "intake_officer"
    ANALYST = "analyst"
    REGIONAL_LEAD = "regional_lead"
    LEGAL_OFFICER = "legal_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.INTAKE_OFFICER: gettext_noop("intake officer"),
    Role.ANALYST: gettext_noop("analyst"),
    Role.REGIONAL_LEAD: gettext_noop("regional lead"),
    Role.LEGAL_OFFICER: gettext_noop("legal officer"),
    Role.AUDITOR: gettext_noop("auditor"),
    Role.ADMINISTRATOR: gettext_noop("administrator"),
}


class Action(StrEnum):
    """What can be done at the desk."""

    READ_QUEUE = "read_queue"
    CLAIM_REPORT = "claim_report"
    RELEASE_REPORT = "release_report"
    ASSIGN_REPORT = "assign_report"
    ROUTE_REPORT = "route_report"
    READ_REPORT = "read_report"
    READ_FILES = "read_files"
    READ_CONTACT = "read_contact"
    NOTE_REPORT = "note_report"
    CLASS_REPORT = "class_report"
    ASK_REPORTER = "ask_reporter"
    DECIDE_REPORT = "decide_report"
    REJECT_OUT_OF_SCOPE = "reject_out_of_scope"
    REVISE_DECISION = "revise_decision"
    READ_AUDIT = "read_audit"
    READ_SYSTEM_AUDIT = "read_system_audit"
    READ_QUARANTINE = "read_quarantine"
    RETRY_STEP = "retry_step"
    READ_STAFF = "read_staff"
    MANAGE_STAFF = "manage_staff"
    GRANT_OVERSIGHT = "grant_oversight"  # make somebody auditor or legal officer
    MANAGE_AGENCIES = "manage_agencies"
    READ_LISTS = "read_lists"
    CORRECT_LISTS = "correct_lists"  # except one subject from every list
    MANAGE_LISTS = "manage_lists"  # bring a whole list, or end it
    READ_MODELS = "read_models"  # which model reads, and how it does


class Scope(StrEnum):
    """How far a grant reaches."""

    OWN = "own"  # what the officer did or holds
    CASE = "case"  # reports assigned to or claimed by the officer
    REGION = "region"  # the officer's region and all within it
    ALL = "all"


class Grant(Struct, frozen=True):
    """One cell of the table."""

    scope: Scope
    needs_reason: bool = False
    survives_decision: bool = False


def _cell(mark: str) -> Grant | None:
    scope, *rest = mark.split("+")  # "case+reason"; "after": also once the report is decided
    if scope == "-":
        return None
    return Grant(Scope(scope), needs_reason="reason" in rest, survives_decision="after" in rest)


_ROWS = """
                    intake_officer       analyst            regional_lead  legal_officer  auditor           administrator
read_queue          region+after         case+after         region+after   case+after     -                 -
claim_report        region               -                  region         -              -                 -
release_report      case                 case               region         case           -                 -
assign_report       -                    -                  region         -              -                 -
route_report        region               -                  region         -              -                 -
read_report         region+after         case+after         region+after   case+after     all+reason+after  -
read_files          region+after         case+after         region+after   case+after     -                 -
read_contact        region+reason+after  case+reason+after  -              -              -                 -
note_report         region+after         case+after         region+after   case+after     -                 -
class_report        region               case               region         -              -                 -
ask_reporter        region               case               region         -              -                 -
decide_report       region               case               region         -              -                 -
reject_out_of_scope region               -                  region         -              -                 -
revise_decision     -                    -                  region+after   -              -                 -
read_audit          own+after            case+after         region+after   all+after      all+after         -
read_system_audit   -                    -                  -              -              all+after         all+after
read_quarantine     -                    -                  -              -              all+after         all+after
retry_step          -                    -                  -              -              -                 all+after
read_staff          -                    -                  region+after   -              all+after         all+after
manage_staff        -                    -                  -              -              -                 all+after
grant_oversight     -                    -                  -              -              -                 all+reason+after
manage_agencies     -                    -                  -              -              -                 all+after
read_lists          -                    all+after          all+after      -              all+after         all+after
correct_lists       -                    all+reason+after   all+reason+after  -           -                 all+reason+after
manage_lists        -                    -                  -              -              -                 all+reason+after
read_models         -                    all+after          all+after      -              all+after         all+after
"""


def _read_rows(rows: str) -> Mapping[tuple[Role, Action], Grant]:
    head, *lines = [line.split() for line in rows.strip().splitlines()]
    roles = [Role(name) for name in head]
    cells = (
        (role, Action(line[0]), _cell(m))
        for line in lines
        for role, m in zip(roles, line[1:], strict=True)
    )
    return {(role, action): grant for role, action, grant in cells if grant}


GRANTS: Mapping[tuple[Role, Action], Grant] = _read_rows(_ROWS)


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
