from datetime import UTC, datetime

import pytest

from tipline.domain.duties import Role
from tipline.interfaces.cli import officers
from tipline.services import staff
from tipline.services.staff import deactivate

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_officer_is_added_with_a_first_password() -> None:
    officers.add_officer(
        name="chief", role="administrator", region="500000", password="first word", now=NOON
    )

    made = staff.Officer.objects.get(username="chief")
    assert made.check_password("first word")
    assert made.must_change_password
    assert (made.role, made.region) == ("administrator", "500000")


@pytest.mark.django_db
def test_a_name_that_is_taken_or_unknown_is_refused() -> None:
    given = {"role": "analyst", "region": "500000", "password": "x", "now": NOON}
    officers.add_officer(name="one", **given)

    with pytest.raises(staff.StaffRefused, match="taken"):
        officers.add_officer(name="one", **given)
    with pytest.raises(staff.StaffRefused, match="unknown"):
        officers.renew_password(name="nobody", password="x", now=NOON)


@pytest.mark.django_db
def test_a_new_password_lets_an_officer_in_again() -> None:
    officers.add_officer(name="one", role="analyst", region="500000", password="old", now=NOON)
    row = staff.Officer.objects.get(username="one")
    deactivate(officer=row.pk, by=None, now=NOON, reason="left")

    officers.renew_password(name="one", password="new", now=NOON)

    row.refresh_from_db()
    assert row.is_active
    assert row.check_password("new")


@pytest.mark.django_db
def test_the_demonstration_has_one_officer_of_each_kind() -> None:
    first = officers.make_demo_staff(now=NOON, password="demo word")

    assert first.role == Role.INTAKE_OFFICER
    assert staff.Officer.objects.count() == len(officers.DEMO_STAFF)
