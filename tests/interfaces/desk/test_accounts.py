"""Signing in: argon2id, a second factor before anything else, sessions that end at once."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Actor, Role
from tipline.services import staff
from tipline.services.staff import Officer, Post

PASSWORD = "seven quiet herons wading"  # noqa: S105 - of officers who are not
FIRST_PAGE = "/queue"


@pytest.fixture
def officer(hire) -> Actor:
    return hire(Role.INTAKE_OFFICER, password=PASSWORD)


def enter(client: Client, actor: Actor, password: str = PASSWORD, **more: str):
    username = Officer.objects.get(id=actor.id).username
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def count_code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'class="secret"><code>([A-Z2-7]+)<', page.content.decode())[1]
    done = client.post(reverse("mfa_activate_totp"), {"code": count_code(secret)})
    assert done.status_code == 302, done.content.decode()
    return secret


def test_a_second_factor_comes_before_anything_else(officer: Actor) -> None:
    client = Client()
    assert enter(client, officer)["Location"] == "/"
    for path in ("/queue", "/account/", "/events"):
        assert client.get(path)["Location"] == reverse("mfa_activate_totp")

    secret = set_up(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    assert client.get(FIRST_PAGE).status_code == 200
    assert len(codes) == 10
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)
    kept = Authenticator.objects.get(user_id=officer.id, type="totp").data
    assert secret not in str(kept)


def test_the_code_is_asked_for_and_counts_once(officer: Actor) -> None:
    client = Client()
    enter(client, officer)
    secret = set_up(client)
    client.post(reverse("account_logout"))
    cache.clear()  # the code of the set-up may be shown again here

    assert enter(client, officer)["Location"] == reverse("mfa_authenticate")
    assert client.get(FIRST_PAGE)["Location"].startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (200, False)
    code = count_code(secret)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get(FIRST_PAGE).status_code == 200

    other = Client()
    enter(other, officer)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_a_recovery_code_works_once(officer: Actor) -> None:
    client = Client()
    enter(client, officer)
    set_up(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for expected in (302, 200):
        other = Client()
        enter(other, officer)
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_session_without_the_factor_ends_when_one_is_set_up_elsewhere(officer: Actor) -> None:
    thief, owner = Client(), Client()
    enter(thief, officer)
    enter(owner, officer)
    set_up(owner)

    assert thief.get(FIRST_PAGE)["Location"].startswith(reverse("account_login"))
    assert thief.get(reverse("mfa_activate_totp"))["Location"] != FIRST_PAGE
    assert "_auth_user_id" not in thief.session


def test_removing_the_factor_asks_for_a_new_one(officer: Actor) -> None:
    client = Client()
    enter(client, officer)
    set_up(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(FIRST_PAGE)["Location"] == reverse("mfa_activate_totp")


def test_a_given_password_is_changed_first_and_its_owner_stays_signed_in(hire) -> None:
    actor = hire(Role.INTAKE_OFFICER, password=PASSWORD, must_change_password=True)
    client, elsewhere = Client(), Client()
    enter(client, actor)
    enter(elsewhere, actor)
    assert client.get(FIRST_PAGE)["Location"] == reverse("account_change_password")
    chosen = "nine loud ravens landing"
    form = {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}

    done = client.post(reverse("account_change_password"), form)

    assert done.status_code == 302
    assert client.get(FIRST_PAGE)["Location"] == reverse("mfa_activate_totp")
    assert elsewhere.get(FIRST_PAGE)["Location"].startswith(reverse("account_login"))
    row = Officer.objects.get(id=actor.id)
    assert (row.check_password(chosen), row.must_change_password) == (True, False)


def test_weak_passwords_are_refused(officer: Actor) -> None:
    client = Client()
    enter(client, officer)
    for weak in ("short", "password1234", "1234567890123"):
        form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        assert client.post(reverse("account_change_password"), form).status_code == 200
    assert Officer.objects.get(id=officer.id).check_password(PASSWORD)


def test_passwords_are_kept_by_argon2id(officer: Actor) -> None:
    assert Officer.objects.get(id=officer.id).password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("change", ["role", "region", "active", "password"])
def test_a_session_ends_at_once_when_rights_change(
    change: str, sign_in: SignIn, hire, house
) -> None:
    client = sign_in(Role.INTAKE_OFFICER)
    hire(Role.ANALYST, "110000")
    assert client.get(FIRST_PAGE).status_code == 200
    here = {"officer": client.actor.id, "by": None, "now": house.now}
    acts = {
        "role": lambda: staff.change_role(
            **here, post=Post(role=Role.ANALYST, region="500000", agency="500000")
        ),
        "region": lambda: staff.change_role(
            **here, post=Post(role=Role.INTAKE_OFFICER, region="110000", agency="110000")
        ),
        "active": lambda: staff.deactivate(**here),
        "password": lambda: staff.set_password(**here, password="x" * 20),
    }
    acts[change]()

    for method, path in (("get", FIRST_PAGE), ("post", "/queue/next")):
        assert getattr(client, method)(path)["Location"].startswith(reverse("account_login"))


def test_a_session_ends_by_itself(sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_OFFICER)
    session = client.session
    session["desk_since"] = int(time.time()) - django_settings.TIPLINE.session_minutes * 60 - 1
    session.save()
    assert client.get(FIRST_PAGE)["Location"].startswith(reverse("account_login"))


def test_who_is_shut_out_cannot_sign_in(officer: Actor, house) -> None:
    staff.deactivate(officer=officer.id, by=None, now=house.now)
    client = Client()
    enter(client, officer)
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_lock_the_name_however_it_is_written(
    officer: Actor, settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 4
    client = Client()
    name = Officer.objects.get(id=officer.id).username
    forms = (name, name.upper(), f" {name} ", name.replace("o", "\uff4f"))
    statuses = [
        client.post(
            reverse("account_login"), {"login": forms[each % 4], "password": "wrong"}
        ).status_code
        for each in range(5)
    ]
    assert statuses[-1] == 429
    enter(client, officer)
    assert "_auth_user_id" not in client.session


def test_nothing_of_a_browser_is_kept(officer: Actor, caplog) -> None:
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    client = Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": "CanaryBrowser/9"})
    enter(client, officer, "wrong")
    enter(client, officer)
    set_up(client)
    kept = [str(each.get_decoded()) for each in Session.objects.all()]
    kept += [str(value) for value in cache._cache] + [caplog.text]
    assert "203.0.113.77" not in "".join(kept)
    assert "CanaryBrowser" not in "".join(kept)


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example/x"])
def test_signing_in_leads_nowhere_else(officer: Actor, wanted: str) -> None:
    answer = enter(Client(), officer, next=wanted)
    assert answer["Location"] == "/"
    there = Client().post(reverse("language"), {"language": "en", "next": wanted})
    assert there["Location"] == "/"


def test_signing_up_is_not_there(client: Client) -> None:
    for path in ("/signup/", "/accounts/signup/", "/password/reset/", "/email/"):
        assert client.get(path).status_code == 404


def test_pages_answer_pages_whatever_is_asked_for(officer: Actor) -> None:
    client = Client(headers={"accept": "application/json"})
    answer = client.get(reverse("account_login"))
    assert answer["Content-Type"].startswith("text/html")


def test_the_language_is_the_officers_then_the_browsers(sign_in: SignIn) -> None:
    chinese = {"headers": {"accept-language": "zh-CN,zh;q=0.9"}}
    assert 'lang="zh-Hans"' in Client(**chinese).get("/login/").content.decode()
    client = sign_in(Role.INTAKE_OFFICER, **chinese)
    assert 'lang="zh-Hans"' in client.get(FIRST_PAGE).content.decode()

    client.post(reverse("language"), {"language": "en", "next": FIRST_PAGE})

    assert 'lang="en"' in client.get(FIRST_PAGE).content.decode()
    assert Officer.objects.get(id=client.actor.id).language == "en"
