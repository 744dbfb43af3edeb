"""An officer's day: take, ask, decide, give away; two at once, and what the page then says."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Role
from tipline.domain.intake.submission import Loss
from tipline.services import disposal
from tipline.store.models import Decision, Event, Handling, Job, Letter, Unreadable

GONE = {"choice": "ALREADY_DOWN:gone", "text": "", "note": ""}


def address(name: str, report: int) -> str:
    return reverse(name, args=[report])


def test_the_most_urgent_comes_first_and_is_taken(house, sign_in: SignIn) -> None:
    later = house.take("有广告")
    lost = Loss(amount="90000", currency="CNY")
    first = house.file("被骗转账", region="500000", losses=(lost,))
    house.work()
    client = sign_in()

    assert [row.report for row in client.get("/queue").context["page_rows"]] == [first, later]
    assert client.post("/queue/next")["Location"] == address("report", first)
    assert client.post("/queue/next")["Location"] == address("report", later)
    assert client.post("/queue/next")["Location"] == "/queue"
    assert Handling.objects.get(report_id=first).claimed_by_id == client.actor.id


def test_the_queue_is_filtered_and_leafed_through(house, sign_in: SignIn) -> None:
    house.file_many([f"第{number}件" for number in range(60)], region="500000")
    wanted = house.file("联系 http://only-here.example/x", region="500000")
    house.work()
    client = sign_in()

    page = client.get("/queue")
    following = client.get("/queue?" + page.context["next_query"])
    found = client.get("/queue", {"identifier": "http://only-here.example/x"})

    seen = [row.report for each in (page, following) for row in each.context["page_rows"]]
    assert len(seen) == len(set(seen)) == 61
    assert [row.report for row in found.context["page_rows"]] == [wanted]
    assert not client.get("/queue", {"state": "decided"}).context["page_rows"]
    assert not client.get("/queue", {"held": "mine"}).context["page_rows"]


def test_a_report_is_decided_and_the_reporter_is_told(house, sign_in: SignIn) -> None:
    report, client = house.take(), sign_in()
    client.post(address("claim", report))
    words = {"choice": "ACTIONED:site_closed", "text": "谢谢", "note": "关了"}

    preview = client.post(address("decide", report), {**words, "preview": "1"})
    assert (preview.status_code, Decision.objects.count()) == (200, 0)
    assert preview.context["told"].splitlines()[0] in preview.content.decode()
    assert client.post(address("decide", report), words).status_code == 302
    house.work()

    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason, decision.text, decision.note) == (
        "ACTIONED", "site_closed", "谢谢", "关了",
    )  # fmt: skip
    told = house.look(report)
    assert (told.state, told.outcome) == ("decided", "ACTIONED")
    assert "关了" not in str(told)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({}, "choice"),
        ({"choice": "ACTIONED:gone"}, "choice"),
        ({"choice": "UNHEARD:gone"}, "choice"),
        ({"choice": "ACTIONED:actioned_other"}, "text"),
        ({"choice": "REFERRED:operator"}, "agency"),
        ({"choice": "DUPLICATE_OF:same_subject"}, "other_report"),
        ({"choice": "ACTIONED:site_closed", "text": "x" * 4_001}, "text"),
    ],
)
def test_a_decision_that_is_not_whole_is_shown_again(
    words: dict[str, str], field: str, house, sign_in: SignIn
) -> None:
    report, client = house.take(), sign_in()
    answer = client.post(address("decide", report), words)
    assert answer.status_code == 422
    assert field in answer.context["decide_form"].errors
    assert not Decision.objects.exists()


def test_a_question_goes_out_and_its_answer_comes_back(house, sign_in: SignIn) -> None:
    report, client = house.take(), sign_in()
    assert client.post(address("ask", report), {"question": " "}).status_code == 422
    assert client.post(address("ask", report), {"question": "哪家银行？"}).status_code == 302
    house.work()
    house.reply(report, "工商银行", question_id=house.look(report).open_questions[0])
    house.work()

    shown = client.get(address("report", report)).content.decode()
    assert "哪家银行？" in shown
    assert "工商银行" in shown
    assert Letter.objects.filter(direction="in").count() == 1


def test_a_report_is_assigned_noted_routed_skipped_and_given_back(house, sign_in: SignIn) -> None:
    report, lead, analyst = house.take(), sign_in(Role.REGIONAL_LEAD), sign_in(Role.ANALYST)

    lead.post(address("assign", report), {"officer": analyst.actor.id})
    assert analyst.get(address("report", report)).status_code == 200
    analyst.post(address("note", report), {"text": "看过"})
    lead.post(address("claim", report))
    lead.post(address("release", report))
    lead.post(address("skip", report))
    assert lead.post(address("route", report), {"region": "110000"}).status_code == 302

    kinds = list(Event.objects.filter(subject=f"report:{report}").values_list("kind", flat=True))
    assert [each for each in kinds if each not in {"report.received", "reporter.told"}] == [
        "report.assessed", "report.assigned", "report.noted", "report.claimed",
        "report.released", "report.skipped", "report.routed",
    ]  # fmt: skip
    assert lead.get(address("report", report)).status_code == 404


def test_buttons_are_there_for_who_may_press_them(house, sign_in: SignIn) -> None:
    report = house.take()
    lead = sign_in(Role.REGIONAL_LEAD).get(address("report", report)).content.decode()
    intake = sign_in().get(address("report", report)).content.decode()
    for action in ("claim", "skip", "decide", "ask", "note"):
        assert f'action="{address(action, report)}"' in intake
    for action in ("assign", "route"):
        assert f'action="{address(action, report)}"' in lead
    assert f'action="{address("assign", report)}"' not in intake
    auditor = sign_in(Role.AUDITOR)
    auditor.post(address("report_open", report), {"reason": "sample of the month"})
    assert "<form" not in _main(auditor.get(address("report", report)).content.decode())


def _main(page: str) -> str:
    return page.partition("<main")[2]


def test_what_another_holds_says_so(house, sign_in: SignIn) -> None:
    report, first, second = house.take(), sign_in(), sign_in()
    first.post(address("claim", report))
    answer = second.post(address("claim", report), follow=True)
    assert "Another officer has this report in hand." in answer.content.decode()
    assert Handling.objects.get().claimed_by_id == first.actor.id


def test_who_decides_on_an_old_page_is_told_so(house, sign_in: SignIn) -> None:
    report, lead, other = house.take(), sign_in(Role.REGIONAL_LEAD), sign_in(Role.REGIONAL_LEAD)
    old = lead.get(address("report", report)).context["decide_form"].initial["overrides"]
    other.post(address("decide", report), GONE)

    answer = lead.post(address("decide", report), {**GONE, "overrides": old or ""})

    assert answer.status_code == 409
    assert Decision.objects.count() == 1
    newest = Decision.objects.get().event
    assert lead.post(address("decide", report), {**GONE, "overrides": newest}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(house, sign_in: SignIn) -> None:
    report = house.take()
    clients = [sign_in(Role.REGIONAL_LEAD) for _ in range(2)]
    start, statuses = threading.Barrier(2), []

    def decide(client) -> None:
        start.wait()
        statuses.append(client.post(address("decide", report), GONE).status_code)
        connections.close_all()

    threads = [threading.Thread(target=decide, args=[each]) for each in clients]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(statuses) == [302, 409]
    assert Decision.objects.count() == 1


def test_what_was_set_aside_is_tried_again_or_let_be(house, sign_in: SignIn) -> None:
    report, client = house.take(), sign_in(Role.ADMINISTRATOR)
    jobs = [
        Job.objects.create(
            step="tell", subject=f"report:{report}", event=number, due_at=house.now, tries=3,
            error="VaultBusy", set_aside_at=house.now,
        )
        for number in (901, 902)
    ]  # fmt: skip
    Unreadable.objects.create(leaf_index=77, kind="report", reason="seal", found_at=house.now)
    assert len(client.get("/quarantine").context["items"]) == 3

    client.post(f"/quarantine/steps/{jobs[0].id}/retry")
    assert client.post(f"/quarantine/steps/{jobs[1].id}/dismiss", {"reason": ""}).status_code == 422
    client.post(f"/quarantine/steps/{jobs[1].id}/dismiss", {"reason": "the letter was sent"})
    client.post("/quarantine/records/77/dismiss", {"reason": "a test of the operator"})

    assert client.get("/quarantine").context["items"] == []
    assert Job.objects.get(id=jobs[0].id).set_aside_at is None
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"step.retried", "step.dismissed", "record.dismissed"} <= kinds
    assert client.post("/quarantine/records/5000/retry").status_code == 404


def test_health_tells_only_that_it_is_well(client) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_claims_last_as_the_setting_says(house, sign_in: SignIn, settings) -> None:
    report, client = house.take(), sign_in()
    client.post(address("claim", report))
    left = Handling.objects.get().claimed_until - house.now
    assert left.total_seconds() >= disposal.CLAIM_LASTS.total_seconds() - 60
