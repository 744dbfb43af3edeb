"""Officers and agencies: who may make them, and sessions that end at once."""

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.services import staff
from tipline.store.models import Agency, Event, Officer

pytestmark = pytest.mark.django_db
NEW = staff.NewOfficer(
    username="li",
    display_name="Li",
    role=Role.ANALYST,
    region="500000",
    agency="500000",
    password="x" * 14,
)


@pytest.fixture
def keeper(hire):
    return hire(Role.ADMINISTRATOR, region="000000")


@pytest.fixture
def agency(keeper, house):
    made = staff.NewAgency(code="500000", name_en="Chongqing", name_zh="重庆", region="500000")
    staff.make_agency(agency=made, by=keeper, now=house.now)
    return made


def test_an_administrator_makes_an_agency_and_an_officer(house, keeper, agency):
    made = staff.make_officer(officer=NEW, by=keeper, now=house.now)

    row = Officer.objects.get(id=made)
    assert row.check_password("x" * 14)
    assert row.actor.region == "500000"
    event = Event.objects.get(kind="staff.made", subject=f"officer:{made}")
    assert event.by_id == keeper.id
    assert "x" * 14 not in event.body
    assert Agency.objects.get(code="500000").name_zh == "重庆"


def test_a_new_role_ends_all_sessions(house, keeper, agency):
    made = staff.make_officer(officer=NEW, by=keeper, now=house.now)
    before = Officer.objects.get(id=made).get_session_auth_hash()
    post = staff.Post(role=Role.INTAKE_OFFICER, region="500000", agency="500000")

    staff.change_role(officer=made, post=post, by=keeper, now=house.now)

    row = Officer.objects.get(id=made)
    assert row.get_session_auth_hash() != before
    assert (row.role, row.session_epoch) == ("intake_officer", 1)
    assert Event.objects.filter(kind="staff.altered").exists()


def test_an_officer_shut_out_and_let_in_again(house, keeper, agency):
    made = staff.make_officer(officer=NEW, by=keeper, now=house.now)
    before = Officer.objects.get(id=made).get_session_auth_hash()

    staff.deactivate(officer=made, by=keeper, now=house.now, reason="left")
    assert not Officer.objects.get(id=made).is_active
    staff.reactivate(officer=made, by=keeper, now=house.now)

    row = Officer.objects.get(id=made)
    assert row.is_active
    assert row.get_session_auth_hash() != before


def test_nobody_alters_themselves(house, keeper, agency):
    post = staff.Post(role=Role.ANALYST, region="500000", agency="500000")
    with pytest.raises(NotAllowed):
        staff.change_role(officer=keeper.id, post=post, by=keeper, now=house.now)
    with pytest.raises(NotAllowed):
        staff.deactivate(officer=keeper.id, by=keeper, now=house.now)


def test_watchers_are_made_for_a_reason_only(house, keeper, agency):
    auditor = staff.NewOfficer(
        username="wu", display_name="Wu", role=Role.AUDITOR, region="000000", agency="500000"
    )
    with pytest.raises(NotAllowed):
        staff.make_officer(officer=auditor, by=keeper, now=house.now)

    staff.make_officer(officer=auditor, by=keeper, now=house.now, reason="yearly audit")

    assert "yearly audit" in Event.objects.order_by("seq").last().body


def test_officers_make_nobody(house, hire, agency):
    with pytest.raises(NotAllowed):
        staff.make_officer(officer=NEW, by=hire(), now=house.now)
    with pytest.raises(NotAllowed):
        staff.make_agency(agency=agency, by=hire(), now=house.now)


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"username": ""}, "username", "missing"),
        ({"username": "LI"}, "username", "taken"),
        ({"agency": "nowhere"}, "agency", "unknown"),
        ({"region": "5000"}, "region", "unknown"),
    ],
)
def test_faults_are_named(house, keeper, agency, change, field, why):
    staff.make_officer(officer=NEW, by=keeper, now=house.now)
    given = {name: getattr(NEW, name) for name in NEW.__struct_fields__} | {"username": "wang"}

    with pytest.raises(staff.StaffRefused) as refused:
        staff.make_officer(officer=staff.NewOfficer(**(given | change)), by=keeper, now=house.now)

    assert (refused.value.field, refused.value.why) == (field, why)


def test_a_password_of_ones_own(house, keeper, agency):
    made = staff.make_officer(officer=NEW, by=keeper, now=house.now)
    own = Officer.objects.get(id=made).actor

    staff.set_password(officer=made, password="y" * 14, by=own, now=house.now)

    assert Officer.objects.get(id=made).check_password("y" * 14)
    with pytest.raises(NotAllowed):
        staff.set_password(officer=keeper.id, password="y" * 14, by=own, now=house.now)
