"""Officers made from the command line: the first ones, and those of the demonstration."""

import datetime as dt

from tipline.domain.duties import Actor, Role
from tipline.services.staff import (
    NewAgency,
    NewOfficer,
    StaffRefused,
    make_agency,
    make_officer,
    reactivate,
    set_password,
)
from tipline.store.queries.staff import find_officer

__all__ = ["StaffRefused", "add_officer", "make_demo_staff"]

# Who works in the demonstration: name, display name, role, region.
DEMO_STAFF = (
    ("intake", "Intake officer 受理员", Role.INTAKE_OFFICER, "000000"),
    ("analyst", "Analyst 研判员", Role.ANALYST, "000000"),
    ("lead", "Regional lead 地区负责人", Role.REGIONAL_LEAD, "000000"),
    ("chongqing", "Intake officer, Chongqing 重庆受理员", Role.INTAKE_OFFICER, "500000"),
    ("auditor", "Auditor 审计员", Role.AUDITOR, "000000"),
    ("admin", "Administrator 管理员", Role.ADMINISTRATOR, "000000"),
)
AGENCIES = (
    ("000000", "National hotline", "全国举报中心"),
    ("500000", "Chongqing hotline", "重庆举报中心"),
)


def add_officer(*, name: str, role: str, region: str, password: str, now: dt.datetime) -> None:
    """Add an officer of the agency of ``region``, which is made where there is none.

    Raises:
        StaffRefused: the name is taken, or role or region is unknown.

    """
    _make_agency((region, f"Agency {region}", f"{region} 单位"), now)
    officer = NewOfficer(
        username=name, display_name=name, role=Role(role), region=region, agency=region,
        password=password, must_change_password=True,
    )  # fmt: skip
    make_officer(officer=officer, by=None, now=now)


def renew_password(*, name: str, password: str, now: dt.datetime) -> None:
    """Let the officer ``name`` in again, by a password to be changed at the next sign-in.

    Raises:
        StaffRefused: there is no officer of that name.

    """
    found = find_officer(username=name)
    if found is None:
        raise StaffRefused("name", "unknown")
    set_password(officer=found, password=password, by=None, now=now, must_change=True)
    reactivate(officer=found, by=None, now=now, reason="password")


def make_demo_staff(*, now: dt.datetime, password: str) -> Actor:
    """Make the demonstration's officers; returns the one who works first.

    Raises:
        StaffRefused: they are there already.

    """
    for agency in AGENCIES:
        _make_agency(agency, now)
    made = [
        make_officer(
            officer=NewOfficer(
                username=name, display_name=display, role=role, region=region, agency=region,
                password=password,
            ),
            by=None,
            now=now,
        )
        for name, display, role, region in DEMO_STAFF
    ]  # fmt: skip
    _, _, role, region = DEMO_STAFF[0]
    return Actor(id=made[0], role=role, region=region, agency=region)


def _make_agency(agency: tuple[str, str, str], now: dt.datetime) -> None:
    code, name_en, name_zh = agency
    try:
        new = NewAgency(code=code, name_en=name_en, name_zh=name_zh, region=code)
        make_agency(agency=new, by=None, now=now)
    except StaffRefused as refused:
        if refused.why != "taken":
            raise
