"""The respondent's page: what an order's code opens, in both languages, and what comes back."""

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from tipline.domain.disposal.served import Served, Sheet, SheetItem
from tipline.domain.intake.receipt import format_code, make_code
from tipline.vault import Entry, Unit, derive_code_keys

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

ORDER, ANSWER = "/en/order/", "/en/order/answer/"
CODE = make_code(bytes(range(12)))
SHEET = Sheet(
    number="Z500000-2026-000001",
    agency_en="Chongqing Cyber Police",
    agency_zh="重庆网安",
    recipient="Evil <Hosting>",
    offences=("FR-PHISH",),
    provision="Cybersecurity Law, article 47",
    facts="A card form in the name of a bank.",
    items=(
        SheetItem(number=1, kind="site", value="evil.example", extract="Card form at /pay"),
        SheetItem(number=2, kind="download", value="http://evil.example/a.apk", extract="trojan"),
    ),
    demand="Remove the form.",
    redress="Appeal here within 184 days.",
    issued_at="2026-03-01T10:00Z",
    deadline="2026-03-16T10:00Z",
)


def say(door: "Door", kind: str = "order.issued", state: str = "issued", **more: object) -> None:
    keys = derive_code_keys(CODE.encode())
    deadline = more.pop("deadline", SHEET.deadline)
    said = Served(type=kind, at="2026-03-01T10:00Z", state=state, deadline=deadline, **more)
    entry = Entry(kind="order", text=msgspec.json.encode(said), box=keys.box, to=keys.holder_key)
    door.doorway.vault.append(Unit((entry,))).result(10)


@pytest.fixture
def order(door: "Door") -> "Door":
    say(door, sheet=SHEET)
    return door


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (ORDER, ["Chongqing Cyber Police", "issued", "phishing (Criminal Law, articles 266, 285)"]),
        ("/zh-hans/order/", ["重庆网安", "已签发", "钓鱼网站"]),
    ],
)
def test_a_code_opens_its_order_with_every_item(order: "Door", path: str, words: list[str]) -> None:
    answer = order.post_form(path, {"code": format_code(CODE)})

    assert answer.status == 200
    for each in (*words, SHEET.number, "Card form at /pay", "Evil &lt;Hosting&gt;", "trojan"):
        assert each in answer.text
    assert "<script>" not in answer.text


def test_a_code_of_no_order_and_a_code_of_a_report_look_alike(order: "Door") -> None:
    report = order.post_form("/en/report/", {"text": "what happened"}).find_hidden("code")
    answers = [order.post_form(ORDER, {"code": code}) for code in (report, make_code(bytes(12)))]

    assert [answer.status for answer in answers] == [404, 404]
    assert order.post_form("/en/status/", {"code": CODE}).status == 404


def test_an_acknowledgement_is_shown_at_once_and_not_offered_again(order: "Door") -> None:
    answer = order.post_form(ANSWER, {"code": CODE, "act": "acknowledge", "form_key": "k"})

    assert answer.status == 201
    assert "You acknowledged the order" in answer.text
    assert 'value="acknowledge"' not in answer.text


def test_an_item_is_answered_with_proof_files(order: "Door") -> None:
    fields = [("code", CODE), ("act", "answer"), ("item", "2"), ("text", "gone"), ("form_key", "k")]
    answer = order.post_parts(ANSWER, [*fields, ("files", "proof.png", b"picture", "image/png")])

    assert answer.status == 201
    assert "Item 2" in answer.text
    assert "proof.png" in answer.text
    kept = next(each for each in order.open_all() if each.kind == "answer")
    told = json.loads(kept.details)
    assert (kept.text, told["act"], told["item"]) == (b"gone", "answer", 2)
    assert told["files"][0]["name"] == "proof.png"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"act": "answer", "item": "1"}, "text-item-1"),
        ({"act": "extension", "days": "many", "text": "ill"}, "days-extension"),
        ({"act": "appeal"}, "text-appeal"),
    ],
)
def test_what_says_too_little_comes_back_with_the_place(order: "Door", fields, place) -> None:
    answer = order.post_form(ANSWER, {"code": CODE, **fields})

    assert answer.status == 422
    assert f'<a href="#{place}">' in answer.text
    assert "ill" in answer.text or "text" not in fields


@pytest.mark.parametrize("fields", [{"act": "answer", "item": "9", "text": "x"}, {"act": "drop"}])
def test_what_the_order_does_not_have_is_refused(order: "Door", fields) -> None:
    assert order.post_form(ANSWER, {"code": CODE, **fields}).status == 422
    assert not [each for each in order.open_all() if each.kind == "answer"]


def test_a_withdrawn_order_can_be_appealed_and_nothing_else(order: "Door") -> None:
    say(order, "order.withdrawn", "withdrawn", text="A mistake.")
    shown = order.post_form(ORDER, {"code": CODE})

    assert "A mistake." in shown.text
    assert 'value="appeal"' in shown.text
    assert 'value="answer"' not in shown.text
    assert order.post_form(ANSWER, {"code": CODE, "act": "extension", "days": "3"}).status == 422


def test_what_an_inspection_found_is_shown_for_each_item(order: "Door") -> None:
    say(order, "order.inspected", "inspected", result="partial", verdicts={"1": "removed"})
    answer = order.post_form("/zh-hans/order/", {"code": CODE})

    assert "已删除" in answer.text
    assert "部分内容已消除" in answer.text


def test_the_page_asks_for_a_code_first(door: "Door") -> None:
    assert door.get(f"{ORDER}?code={CODE}").status == 200
    assert "Z500000" not in door.get(f"{ORDER}?code={CODE}").text
    assert door.get(ANSWER).status == 302
