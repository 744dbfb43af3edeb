"""Officers and agencies, for pages that manage or choose them."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Action, Actor, Role, check_may_anywhere, may
from tipline.domain.values import region_contains
from tipline.store.models import Agency, Officer
from tipline.store.queries.access import check_access


class AgencyRow(Struct, frozen=True, kw_only=True):
    """An agency."""

    code: str
    name_en: str
    name_zh: str
    region: str


class OfficerRow(Struct, frozen=True, kw_only=True):
    """An officer."""

    id: int
    username: str
    display_name: str
    role: Role
    region: str
    agency: str
    language: str
    is_active: bool
    last_login: datetime | None


def list_agencies() -> tuple[AgencyRow, ...]:
    """Give all agencies by code."""
    return tuple(
        AgencyRow(code=row.code, name_en=row.name_en, name_zh=row.name_zh, region=row.region)
        for row in Agency.objects.order_by("code")
    )


def list_officers(*, actor: Actor) -> tuple[OfficerRow, ...]:
    """Give the officers that ``actor`` may know of.

    Raises:
        NotAllowed: the actor's role reads no staff.

    """
    check_may_anywhere(actor, Action.READ_STAFF)
    rows = map(_read, Officer.objects.order_by("username"))
    return tuple(row for row in rows if may(actor, Action.READ_STAFF, region=row.region))


def get_officer(*, officer: int) -> OfficerRow | None:
    """Give one officer."""
    row = Officer.objects.filter(id=officer).first()
    return _read(row) if row else None


def find_officer(*, username: str) -> int | None:
    """The id of the officer who signs in by this name."""
    return Officer.objects.filter(username=username).values_list("id", flat=True).first()


def list_assignable(*, actor: Actor, report: int, now: datetime) -> tuple[OfficerRow, ...]:
    """Give the active officers to whom ``actor`` may assign ``report``.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``actor`` do not reach it.

    """
    access = check_access(actor=actor, action=Action.ASSIGN_REPORT, report=report, now=now)
    return tuple(
        _read(row)
        for row in Officer.objects.filter(is_active=True).order_by("username")
        if may(row.actor, Action.DECIDE_REPORT, region=access.region, assigned_to=row.pk)
        and region_contains(actor.region, row.region)
    )


def list_serving(*, region: str) -> tuple[OfficerRow, ...]:
    """Give the active officers whose region holds ``region``."""
    rows = Officer.objects.filter(is_active=True).order_by("username")
    return tuple(_read(row) for row in rows if region_contains(row.region, region))


def _read(row: Officer) -> OfficerRow:
    return OfficerRow(
        id=row.pk,
        username=row.username,
        display_name=row.get_full_name(),
        role=Role(row.role),
        region=row.region,
        agency=row.agency_id,
        language=row.language,
        is_active=row.is_active,
        last_login=row.last_login,
    )
