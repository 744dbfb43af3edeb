"""Pages of cases: the list, a new one, each deed, and what another region sees."""

import pytest
from django.test import Client

from tipline.domain.duties import Role
from tipline.services.case import moving, opening
from tipline.services.case.opening import NewCase
from tipline.store.models import Case, CaseFact, CaseFlow, CasePerson, CaseReport


@pytest.fixture
def lead(sign_in) -> Client:
    return sign_in(Role.REGIONAL_LEAD, "500000")


@pytest.fixture
def number(lead: Client, house) -> str:
    report = house.take("<b>刷单</b>返利骗了我 5000 元")
    answer = lead.post(
        "/cases/new",
        {"title": "brushing <ring>", "agency": "500000", "offences": "FR-BRUSH", "reports": report},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Case.objects.get().number


def send(client: Client, number: str, deed: str, /, **given) -> str:
    return client.post(f"/cases/{number}/{deed}", given, follow=True).content.decode()


def test_a_case_is_opened_listed_and_shown(lead: Client, number: str) -> None:
    listed = lead.get("/cases").content.decode()
    assert number in listed
    assert "brushing &lt;ring&gt;" in listed
    found = lead.get("/cases", {"offence": "FR-BRUSH", "state": "", "words": "ring"})
    assert found.context["list"].count == 1
    assert lead.get("/cases", {"offence": "FR-JOB"}).context["list"].count == 0

    page = lead.get(f"/cases/{number}").content.decode()
    assert f"/reports/{CaseReport.objects.get().report_id}" in page
    assert "<b>刷单" not in page
    assert "Case opened" in page


def test_a_case_without_a_title_or_with_a_taken_report_is_refused(
    lead: Client, number: str
) -> None:
    assert lead.post("/cases/new", {"agency": "500000"}).status_code == 422
    taken = {"title": "x", "agency": "500000", "reports": CaseReport.objects.get().report_id}
    answer = lead.post("/cases/new", taken)
    assert answer.status_code == 422
    assert "not free for this" in answer.content.decode()


def test_figures_are_stated_corrected_and_summed(lead: Client, number: str) -> None:
    page = send(lead, number, "fact", metric="amount_involved", written="2000余万元", source="b")
    assert "at least 20,000,000" in page
    wrong = CaseFact.objects.get().event
    page = send(
        lead, number, "fact", metric="amount_involved", written="1500万元", source="b",
        supersedes=wrong, reason="misread",
    )  # fmt: skip
    assert "15,000,000 CNY" in page
    assert f"corrects no. {wrong}" in page
    refused = send(lead, number, "fact", metric="victims", written="about ten", source="b")
    assert "Write one figure" in refused
    assert lead.post(f"/cases/{number}/fact", {"metric": "victims"}).status_code == 422


def test_money_is_a_table_and_a_picture(lead: Client, number: str) -> None:
    send(lead, number, "flow", payer="victim 1", payee="<6222>", written="1.7万", source="bank")
    page = send(lead, number, "flow", payer="<6222>", payee="ATM", written="1万元", source="bank")

    picture = page[page.index('<svg class="flows"') :]
    picture = picture[: picture.index("</svg>")]
    assert picture.count("<rect") == 3
    assert "17,000 CNY" in picture
    assert "&lt;6222&gt;" in picture
    assert CaseFlow.objects.count() == 2


def test_a_person_is_shown_once_for_a_reason(lead: Client, number: str) -> None:
    page = send(lead, number, "person", role="victim", name="张三")
    assert "victim 1" in page
    assert "张三" not in page
    address = f"/cases/{number}/people/{CasePerson.objects.get().event}"
    assert lead.post(address, {"reason": "short"}).status_code == 422
    assert "张三" in lead.post(address, {"reason": "to call them back"}).content.decode()
    assert "张三" not in lead.get(f"/cases/{number}").content.decode()


def test_notes_tasks_and_parts(lead: Client, number: str, house) -> None:
    other = house.take()
    assert "a note &lt;i&gt;" in send(lead, number, "note", text="a note <i>")
    assert "ask the bank" in send(lead, number, "task", text="ask the bank")
    page = send(lead, number, "extend", reports=f"{other}", kind="site", value="evil.example")
    assert "evil[.]example" in page
    assert "Taken out" in send(lead, number, "reduce", reports=f"{other}")


def test_a_case_is_closed_with_an_outcome_for_each_report(lead: Client, number: str) -> None:
    assert "still open: choose" in send(lead, number, "close", summary="all caught")
    page = send(lead, number, "close", summary="all caught", choice="ACTIONED:site_closed")
    assert "The case is closed." in page
    assert Case.objects.get().state == "closed"


def test_another_region_sees_nothing_until_it_is_asked(
    lead: Client, number: str, sign_in, house
) -> None:
    there = sign_in(Role.REGIONAL_LEAD, "310000")
    assert there.get(f"/cases/{number}").status_code == 404
    assert number not in there.get("/cases").content.decode()
    assert there.post(f"/cases/{number}/note", {"text": "x"}).status_code == 404

    send(lead, number, "offer", agency="310000", reason="they live there")
    assert number in there.get("/cases").content.decode()
    offer = Case.objects.get().handovers.get().event
    there.post(f"/cases/offers/{offer}", {"answer": "accepted"})
    assert there.get(f"/cases/{number}").status_code == 200
    assert lead.get(f"/cases/{number}").status_code == 404


def test_a_parent_of_another_region_is_only_there(lead: Client, number: str, hire, house) -> None:
    by = hire(Role.REGIONAL_LEAD, "310000")
    above = opening.open_case(case=NewCase(title="whole ring"), by=by, now=house.now)
    case = Case.objects.get(number=number).event
    moving.place_case(case=case, parent=above, by=lead.actor, now=house.now)

    page = lead.get(f"/cases/{number}").content.decode()
    assert "There is one in another region: Shanghai" in page
    assert "whole ring" not in page


def test_cases_are_split_and_merged_from_the_page(lead: Client, number: str, house) -> None:
    report = CaseReport.objects.get().report_id
    send(lead, number, "split", title="another", reports=report)
    new = Case.objects.get(title="another")
    assert CaseReport.objects.get().case_id == new.event
    send(lead, new.number, "merge", number=number, reason="one ring after all")
    assert CaseReport.objects.get().case.number == number
    assert "Goes on in" in lead.get(f"/cases/{new.number}").content.decode()
    assert "no such case" in send(lead, number, "place", number="999999-2026-000001")
