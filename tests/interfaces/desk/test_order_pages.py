"""Decisions and orders at the desk: from a finding to an issued order, and who may not."""

import pytest
from django.test import Client

from tests.interfaces.desk.conftest import open_session
from tests.services.ordering import SITE, Office, stand
from tipline.domain.disposal.measures import Measure
from tipline.domain.duties import Role
from tipline.interfaces.desk.views import orders as views
from tipline.store.models import Event, Order, SubjectAction, SubjectDecision


@pytest.fixture
def office(db, house, hire, monkeypatch) -> Office:
    monkeypatch.setattr(views, "get_desk_key", lambda: house.desk_key)
    return Office(house, hire)


def enter(actor, language: str = "en") -> Client:
    return open_session(Client(headers={"accept-language": language}), actor)


def decide(client: Client, inspection: int, **changes: object) -> object:
    given = {
        "kind": "site",
        "subjects": SITE,
        "measure": "site_closed",
        "offences": ["FR-PHISH"],
        "evidence": f"inspection:{inspection}",
        "facts": "A card form in the name of a bank.",
        "automation": "partial",
        **changes,
    }
    return client.post("/decisions/new", given)


DRAFT = {
    "recipient": "Evil Hosting Ltd",
    "deadline": "2027-01-15",
    "demand": "Remove the card form.",
    "redress": "Appeal within 184 days.",
    "extract_0": "Card form at /pay",
}


def test_from_a_finding_to_an_issued_order(office) -> None:
    analyst, lead, legal = (enter(each) for each in (office.analyst, office.lead, office.legal))
    made = decide(analyst, office.look())
    ruling = SubjectDecision.objects.get().event
    assert made.headers["Location"] == f"/decisions/{ruling}"
    lead.post(f"/decisions/{ruling}/confirm")
    assert SubjectAction.objects.get().state == "pending"

    drafted = analyst.post(f"/decisions/{ruling}/order", DRAFT, follow=True)
    order = Order.objects.get().event
    assert "Evil Hosting Ltd" in drafted.content.decode()
    for client in (lead, legal):
        client.post(f"/orders/{order}/approve")
    legal.post(f"/orders/{order}/issue")

    assert stand(order) == "issued"
    page = legal.get(f"/orders/{order}").content.decode()
    assert Order.objects.get().number in page
    assert "Extend the deadline" in page
    code = analyst.post(f"/orders/{order}/code").content.decode()
    assert office.code(order)[:4] in code
    assert office.code(order)[:4] not in page.partition("<main")[2]
    assert Order.objects.get().number in analyst.get("/orders").content.decode()


def test_a_preview_shows_what_will_happen_and_keeps_nothing(office) -> None:
    client, looked = enter(office.lead), office.look()
    before = Event.objects.count()

    many = "\n".join(f"http://evil.example/{number}" for number in range(30))
    answer = decide(client, looked, kind="item", subjects=many, measure="warned", preview="1")

    assert "30 subjects" in answer.content.decode()
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"evidence": "inspection:99999"}, "Cite at least one finding"),
        ({"measure": "account_closed"}, "does not fit"),
        ({"measure": "site_blocked"}, "needs an end"),
    ],
)
def test_a_decision_that_may_not_be_is_refused_in_words(office, changes, words) -> None:
    answer = decide(enter(office.lead), office.look(), **changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nobody_confirms_their_own_decision(office) -> None:
    ruling = office.decide(by=office.lead)
    answer = enter(office.lead).post(f"/decisions/{ruling}/confirm", follow=True)

    assert "A second person with another role" in answer.content.decode()
    assert SubjectAction.objects.get().state == "held"


def test_actions_are_carried_out_and_reversed_with_a_reason(office) -> None:
    ruling = office.decide(by=office.lead, measure=Measure.WARNED)
    action, client = SubjectAction.objects.get().id, enter(office.lead)
    client.post(f"/decisions/{ruling}/done", {"action": action})
    assert SubjectAction.objects.get().state == "done"

    told = client.post(f"/decisions/{ruling}/reverse", {"action": action}, follow=True)
    assert "Write down why" in told.content.decode()
    client.post(f"/decisions/{ruling}/reverse", {"action": action, "reason": "a wrong link"})
    assert SubjectAction.objects.get().reason == "a wrong link"
    subject = SubjectAction.objects.get().subject_id
    assert "a wrong link" in client.get(f"/subjects/{subject}").content.decode()


def test_an_order_is_seen_through_to_its_end(office) -> None:
    order, lead = office.issue(), enter(office.lead)
    extended = {"deadline": "2027-06-01", "reason": "They asked."}
    lead.post(f"/orders/{order}/extend", extended)
    assert stand(order) == "extended"
    lead.post(f"/orders/{order}/inspect")
    office.find("compliant")
    lead.post(f"/orders/{order}/rule", {"ruling": "comply", "reason": "It is gone."})
    lead.post(f"/orders/{order}/register", {"on": "1"})
    lead.post(f"/orders/{order}/close", {"reason": "Done."})

    assert stand(order) == "closed"
    assert Order.objects.get().is_listed
    page = lead.get(f"/orders/{order}").content.decode()
    assert "re-check" in page
    assert "It is gone." in page


@pytest.mark.parametrize("act", ["approve", "issue", "close", "withdraw", "rule", "code"])
def test_an_officer_of_another_region_finds_no_order(office, hire, act) -> None:
    order = office.draft()
    client = enter(hire(Role.REGIONAL_LEAD, region="110000"))

    assert client.get(f"/orders/{order}").status_code == 404
    assert (
        client.post(f"/orders/{order}/{act}", {"ruling": "comply", "reason": "x"}).status_code
        == 404
    )
    assert stand(order) == "drafted"


def test_what_the_state_does_not_allow_is_said(office) -> None:
    order = office.draft()
    answer = enter(office.lead).post(f"/orders/{order}/issue", follow=True)

    assert "no longer allows it" in answer.content.decode()
    assert stand(order) == "drafted"


def test_the_pages_speak_chinese(office) -> None:
    order = office.issue()
    client = enter(office.lead, "zh-hans")
    client.post("/language", {"language": "zh-hans"})

    for path, words in (
        (f"/orders/{order}", ["已签发", "延长期限"]),
        ("/orders", ["责令整改通知书"]),
        ("/decisions", ["关停网站"]),
        ("/decisions/new", ["处置对象", "钓鱼网站"]),
    ):
        page = client.get(path).content.decode()
        assert all(word in page for word in words), path
