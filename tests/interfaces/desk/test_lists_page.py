"""The page of lists: what there is, what it says of one subject, and what was listed wrongly."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tipline.domain.duties import Role
from tipline.interfaces.desk.views import lists as views
from tipline.services import known
from tipline.store.models import KnownException, KnownList

VALUE = "http://login.evil.example.com/x"
SUBJECT = {"kind": "url", "value": "login.evil.example.com/x"}


@pytest.fixture(autouse=True)
def shelf(house, monkeypatch):
    monkeypatch.setattr(views, "get_shelf", lambda: house.shelf)
    return house.shelf


@pytest.fixture
def phish(db, shelf) -> known.Imported:
    new = known.NewList(
        name="phish", kind="domain", is_bad=True, source="a bank <b>", licence="CC0-1.0",
        published_on=date(2026, 5, 1), expires_on=date(2036, 5, 1), digest="ab" * 32,
    )  # fmt: skip
    rows = [("domain", "evil.example.com"), ("domain", "com")]
    return known.import_list(new=new, rows=rows, shelf=shelf, by=None, now=timezone.now())


@pytest.fixture
def analyst(sign_in) -> Client:
    return sign_in(Role.ANALYST, "500000")


def test_lists_are_shown_with_source_licence_dates_and_size(analyst: Client, phish) -> None:
    page = analyst.get("/lists").content.decode()

    for told in (
        "phish",
        "a bank &lt;b&gt;",
        "CC0-1.0",
        "2026-05-01",
        "2036-05-01",
        "1 row refused",
    ):
        assert told in page
    assert "/end" not in page


def test_a_subject_is_looked_up_as_what_it_looks_like(analyst: Client, phish) -> None:
    answer = analyst.get("/lists", {"value": VALUE, "kind": "auto"})

    assert [hit.list_name for hit, _ in answer.context["hits"]] == ["phish"]
    page = answer.content.decode()
    assert "On the list phish (a bank &lt;b&gt;) since 2026-05-01." in page
    assert "known to be bad" in page
    assert f'href="{VALUE}"' not in page


def test_a_wrong_listing_is_excepted_and_the_exception_ended(analyst: Client, phish) -> None:
    removed = analyst.post("/lists/remove", {**SUBJECT, "reason": "hacked, now clean"}, follow=True)

    page = removed.content.decode()
    assert "It is excepted from every list." in page
    assert "hacked, now clean" in page
    assert removed.context["looked"].counting == ()

    analyst.post("/lists/restore", {**SUBJECT, "reason": "it came back"})
    assert not KnownException.objects.exists()


@pytest.mark.parametrize("path", ["/lists/remove", "/lists/restore"])
def test_a_correction_needs_a_reason(analyst: Client, phish, path: str) -> None:
    answer = analyst.post(path, SUBJECT)

    assert answer.status_code == 422
    assert answer.context["correcting"].errors["reason"]
    assert not KnownException.objects.exists()


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("com", "domain", "This is no value of its kind."),
        ("github.io", "domain", "anybody may register"),
        ("a few words", "auto", "Say what this is."),
    ],
)
def test_what_no_list_holds_is_said(analyst: Client, value: str, kind: str, words: str) -> None:
    answer = analyst.get("/lists", {"value": value, "kind": kind})

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert answer.context["looked"] is None


def test_an_administrator_ends_a_list_for_a_reason(sign_in, phish) -> None:
    keeper = sign_in(Role.ADMINISTRATOR, "500000")
    path = f"/lists/{phish.number}/end"

    assert keeper.post(path).status_code == 422
    assert KnownList.objects.get().ended_at is None
    assert keeper.post(path, {"reason": "the feed is wrong"}).status_code == 302
    assert KnownList.objects.get().ended_at is not None
    told = keeper.post(path, {"reason": "once more"}, follow=True)
    assert "There is no such list" in told.content.decode()


def test_the_page_speaks_chinese(sign_in, phish) -> None:
    client = sign_in(Role.ANALYST, "500000")
    client.post("/language", {"language": "zh-hans"})

    page = client.get("/lists", {"value": VALUE, "kind": "url"}).content.decode()

    assert "已知有害" in page
    assert "导入的名单" in page
