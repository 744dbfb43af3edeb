"""Make and alter agencies and officers; a changed role ends the officer's sessions at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.duties import Action, Actor, Role, check_may, check_may_staff
from tipline.domain.values import region_contains
from tipline.store.models import Agency, Officer
from tipline.store.record import record


class StaffRefused(ValueError):
    """This cannot be made so; ``field`` and ``why`` ("taken", "unknown", "missing") name the fault."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class NewAgency(Struct, frozen=True, kw_only=True):
    """An agency to be made or altered; ``region`` is a GB/T 2260 code."""

    code: str
    name_en: str
    name_zh: str
    region: str


class NewOfficer(Struct, frozen=True, kw_only=True):
    """An officer to be made; ``password`` is plain here and nowhere else."""

    username: str
    display_name: str
    role: Role
    region: str
    agency: str
    language: str = ""
    password: str = ""
    must_change_password: bool = False


class Post(Struct, frozen=True, kw_only=True):
    """What an officer is employed as, and where."""

    role: Role
    region: str
    agency: str


@transaction.atomic
def make_agency(*, agency: NewAgency, by: Actor | None, now: datetime) -> None:
    """Make an agency; ``by`` is None for the operator's command line.

    Raises:
        NotAllowed: ``by`` does not manage agencies.
        StaffRefused: the code is taken, or a field is missing or unknown.

    """
    _check_may_agencies(by)
    _check_agency(agency)
    if Agency.objects.filter(code=agency.code).exists():
        raise StaffRefused("code", "taken")
    Agency.objects.create(**_describe(agency))
    record(
        kind="agency.made",
        subject=f"agency:{agency.code}",
        by=_id(by),
        now=now,
        body=_describe(agency),
    )


@transaction.atomic
def alter_agency(*, agency: NewAgency, by: Actor | None, now: datetime) -> None:
    """Give an agency other names or another region.

    Raises:
        NotAllowed, StaffRefused: as for ``make_agency``.

    """
    _check_may_agencies(by)
    _check_agency(agency)
    if not Agency.objects.filter(code=agency.code).update(**_describe(agency)):
        raise StaffRefused("code", "unknown")
    record(
        kind="agency.altered",
        subject=f"agency:{agency.code}",
        by=_id(by),
        now=now,
        body=_describe(agency),
    )


@transaction.atomic
def make_officer(*, officer: NewOfficer, by: Actor | None, now: datetime, reason: str = "") -> int:
    """Make an officer; returns their id. Without a password they cannot log in.

    Raises:
        NotAllowed: ``by`` may not give this role.
        StaffRefused: the name is taken, or a field is missing or unknown.

    """
    if by is not None:
        check_may_staff(by, officer=None, role=officer.role, reason=reason)
    _check_name(officer)
    _check_post(Post(role=officer.role, region=officer.region, agency=officer.agency))
    made = Officer(
        username=officer.username,
        display_name=officer.display_name,
        role=officer.role.value,
        region=officer.region,
        agency_id=officer.agency,
        language=officer.language,
        must_change_password=officer.must_change_password,
    )
    made.set_password(officer.password or None)
    made.save()
    body = {**_describe_officer(made), "reason": reason}
    record(kind="staff.made", subject=f"officer:{made.pk}", by=_id(by), now=now, body=body)
    return int(made.pk)


@transaction.atomic
def change_role(
    *, officer: int, post: Post, by: Actor | None, now: datetime, reason: str = ""
) -> None:
    """Give an officer another role, region or agency; all their sessions end.

    Raises:
        NotAllowed: ``by`` may not give this role, or the officer is ``by``.
        StaffRefused: no such officer or agency.

    """
    row = _lock_officer(officer)
    if by is not None:
        check_may_staff(by, officer=officer, role=post.role, reason=reason)
    _check_post(post)
    row.role, row.region, row.agency_id = post.role.value, post.region, post.agency
    _save_altered(row, by=by, now=now, reason=reason)


@transaction.atomic
def deactivate(*, officer: int, by: Actor | None, now: datetime, reason: str = "") -> None:
    """Shut an officer out; all their sessions end.

    Raises:
        NotAllowed: ``by`` does not manage staff, or the officer is ``by``.
        StaffRefused: no such officer.

    """
    row = _lock_alterable(officer, by, reason)
    row.is_active = False
    _save_altered(row, by=by, now=now, reason=reason)


@transaction.atomic
def reactivate(*, officer: int, by: Actor | None, now: datetime, reason: str = "") -> None:
    """Let an officer in again.

    Raises:
        NotAllowed, StaffRefused: as for ``deactivate``.

    """
    row = _lock_alterable(officer, by, reason)
    row.is_active = True
    _save_altered(row, by=by, now=now, reason=reason)


@transaction.atomic
def set_password(
    *, officer: int, password: str, by: Actor | None, now: datetime, must_change: bool = False
) -> None:
    """Give an officer a password, one's own or as an administrator; all their sessions end.

    Raises:
        NotAllowed: ``by`` is another officer and does not manage staff.
        StaffRefused: no such officer, or no password.

    """
    row = _lock_officer(officer)
    if by is not None and by.id != officer:
        check_may_staff(by, officer=officer, role=Role(row.role), reason="password")
    if not password:
        raise StaffRefused("password", "missing")
    row.set_password(password)
    row.must_change_password = must_change
    _save_altered(row, by=by, now=now, reason="password")


def set_language(*, officer: int, language: str) -> None:
    """Remember the language that an officer reads the desk in."""
    Officer.objects.filter(id=officer).update(language=language)


def _save_altered(row: Officer, *, by: Actor | None, now: datetime, reason: str) -> None:
    row.session_epoch += 1
    row.save()
    body = {**_describe_officer(row), "reason": reason}
    record(kind="staff.altered", subject=f"officer:{row.pk}", by=_id(by), now=now, body=body)


def _lock_officer(officer: int) -> Officer:
    # No key: an officer who decides something meanwhile must not wait for this, nor this for them.
    row = Officer.objects.select_for_update(no_key=True).filter(id=officer).first()
    if row is None:
        raise StaffRefused("officer", "unknown")
    return row


def _lock_alterable(officer: int, by: Actor | None, reason: str) -> Officer:
    row = _lock_officer(officer)
    if by is not None:
        check_may_staff(by, officer=officer, role=Role(row.role), reason=reason)
    return row


def _check_may_agencies(by: Actor | None) -> None:
    if by is not None:
        check_may(by, Action.MANAGE_AGENCIES)


def _check_agency(agency: NewAgency) -> None:
    for field in ("code", "name_en", "name_zh"):
        if not getattr(agency, field).strip():
            raise StaffRefused(field, "missing")
    _check_region(agency.region)


def _check_name(officer: NewOfficer) -> None:
    if not officer.username.strip():
        raise StaffRefused("username", "missing")
    if Officer.objects.filter(username__iexact=officer.username).exists():
        raise StaffRefused("username", "taken")


def _check_post(post: Post) -> None:
    _check_region(post.region)
    if not Agency.objects.filter(code=post.agency).exists():
        raise StaffRefused("agency", "unknown")


def _check_region(region: str) -> None:
    if not region_contains(region, region):
        raise StaffRefused("region", "unknown")


def _describe(agency: NewAgency) -> dict[str, Any]:
    return {name: getattr(agency, name) for name in agency.__struct_fields__}


def _describe_officer(row: Officer) -> dict[str, Any]:
    return {
        "username": row.username,
        "display_name": row.display_name,
        "role": row.role,
        "region": row.region,
        "agency": row.agency_id,
        "language": row.language,
        "is_active": row.is_active,
    }


def _id(by: Actor | None) -> int | None:
    return by.id if by else None
