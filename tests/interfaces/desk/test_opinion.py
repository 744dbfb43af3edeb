"""The machine's opinion on the page: marked, explained, and one press each to judge its parts."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Role
from tipline.domain.triage.opinion import Ground, Guess, Opinion
from tipline.domain.triage.scan import scan
from tipline.interfaces.desk.shown.kinds import HIDINGS, IDENTIFIERS, INNOCENT
from tipline.services import triage
from tipline.store.models import Correction, Event, Handling, RoutingRule, TemplateGroup

LINES = Path(__file__).parents[2] / "domain" / "triage"
TEXT = "点击领取补贴，加微信 tuodan_88，刚刚转账③万元到卡号 \uff14\uff11\uff11\uff11 1111 1111 1111，打过96110"


class Teller:
    version = "teller-1"

    def read_many(self, texts):
        grounds = (Ground("offence.none", {}, 0, 6),)
        return [
            Opinion(
                offences=(Guess("FR-PHISH", 0.87, grounds), Guess("MW-APP", 0.4)),
                unsure=False,
                language="zh",
            )
            for _ in texts
        ]


@pytest.fixture
def report(house) -> int:
    number = house.file(TEXT, region="500000")
    house.shift(machine=triage.Machine(reader=Teller(), shelf=house.shelf)).do_all()
    return number


def show(client, report: int) -> str:
    return client.get(reverse("report", args=[report])).content.decode()


def say(client, report: int, **sent: str):
    return client.post(reverse("correct", args=[report]), sent)


def test_the_text_is_marked_by_kind_and_by_what_speaks_for_the_offence(
    sign_in: SignIn, report: int
) -> None:
    page = show(sign_in(), report)

    assert '<u class="why-here">点击领取补贴</u>' in page
    assert '<mark class="is-wechat' in page
    assert '<mark class="is-amount">' in page
    assert '<mark class="is-bank-card is-hidden" title="written' in page
    assert '<mark class="is-shortcode is-innocent"' in page
    assert "87 % sure" in page
    assert "<q" in page
    assert "accuses nobody: official" in page


def test_each_part_has_its_points_and_reason(sign_in: SignIn, report: int) -> None:
    page = show(sign_in(), report)

    assert "It happened within the hour." in page
    assert "the payment can still be stopped now" in page
    assert "Such an offence is urgent: phishing." in page
    score = Handling.objects.get().priority
    assert f'<span class="points p3">{score}</span>' in page


def test_one_press_accepts_corrects_or_dismisses(sign_in: SignIn, report: int) -> None:
    client = sign_in()

    answer = say(
        client, report, part="offence", verb="dismiss", name="FR-PHISH", anchor="p-fr-phish"
    )
    assert answer["Location"].endswith(f"/reports/{report}#p-fr-phish")
    say(client, report, part="offence", verb="correct", name="", new="FR-BRUSH")
    say(
        client,
        report,
        part="priority",
        verb="correct",
        name=str(Handling.objects.get().priority),
        new="12",
    )
    say(
        client,
        report,
        part="identifier",
        verb="correct",
        name="wechat:tuodan_88",
        kind="qq",
        new="QQ 12345678",
    )

    assert list(Correction.objects.values_list("name", "new")) == [
        ("FR-PHISH", ""),
        ("", "FR-BRUSH"),
        (Correction.objects.all()[2].name, "12"),
        ("wechat:tuodan_88", "qq:12345678"),
    ]
    page = show(client, report)
    assert "the machine said" in page
    assert page.count("verdict-dismiss") == 1
    handling = Handling.objects.get()
    assert (handling.offence, handling.second, handling.priority) == ("FR-BRUSH", "MW-APP", 12)


def test_a_value_that_is_none_of_its_kind_is_refused_in_words(sign_in: SignIn, report: int) -> None:
    client = sign_in()
    say(
        client,
        report,
        part="identifier",
        verb="correct",
        name="wechat:tuodan_88",
        kind="phone",
        new="12",
    )

    assert "not written as that kind" in show(client, report)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"part": "x", "verb": "accept"}, {"part": "offence", "verb": "shout"}]
)
def test_what_is_no_word_at_all_changes_nothing(sign_in: SignIn, report: int, sent) -> None:
    assert say(sign_in(), report, **sent).status_code == 302
    assert not Correction.objects.exists()


def test_a_changed_region_sends_the_report_there(sign_in: SignIn, report: int, hire) -> None:
    hire(region="110000")
    answer = say(sign_in(), report, part="region", verb="correct", name="500000", new="110000")

    assert answer["Location"] == reverse("queue")
    assert Handling.objects.get().region == "110000"


def test_who_may_only_read_gets_no_buttons(sign_in: SignIn, report: int) -> None:
    auditor = sign_in(Role.AUDITOR, "000000")
    reason = {"reason": "a complaint about this report"}
    auditor.post(reverse("report_open", args=[report]), reason)

    page = show(auditor, report)
    assert "What the machine thinks" in page
    assert 'value="dismiss"' not in page


def test_the_audit_shows_what_was_done_and_no_number(sign_in: SignIn, report: int) -> None:
    say(sign_in(), report, part="identifier", verb="dismiss", name="wechat:tuodan_88")

    page = sign_in(Role.AUDITOR, "000000").get(reverse("ledger")).content.decode()
    assert "Opinion corrected" in page
    assert "dismiss" in page
    assert "tuodan" not in page
    assert Event.objects.filter(kind="report.corrected").exists()


def test_the_same_text_is_found_and_counted(sign_in: SignIn, house) -> None:
    texts = [f"客服说包裹丢失要理赔，让我添加专员办理，电话 1390000{n:04d}" for n in (1, 2, 3)]
    one, *_ = house.file_many(texts, region="500000")
    house.work()
    group = TemplateGroup.objects.get().key
    client = sign_in()

    page = show(client, one)
    assert "told 3 times" in page
    assert "from 3 different phone numbers" in page
    assert "The reporter will read" not in page
    shown = client.get(reverse("group", args=[group])).content.decode()
    assert "How it is worded" in shown
    queue = client.get(reverse("queue"), {"template": group}).content.decode()
    assert queue.count("data-row") == 3
    assert sign_in(region="110000").get(reverse("group", args=[group])).status_code == 404
    assert client.get(reverse("group", args=["0" * 16])).status_code == 404


def test_the_queue_shows_what_the_machine_is_unsure_of(sign_in: SignIn, house, report: int) -> None:
    unsure = house.take("something happened")
    client = sign_in()

    def numbers(**asked: str) -> set[int]:
        page = client.get(reverse("queue"), asked)
        return {row.report for row in page.context["page_rows"]}

    assert numbers(offence="UNSURE") == {unsure}
    assert numbers(offence="FR-PHISH") == numbers(offence="MW-APP") == {report}
    assert numbers(offence="NONE") == set()


def test_an_administrator_keeps_the_rules(sign_in: SignIn, hire) -> None:
    hire(region="500000")
    client = sign_in(Role.ADMINISTRATOR, "000000")
    rule = {"offence": "FR", "region": "500000", "agency": "000000"}

    assert client.post(reverse("routing"), {**rule, "agency": "nobody"}).status_code == 422
    client.post(reverse("routing"), rule)
    assert RoutingRule.objects.count() == 1
    assert "all fraud" in client.get(reverse("routing")).content.decode()
    client.post(reverse("routing_remove"), rule)
    client.post(reverse("routing_remove"), rule)
    assert not RoutingRule.objects.exists()


def test_every_way_of_hiding_and_every_innocence_has_words() -> None:
    lines = (LINES / "hard_lines.jsonl").read_text("utf-8").splitlines()
    found = [each for line in lines for each in scan(json.loads(line)["text"])]

    assert {way for each in found for way in each.hidden_by} <= set(HIDINGS)
    assert {each.innocent for each in found} - {""} == set(INNOCENT)
    assert {each.kind for each in found} <= set(IDENTIFIERS)
