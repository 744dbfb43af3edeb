"""The report form: what it keeps, what it gives back, what it says when something is wrong."""

import base64
import html
import json
import re
from typing import TYPE_CHECKING

import pytest

from tipline.domain.intake.receipt import read_code
from tipline.vault import VaultBusy
from tipline.vault.files import get_file_path, open_file

if TYPE_CHECKING:
    from tests.interfaces.conftest import Answer, Door, Part

FORM = "/en/report/"
XSS = '"><script>alert(1)</script><svg onload=alert(2)>{{ 7*7 }}%s'


def send(door: "Door", *parts: "Part", path: str = FORM, **fields: str) -> "Answer":
    return door.post_parts(path, [*fields.items(), *parts])


def get_code(answer: "Answer") -> str:
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", answer.text)
    return read_code("".join(groups))


@pytest.mark.parametrize("path", ["/en/report/", "/zh-hans/report/"])
def test_a_report_gets_a_receipt(door: "Door", path: str) -> None:
    answer = send(door, path=path, text="what happened")
    assert answer.status == 201
    assert get_code(answer) == answer.find_hidden("code")
    assert "data:image/svg+xml" in answer.text
    assert door.doorway.log_key in html.unescape(answer.text)


def test_the_text_is_kept_byte_for_byte(door: "Door") -> None:
    text = " 第一行\r\n\r\n\ttab \u202ereversed\u200b \U0001d7cf\uff12 e\u0301 \U0001f469\u200d\U0001f4bb "
    send(door, text=text)
    assert door.open_all()[0].text == text.encode()


def test_both_kinds_of_form_body_say_the_same(door: "Door") -> None:
    send(door, text="a + b & c=ü 中")
    assert door.post_form(FORM, {"text": "a + b & c=ü 中"}).status == 201
    first, second = door.open_all()
    assert first.text == second.text


def test_all_fields_arrive(door: "Door") -> None:
    answer = send(
        door,
        text="x",
        **{
            "subject_rows": "3",
            "subject-0-kind": "link",
            "subject-0-value": "http://a.example/?q=1&r=%20",
            "subject-2-value": "no kind chosen",
            "loss-0-amount": "￥1.2万",
            "loss-0-from": "my card",
            "came-by": "sms",
            "occurred-day": "2026-01-31",
            "occurred-time": "18:30",
            "region": "310000",
            "contact-email": "me@example.org",
        },
    )
    assert answer.status == 201
    details = json.loads(door.open_all()[0].details)
    assert [each["value"] for each in details["subjects"]] == [
        "http://a.example/?q=1&r=%20",
        "no kind chosen",
    ]
    assert [each["kind"] for each in details["subjects"]] == ["link", "other"]
    assert details["losses"] == [
        {"amount": "12000.0", "currency": "CNY", "from": "my card", "to": None}
    ]
    assert (details["came_by"], details["occurred_at"]) == ("sms", "2026-01-31T18:30")
    assert (details["region"], details["language"]) == ("310000", "en")
    assert details["has_contact"]


def test_an_empty_form_is_told_where(door: "Door") -> None:
    answer = send(door, text="  ")
    assert answer.status == 422
    assert '<a href="#text">' in answer.text
    assert 'aria-describedby="text-hint text-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert door.open_all() == []


def test_what_was_typed_comes_back_escaped(door: "Door") -> None:
    fields = dict.fromkeys(("text", "subject-1-value", "contact-name", "loss-0-to", "came-by"), XSS)
    answer = send(door, **fields, **{"loss-0-amount": "abc"})
    assert answer.status == 422
    assert "<script>alert" not in answer.text
    assert "<svg onload" not in answer.text
    assert answer.text.count(html.escape(XSS)) == 4
    assert answer.text.count(" open") >= 2


def test_a_row_is_added_and_nothing_lost(door: "Door") -> None:
    answer = send(
        door,
        ("files", "a.png", b"picture", "image/png"),
        add="subject",
        text="so far",
        subject_rows="2",
        **{"subject-1-value": "kept"},
    )
    assert answer.status == 200
    assert 'id="subject-2-value"' in answer.text
    assert "so far" in answer.text
    assert 'value="kept"' in answer.text
    assert "a.png" in answer.text


@pytest.mark.parametrize("rows", ["", "-1", "99999999999", "²", "1e9", "x"])
def test_a_changed_number_of_rows_does_no_harm(door: "Door", rows: str) -> None:
    answer = send(door, add="subject", subject_rows=rows, loss_rows=rows)
    assert answer.status == 200
    assert answer.text.count("-value") < 400


def test_files_are_sealed_and_go_with_the_report(door: "Door") -> None:
    data = bytes(range(256)) * 700
    send(door, ("files", "../../etc/pass\u202ewd.png", data, "image/png"), text="x")
    details = json.loads(door.open_all()[0].details)
    (file,) = details["files"]
    assert file["name"] == "pass�wd.png"
    assert file["size"] == len(data)
    path = get_file_path(door.settings.files_dir, file["file_id"])
    assert data[:64] not in path.read_bytes()
    assert b"".join(open_file(path, base64.b64decode(file["key"]))) == data


def test_a_strange_media_type_does_no_harm(door: "Door") -> None:
    send(door, ("files", "a", b"x", "a/b\0\x1b[31m; " + "z" * 500), text="x")
    kind = json.loads(door.open_all()[0].details)["files"][0]["type"]
    assert kind.isprintable()
    assert len(kind) <= 100


def test_files_survive_an_error_in_the_form(door: "Door") -> None:
    first = send(door, ("files", "a.png", b"picture", "image/png"), text="")
    assert first.status == 422
    second = send(door, text="now with text", kept=first.find_hidden("kept"))
    assert second.status == 201
    assert [each["name"] for each in json.loads(door.open_all()[0].details)["files"]] == ["a.png"]


def test_a_kept_file_can_be_dropped(door: "Door") -> None:
    parts = [("files", f"{name}.png", b"picture", "image/png") for name in "ab"]
    first = send(door, *parts, text="")
    send(door, text="x", kept=first.find_hidden("kept"), drop="0")
    assert [each["name"] for each in json.loads(door.open_all()[0].details)["files"]] == ["b.png"]


@pytest.mark.parametrize("token", ["x", "AAAA" * 30, "中"])
def test_a_changed_token_asks_for_the_files_again(door: "Door", token: str) -> None:
    answer = send(door, text="x", kept=token)
    assert answer.status == 422
    assert '<a href="#files">' in answer.text


def test_a_file_that_went_already_asks_for_it_again(door: "Door") -> None:
    first = send(door, ("files", "a.png", b"picture", "image/png"), text="")
    token = first.find_hidden("kept")
    assert send(door, text="one", kept=token).status == 201
    assert send(door, text="two", kept=token).status == 422
    assert len(door.open_all()) == 1


def test_limits_are_told_in_the_form_and_the_rest_is_kept(door: "Door") -> None:
    parts = [
        ("files", "empty.txt", b"", "text/plain"),
        ("files", "large.bin", b"x" * 200_001, "text/plain"),
        ("files", "just.bin", b"x" * 200_000, "text/plain"),
        *(("files", f"{number}.txt", b"y", "text/plain") for number in range(4)),
    ]
    answer = send(door, ("text", "still here"), *parts)
    assert answer.status == 422
    assert "still here" in answer.text
    told = html.unescape(answer.text)
    for name in ("empty.txt", "large.bin", "2.txt", "3.txt"):
        assert f"“{name}” was not taken" in told
    assert len(list(door.settings.files_dir.iterdir())) == 3


def test_nothing_chosen_is_no_file(door: "Door") -> None:
    assert send(door, ("files", "", b"", "application/octet-stream"), text="x").status == 201


def test_a_double_click_is_one_report(door: "Door") -> None:
    fields = {"text": "once", "form_key": "a-random-key"}
    file = ("files", "a.png", b"picture", "image/png")
    first, second = send(door, file, **fields), send(door, file, **fields)
    assert get_code(first) == get_code(second)
    assert len(door.open_all()) == 1


def test_a_form_that_was_changed_is_another_report(door: "Door") -> None:
    send(door, text="first", form_key="a-random-key")
    assert send(door, text="second", form_key="a-random-key").status == 201
    assert len(door.open_all()) == 2


def test_a_vault_that_is_busy_keeps_the_form(door: "Door", monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_unit: object) -> None:
        raise VaultBusy

    monkeypatch.setattr(door.doorway.vault, "append_async", refuse)
    answer = send(door, ("files", "a.png", b"picture", "image/png"), text="my words")
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "my words" in answer.text
    assert answer.find_hidden("kept")


@pytest.mark.parametrize("chunk", [1, 7, 64, 4_096])
def test_any_cut_of_the_stream_is_read_alike(door: "Door", chunk: int) -> None:
    parts = [("text", "häppened\r\n--XyZ?\r\n"), ("files", "a", b"\r\n--Xy\r\n-" * 9, "a/b")]
    assert door.post_parts(FORM, parts, chunk=chunk).status == 201
    kept = door.open_all()[0]
    assert kept.text.decode() == parts[0][1]
    assert json.loads(kept.details)["files"][0]["size"] == len(parts[1][2])


BROKEN = [
    ("multipart/form-data; boundary=XyZ", b"--XyZ\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx"),
    ("multipart/form-data; boundary=XyZ", b"rubbish"),
    ("multipart/form-data; boundary=XyZ", b"--XyZ\r\nA: b\r\n\r\nx\r\n--XyZ--\r\n"),
    ("multipart/form-data; boundary=" + "b" * 300, b"x"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=XyZ", b"--XyZ\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\xff\r\n--XyZ--\r\n"),
    ("application/x-www-form-urlencoded", b"text=%ff"),
    ("application/x-www-form-urlencoded", b"text=\xe4"),
    ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 2_000)),
    ("text/plain", b'{"text": "x"}'),
    ("", b"text=x"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), BROKEN, ids=range(len(BROKEN)))
def test_a_body_that_is_no_form_is_refused(door: "Door", kind: str, body: bytes) -> None:
    assert door.ask("POST", FORM, body, content_type=kind).status == 400
    assert door.open_all() == []
    assert list(door.settings.files_dir.iterdir()) == []


def test_too_many_words_are_refused_and_a_long_text_is_told(door: "Door") -> None:
    assert send(door, text="x" * 2_000_001).status == 413
    answer = send(door, text="长" * 20_001)
    assert answer.status == 422
    assert "长" * 20_001 in answer.text


def test_a_declared_giant_is_refused_unread(door: "Door") -> None:
    answer = door.ask(
        "POST", FORM, content_type="multipart/form-data; boundary=XyZ", content_length="9" * 15
    )
    assert answer.status == 413
