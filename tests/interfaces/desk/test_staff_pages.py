"""An administrator keeps officers and agencies; nobody gives themselves more."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Role
from tipline.services.staff import Agency, Officer
from tipline.store.models import Event

NEW = {
    "username": "lin.mei",
    "display_name": "林梅 <b>",
    "role": "intake_officer",
    "agency": "500000",
    "region": "500000",
    "reason": "",
}


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMINISTRATOR)


def test_an_officer_is_added_with_a_password_shown_once(admin: Client) -> None:
    page = admin.post("/staff/add", NEW).content.decode()
    password = re.search(r'class="secret"><code>([a-z0-9-]{19})<', page)[1]

    assert password not in admin.get("/staff").content.decode()
    assert password not in "".join(Event.objects.values_list("body", flat=True))
    row = Officer.objects.get(username="lin.mei")
    assert (row.check_password(password), row.must_change_password) == (True, True)
    newcomer = Client()
    newcomer.post("/login/", {"login": "LIN.MEI", "password": password})
    assert newcomer.get("/queue")["Location"] == reverse("account_change_password")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "Lin Mei"}, "username"),
        ({"username": "officer0"}, "username"),
        ({"role": "root"}, "role"),
        ({"region": "999999"}, "region"),
        ({"agency": "none"}, "agency"),
        ({"role": "auditor"}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    wrong: dict[str, str], field: str, admin: Client
) -> None:
    answer = admin.post("/staff/add", {**NEW, **wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Officer.objects.count() == 1


def test_fields_that_no_form_has_change_nothing(admin: Client) -> None:
    admin.post(
        "/staff/add", {**NEW, "is_active": "", "session_epoch": "9", "id": "1", "password": "x"}
    )
    row = Officer.objects.get(username="lin.mei")
    assert (row.session_epoch, row.is_active, row.check_password("x")) == (0, True, False)


def test_an_officer_is_changed_shut_out_and_let_in(admin: Client, hire) -> None:
    other = hire(Role.INTAKE_OFFICER)
    change = {"display_name": "X", "role": "analyst", "agency": "500000", "region": "500000"}
    assert admin.post(f"/staff/{other.id}", change).status_code == 302
    admin.post(f"/staff/{other.id}/end")
    row = Officer.objects.get(id=other.id)
    assert (row.role, row.is_active) == ("analyst", False)
    admin.post(f"/staff/{other.id}/renew")
    assert Officer.objects.get(id=other.id).is_active
    page = admin.post(f"/staff/{other.id}/password").content.decode()
    assert 'class="secret"' in page
    assert Officer.objects.get(id=other.id).must_change_password


def test_nobody_changes_themselves(admin: Client) -> None:
    own = admin.actor.id
    change = {"display_name": "X", "role": "regional_lead", "agency": "500000", "region": "500000"}
    assert admin.post(f"/staff/{own}", change).status_code == 422
    for act in ("end", "renew"):
        assert admin.post(f"/staff/{own}/{act}").status_code == 403
    row = Officer.objects.get(id=own)
    assert (row.role, row.is_active) == ("administrator", True)


def test_agencies_are_added_and_altered(admin: Client) -> None:
    agency = {"code": "110000", "name_en": "Beijing", "name_zh": "北京", "region": "110000"}
    assert admin.post("/agencies", agency).status_code == 302
    assert admin.post("/agencies", {**agency, "name_en": "Beijing hotline"}).status_code == 302
    assert Agency.objects.get(code="110000").name_en == "Beijing hotline"
    assert admin.get("/agencies?code=110000").context["form"].initial["name_zh"] == "北京"
    assert admin.post("/agencies", {**agency, "region": "x"}).status_code == 422
