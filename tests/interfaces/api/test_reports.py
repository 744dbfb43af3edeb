"""Filing reports by the API: what is answered, what is kept, what is refused and how."""

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tipline import wiring
from tipline.domain.intake.receipt import read_code
from tipline.services.partners import add_partner, remove_partner
from tipline.vault import VaultBusy, VaultFull, open_contact

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

REPORTS, BATCH = "/api/v1/reports", "/api/v1/reports:batch"
FULL = {
    "text": "有人冒充银行客服\r\n骗走了 12,000 元。",
    "subjects": [{"kind": "link", "value": "http://fake.example/login"}],
    "occurred_at": "2026-01-31T18:30",
    "came_by": "sms",
    "losses": [{"amount": "12000.50", "currency": "CNY", "from": "a", "to": "b"}],
    "contact": {"email": "me@example.org"},
    "language": "zh-CN",
    "region": "110000",
}


def test_the_least_report_is_kept_as_sent(door: "Door") -> None:
    answer = door.post_json(REPORTS, {"text": " as sent \r\n"})
    assert answer.status == 201
    assert answer.json["leaf_index"] == 0
    assert answer.json["proof_url"] == "https://tip.example/api/v1/proofs/0"
    assert answer.json["status_url"] == "https://tip.example/api/v1/receipts:status"
    assert re.fullmatch(
        r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", answer.json["receipt_code"]
    )
    assert [each.text for each in door.open_all()] == [b" as sent \r\n"]


def test_all_fields_are_kept_and_the_contact_apart(door: "Door") -> None:
    assert door.post_json(REPORTS, FULL).status == 201
    (kept,) = door.open_all()
    details = json.loads(kept.details)
    assert kept.text == FULL["text"].encode()
    assert details["subjects"] == FULL["subjects"]
    assert details["losses"] == FULL["losses"]
    assert (details["language"], details["region"], details["came_by"]) == (
        "zh-hans",
        "110000",
        "sms",
    )
    assert details["has_contact"] is True
    assert b"example.org" not in kept.details
    contact = open_contact(kept.contact_box, wiring.load_identity_key(door.settings))
    assert json.loads(contact) == {"email": "me@example.org"}


def test_the_received_time_is_no_finer_than_a_minute(door: "Door") -> None:
    door.post_json(REPORTS, {"text": "x"})
    details = json.loads(door.open_all()[0].details)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", details["received_at"])


def test_a_second_try_gets_the_very_same_answer(door: "Door") -> None:
    first = door.post_json(REPORTS, FULL, idempotency_key="k-1")
    second = door.post_json(REPORTS, FULL, idempotency_key="k-1")
    assert second.body == first.body
    assert len(door.open_all()) == 1


def test_a_key_with_another_body_is_a_conflict(door: "Door") -> None:
    door.post_json(REPORTS, {"text": "one"}, idempotency_key="k-1")
    answer = door.post_json(REPORTS, {"text": "two"}, idempotency_key="k-1")
    assert answer.status == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(door.open_all()) == 1


def test_two_partners_keys_do_not_meet(door: "Door") -> None:
    one, two = (add_partner(vault_dir=door.settings.vault_dir, name=name) for name in "ab")
    for key in (one, two):
        given_key = {"authorization": f"Bearer {key}", "idempotency_key": "same"}
        assert door.post_json(REPORTS, {"text": key[-3:]}, **given_key).status == 201
    assert [json.loads(each.details)["sender"] for each in door.open_all()] == ["a", "b"]


def test_a_partner_that_was_removed_is_refused(door: "Door") -> None:
    key = add_partner(vault_dir=door.settings.vault_dir, name="gone")
    remove_partner(vault_dir=door.settings.vault_dir, name="gone")
    answer = door.post_json(REPORTS, {"text": "x"}, authorization=f"Bearer {key}")
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_batch_is_kept_in_order(door: "Door") -> None:
    texts = [f"report {number}" for number in range(40)]
    answer = door.post_json(BATCH, {"reports": [{"text": text} for text in texts]})
    receipts = answer.json["receipts"]
    assert [each["leaf_index"] for each in receipts] == list(range(40))
    assert len({read_code(each["receipt_code"]) for each in receipts}) == 40
    assert [each.text.decode() for each in door.open_all()] == texts


def test_a_bare_list_is_a_batch(door: "Door") -> None:
    assert len(door.post_json(BATCH, [{"text": "a"}, {"text": "b"}]).json["receipts"]) == 2


def test_a_batch_is_kept_all_or_none_and_each_fault_has_its_index(door: "Door") -> None:
    reports = [{"text": "good"}, {"text": " "}, {"text": "x", "role": "admin"}]
    answer = door.post_json(BATCH, {"reports": reports})
    assert answer.status == 422
    errors = [(each["index"], each["field"], each["code"]) for each in answer.json["errors"]]
    assert errors == [(1, "text", "empty"), (2, "role", "unknown_field")]
    assert door.open_all() == []


@pytest.mark.parametrize("body", [{"reports": []}, [], {}, {"reports": [{"text": "x"}] * 1001}])
def test_a_batch_of_none_or_too_many_is_refused(door: "Door", body: object) -> None:
    answer = door.post_json(BATCH, body)
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "reports")


REFUSED: list[tuple[bytes, int, str]] = [
    (b'{"text": ""}', 422, "text"),
    ('{"text": "  \\t 　"}'.encode(), 422, "text"),
    (b'{"text": "a\\u0000b"}', 422, "text"),
    (b"{}", 422, "text"),
    (b'{"text": 7}', 422, "text"),
    (b'{"text": "x", "status": "decided"}', 422, "status"),
    (b'{"text": "x", "leaf_index": 4}', 422, "leaf_index"),
    (b'{"text": "x", "region": "999999"}', 422, "region"),
    (b'{"text": "x", "occurred_at": "yesterday"}', 422, "occurred_at"),
    (b'{"text": "x", "losses": [{"amount": "-1"}]}', 422, "losses[0].amount"),
    (b'{"text": "x", "losses": [{"amount": "1e999999"}]}', 422, "losses[0].amount"),
    (b'{"text": "x", "subjects": [{"kind": "link"}]}', 422, "subjects[0].value"),
    (b'{"text": "x", "text": "y"}', 422, "text"),
    (b'{"text": "' + b"x" * 20_001 + b'"}', 422, "text"),
]


@pytest.mark.parametrize(("body", "status", "field"), REFUSED)
def test_a_refusal_names_the_field(door: "Door", body: bytes, status: int, field: str) -> None:
    answer = door.post_json(REPORTS, body)
    assert (answer.status, answer.json["errors"][0]["field"]) == (status, field)
    assert answer.json["errors"][0]["reason"]
    assert door.open_all() == []


BROKEN = [
    b"", b"{", b"[" * 100_000, b'{"text":' * 50_000, b'{"text": NaN}', b'{"text": "\xff"}', b"null",
    b'{"text": "\\ud800"}', "{\"text\": \"举报\"}".encode("gb18030"), b'{"text": "x"}}', b"\x00",
    b'{"text": "x", "losses": [{"amount": 1e999}]}', b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("path", [REPORTS, BATCH])
@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_broken_json_is_a_problem_never_a_failure(door: "Door", path: str, body: bytes) -> None:
    answer = door.post_json(path, body)
    assert answer.status in {400, 422}
    assert answer.json["title"]


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/json; charset=gb18030", "multipart/form-data", "a;b;c"]
)
def test_other_kinds_of_body_are_refused(door: "Door", kind: str) -> None:
    assert door.ask("POST", REPORTS, b'{"text": "x"}', content_type=kind).status == 415


def test_a_body_over_the_limit_is_refused_by_its_word_and_by_its_size(door: "Door") -> None:
    big = str(door.settings.body_bytes_max + 1)
    assert door.post_json(REPORTS, b"{}", content_length=big).status == 413
    chunks = [b" " * 400_000] * 3
    assert door.ask("POST", REPORTS, chunks, content_type="application/json").status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_told_which_is_taken(door: "Door", method: str) -> None:
    answer = door.ask(method, REPORTS, x_http_method_override="POST")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path",
    ["/api/v1/", "/api/v1/reports/", "/api/v1/Reports", "/api/v1/reports;x", "/api/v1/reports%2f",
     "/api/v1/../v1/reports", "/api/v2/reports", "/api/v1/proofs/"],
)  # fmt: skip
def test_there_is_one_spelling_of_an_address(door: "Door", path: str) -> None:
    assert door.post_json(path, {"text": "x"}).status == 404


@pytest.mark.parametrize("key", ["x" * 256, "a\tb", "ключ".encode().decode("latin-1")])
def test_a_strange_retry_key_is_refused(door: "Door", key: str) -> None:
    assert door.post_json(REPORTS, {"text": "x"}, idempotency_key=key).status == 400


@pytest.mark.parametrize(("refusal", "code"), [(VaultBusy, "busy"), (VaultFull, "full")])
def test_a_vault_that_cannot_take_more_says_when_to_come_again(
    door: "Door", monkeypatch: pytest.MonkeyPatch, refusal: type[Exception], code: str
) -> None:
    def refuse(_unit: object) -> None:
        raise refusal

    monkeypatch.setattr(door.doorway.vault, "append_async", refuse)
    answer = door.post_json(REPORTS, {"text": "x"})
    assert (answer.status, answer.json["type"]) == (503, f"urn:tipline:problem:{code}")
    assert int(answer.headers["retry-after"]) > 0


def test_a_failure_is_a_problem_and_its_words_stay_out_of_the_log(
    door: "Door", monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_unit: object) -> None:
        raise RuntimeError("the reporter's own words")

    monkeypatch.setattr(door.doorway.vault, "append_async", fail)
    assert door.post_json(REPORTS, {"text": "x"}).status == 500
    told = "".join(capfd.readouterr())
    assert "own words" not in told


def test_reasons_come_in_the_callers_language(door: "Door") -> None:
    english = door.post_json(REPORTS, {"text": ""}, accept_language="de, en;q=0.5")
    chinese = door.post_json(REPORTS, {"text": ""}, accept_language="zh-TW")
    assert english.headers["content-language"] == "en"
    assert chinese.headers["content-language"] == "zh-hans"
    assert english.json["title"].isascii()
    assert not chinese.json["title"].isascii()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from([*FULL, "kind", "value", "reports", "receipt_code", "question_id"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([REPORTS, BATCH, "/api/v1/receipts:status", "/api/v1/receipts:reply"]),
    body=st.dictionaries(NAMES, JSON, max_size=4) | JSON | st.binary(max_size=40),
)
def test_whatever_is_sent_is_answered_within_the_contract(
    door: "Door", path: str, body: Any
) -> None:
    answer = door.post_json(path, body)
    assert answer.status in {201, 400, 404, 422}
    assert answer.json


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_with_a_visible_character_comes_through_byte_for_byte(
    door: "Door", text: str
) -> None:
    answer = door.post_json(REPORTS, {"text": text})
    assert answer.status == (422 if text.isspace() else 201)
    if answer.status == 201:
        assert door.open_all()[answer.json["leaf_index"]].text == text.encode()
