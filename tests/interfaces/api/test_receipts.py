"""What a code opens by the API: status, replies, proofs."""

import asyncio
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tipline.domain.feedback.status import Message
from tipline.domain.intake.receipt import format_code, make_code, read_code
from tipline.vault import Entry, Unit, derive_code_keys

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

STATUS, REPLY = "/api/v1/receipts:status", "/api/v1/receipts:reply"
VERIFIER = Path(__file__).parents[3] / "docs" / "verify.py"
QUESTION = Message(type="question", at="2026-03-02T10:00Z", text="Which bank?", question_id="q1")
OUTCOME = Message(
    type="outcome",
    at="2026-03-03T10:00Z",
    state="decided",
    outcome="ACTIONED",
    reason="site_closed",
)


def file(door: "Door", text: str = "what happened") -> str:
    return door.post_json("/api/v1/reports", {"text": text}).json["receipt_code"]


def say(door: "Door", code: str, message: Message) -> int:
    """Seal a message to the holder of a code, as the desk does."""
    keys = derive_code_keys(read_code(code).encode())
    entry = Entry(
        kind="message", text=msgspec.json.encode(message), box=keys.box, to=keys.holder_key
    )
    return door.doorway.vault.append(Unit((entry,))).result(10).first_index


def test_a_fresh_report_is_received(door: "Door") -> None:
    answer = door.post_json(STATUS, {"receipt_code": file(door)})
    assert answer.status == 200
    assert (answer.json["state"], answer.json["outcome"]) == ("received", None)
    assert [each["type"] for each in answer.json["messages"]] == ["report"]


@pytest.mark.parametrize("spell", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c}\n"])
def test_any_spelling_of_the_code_opens(door: "Door", spell: object) -> None:
    assert door.post_json(STATUS, {"receipt_code": spell(file(door))}).status == 200  # type: ignore[operator]


def test_what_the_desk_said_is_shown_in_the_readers_language(door: "Door") -> None:
    code = file(door)
    say(door, code, QUESTION)
    say(door, code, OUTCOME)
    told = door.post_json(STATUS, {"receipt_code": code}, accept_language="en").json
    assert (told["state"], told["outcome"]) == ("decided", "ACTIONED")
    _, question, outcome = told["messages"]
    assert (question["text"], question["question_id"]) == ("Which bank?", "q1")
    assert outcome["reason"] == "The website or download was closed or blocked."


def test_a_reply_is_kept_chained_and_shown(door: "Door") -> None:
    code = file(door)
    asked = say(door, code, QUESTION)
    body = {"receipt_code": code, "text": "The blue one.", "question_id": "q1"}
    answer = door.post_json(REPLY, body, idempotency_key="r1")
    again = door.post_json(REPLY, body, idempotency_key="r1")
    assert (answer.status, again.body) == (201, answer.body)
    reply = door.open_all()[-1]
    assert (reply.kind, reply.text) == ("reply", b"The blue one.")
    assert json.loads(reply.details)["question_id"] == "q1"
    assert reply.prev == door.doorway.vault.get(asked).leaf_hash
    told = door.post_json(STATUS, {"receipt_code": code}).json
    assert told["messages"][-1]["text"] == "The blue one."
    assert told["state"] == "in_review"


def test_a_question_that_was_not_asked_is_not_answered(door: "Door") -> None:
    answer = door.post_json(REPLY, {"receipt_code": file(door), "text": "x", "question_id": "q9"})
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "question_id")


def test_an_empty_reply_is_refused(door: "Door") -> None:
    assert door.post_json(REPLY, {"receipt_code": file(door), "text": " "}).status == 422


def test_unknown_codes_all_get_the_same_answer(door: "Door") -> None:
    file(door)
    codes = [format_code(make_code(bytes([at]) * 12)) for at in range(20)]
    answers = {door.post_json(STATUS, {"receipt_code": code}).body for code in codes}
    assert len(answers) == 1
    assert door.post_json(STATUS, {"receipt_code": codes[0]}).status == 404


def test_a_mistyped_code_is_located_and_candidates_are_named(door: "Door") -> None:
    code = file(door)
    wrong = code[:7] + ("A" if code[7] != "A" else "B") + code[8:]
    answer = door.post_json(STATUS, {"receipt_code": wrong})
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "receipt_code")
    assert code in answer.json["candidates"]
    assert 7 in answer.json["positions"]


@pytest.mark.parametrize("code", ["", "hello", "x" * 5_000, "'; DROP TABLE record; --", "\x00"])
def test_what_is_no_code_is_refused(door: "Door", code: str) -> None:
    assert door.post_json(STATUS, {"receipt_code": code}).status == 422


def test_a_browser_is_led_to_the_status_page(door: "Door") -> None:
    answer = door.get(STATUS, accept_language="zh-CN")
    assert answer.status == 303
    assert answer.headers["location"] == "https://tip.example/zh-hans/status/"


def verify(tmp_path: Path, proof: bytes, text: bytes, key: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "a.tlog-proof").write_bytes(proof)
    (tmp_path / "a.txt").write_bytes(text)
    command = [sys.executable, str(VERIFIER), "a.tlog-proof", "a.txt", "--key", key, "--lang", "en"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_the_holders_proof_convinces_the_verifier(door: "Door", tmp_path: Path) -> None:
    code = file(door, "exactly this")
    key = door.get("/api/v1/log-key").text.strip()
    proof = door.post_json("/api/v1/proofs/0", {"receipt_code": code})
    assert proof.headers["content-disposition"] == 'attachment; filename="receipt-0.tlog-proof"'
    assert verify(tmp_path, proof.body, b"exactly this", key).returncode == 0
    assert verify(tmp_path, proof.body, b"not this", key).returncode == 1


def test_a_message_is_proved_too(door: "Door", tmp_path: Path) -> None:
    code = file(door)
    index = say(door, code, OUTCOME)
    proof = door.post_json(f"/api/v1/proofs/{index}", {"receipt_code": code})
    key = door.get("/api/v1/log-key").text.strip()
    assert verify(tmp_path, proof.body, msgspec.json.encode(OUTCOME), key).returncode == 0


def test_anothers_proof_is_not_given(door: "Door") -> None:
    file(door)
    mine = file(door)
    assert door.post_json("/api/v1/proofs/0", {"receipt_code": mine}).status == 404


def test_the_public_proof_says_nothing_of_the_words(door: "Door") -> None:
    file(door, "secret words")
    public = door.get("/api/v1/proofs/0")
    assert public.status == 200
    assert b"extra" not in public.body
    assert door.get("/api/v1/proofs/1").status == 404
    assert door.get("/api/v1/proofs/01").status == 404
    assert door.get("/api/v1/proofs/" + "9" * 30).status == 404


def test_the_vault_is_asked_off_the_event_loop(
    door: "Door", monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file(door)
    read_box, seen = door.doorway.vault.read_box, []

    def watch(*, box: bytes) -> object:
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        seen.append(box)
        return read_box(box=box)

    monkeypatch.setattr(door.doorway.vault, "read_box", watch)
    assert door.post_json(STATUS, {"receipt_code": code}).status == 200
    assert seen


def test_times_are_iso(door: "Door") -> None:
    told = door.post_json(STATUS, {"receipt_code": file(door)}).json
    assert dt.datetime.fromisoformat(told["messages"][0]["at"]).tzinfo
