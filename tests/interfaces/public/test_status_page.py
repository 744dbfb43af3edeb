"""The status page: what a code opens, in both languages, and what its holder can do there."""

import base64
import html
import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from tipline.domain.feedback.status import Message
from tipline.domain.intake.receipt import format_code, make_code
from tipline.vault import Entry, Unit, derive_code_keys

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

STATUS, REPLY = "/en/status/", "/en/status/reply/"
QUESTION = Message(
    type="question", at="2026-03-02T10:00Z", text="Which <b>bank</b>?", question_id="q1"
)
OUTCOME = Message(
    type="outcome",
    at="2026-03-03T10:00Z",
    state="decided",
    outcome="ACTIONED",
    reason="site_closed",
)


def file(door: "Door", text: str = "what happened") -> str:
    return door.post_form("/en/report/", {"text": text}).find_hidden("code")


def say(door: "Door", code: str, message: Message) -> int:
    keys = derive_code_keys(code.encode())
    entry = Entry(
        kind="message", text=msgspec.json.encode(message), box=keys.box, to=keys.holder_key
    )
    return door.doorway.vault.append(Unit((entry,))).result(10).first_index


def test_a_code_opens_its_report(door: "Door") -> None:
    answer = door.post_form(STATUS, {"code": format_code(file(door))})
    assert answer.status == 200
    assert "received" in answer.text


def test_the_code_is_taken_from_the_body_only(door: "Door") -> None:
    answer = door.get(f"{STATUS}?code={file(door)}")
    assert answer.status == 200
    assert "You sent your report" not in answer.text


def test_unknown_codes_look_alike(door: "Door") -> None:
    codes = [make_code(bytes([at]) * 12) for at in range(3)]
    answers = [door.post_form(STATUS, {"code": code}) for code in codes]
    assert {answer.status for answer in answers} == {404}
    stripped = {answer.text.replace(code, "") for answer, code in zip(answers, codes, strict=True)}
    assert len(stripped) == 1


def test_one_wrong_character_is_mended(door: "Door") -> None:
    code = file(door)
    wrong = code[:5] + ("A" if code[5] != "A" else "B") + code[6:]
    answer = door.post_form(STATUS, {"code": wrong})
    assert answer.status == 200
    assert format_code(code) in answer.text


@pytest.mark.parametrize("typed", ["", "ABCD-1234", "<script>", "x" * 9_999, "1" * 20 + "é"])
def test_what_is_no_code_is_told(door: "Door", typed: str) -> None:
    answer = door.post_form(STATUS, {"code": typed})
    assert answer.status == 422
    assert '<a href="#code">' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("path", "state"), [("/en/status/", "decided"), ("/zh-hans/status/", "已作出决定")]
)
def test_question_answer_and_outcome_are_shown(door: "Door", path: str, state: str) -> None:
    code = file(door)
    say(door, code, QUESTION)
    asked = door.post_form(path, {"code": code})
    assert html.escape("Which <b>bank</b>?") in asked.text
    assert 'id="text-q1"' in asked.text
    say(door, code, OUTCOME)
    told = door.post_form(path, {"code": code})
    assert state in told.text
    assert '<code translate="no">ACTIONED</code>' in told.text


def test_an_answer_is_kept_with_its_files(door: "Door") -> None:
    code = file(door)
    say(door, code, QUESTION)
    fields = [
        ("code", code),
        ("text", "The blue\r\none."),
        ("question_id", "q1"),
        ("form_key", "k"),
    ]
    parts = [*fields, ("files", "proof.png", b"picture", "image/png")]
    answer = door.post_parts(REPLY, parts)
    assert answer.status == 201
    assert "proof.png" in answer.text
    assert 'id="text-q1"' not in answer.text
    assert door.post_parts(REPLY, parts[:-1]).status == 201
    reply = next(each for each in door.open_all() if each.kind == "reply")
    assert reply.text == b"The blue\r\none."
    assert json.loads(reply.details)["files"][0]["name"] == "proof.png"
    assert len(reply.files) == 1


def test_a_double_click_is_one_answer(door: "Door") -> None:
    fields = {"code": file(door), "text": "more", "form_key": "k"}
    door.post_form(REPLY, fields)
    door.post_form(REPLY, fields)
    assert [each.kind for each in door.open_all()] == ["report", "reply"]


def test_an_empty_answer_is_told_and_its_files_are_kept(door: "Door") -> None:
    code = file(door)
    large = ("files", "large", b"x" * 200_001, "a/b")
    good = ("files", "good.png", b"picture", "image/png")
    answer = door.post_parts(REPLY, [("code", code), ("text", ""), good, large])
    assert answer.status == 422
    assert '<a href="#files-more">' in answer.text
    kept = answer.find_hidden("kept")
    second = door.post_form(REPLY, {"code": code, "text": "", "kept": kept})
    assert second.status == 201
    assert "good.png" in second.text


def test_a_question_that_was_not_asked_is_not_answered(door: "Door") -> None:
    code = file(door)
    door.post_form(REPLY, {"code": code, "text": "x", "question_id": "'; DROP TABLE"})
    assert json.loads(door.open_all()[-1].details)["question_id"] == ""


def test_nobody_answers_without_a_code(door: "Door") -> None:
    file(door)
    assert door.post_form(REPLY, {"code": make_code(bytes(12)), "text": "x"}).status == 404
    assert door.get(REPLY).headers["location"] == STATUS
    assert len(door.open_all()) == 1


def test_proof_and_text_come_as_files(door: "Door") -> None:
    receipt = door.post_form("/en/report/", {"text": "mine\r\nonly"})
    asked = {name: html.unescape(receipt.find_hidden(name)) for name in ("code", "index", "words")}
    proof = door.post_form("/en/status/proof/", asked)
    words = door.post_form("/en/status/text/", asked)
    assert proof.body.startswith(b"c2sp.org/tlog-proof@v1\nextra ")
    assert words.body == b"mine\r\nonly"
    assert words.headers["content-disposition"].startswith("attachment")
    assert words.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "changed",
    [{"words": "bm90IG1pbmU="}, {"words": "%%%"}, {"index": "5"}, {"index": "x"}, {"code": "x"}],
)
def test_other_words_are_not_given_back(door: "Door", changed: dict[str, str]) -> None:
    words = base64.b64encode(b"what happened").decode()
    asked = {"code": file(door), "index": "0", "words": words}
    assert door.post_form("/en/status/text/", asked).status == 200
    assert door.post_form("/en/status/text/", {**asked, **changed}).status == 404
