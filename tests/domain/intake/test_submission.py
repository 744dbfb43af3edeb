"""What may be handed in, and how each fault is named."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, strategies as st

from tipline.domain.intake.faults import FAULTS, Fault
from tipline.domain.intake.submission import (
    CAME_BY,
    KIND_OF,
    KINDS,
    Contact,
    Limits,
    Loss,
    Subject,
    Submission,
    SubmissionRefused,
    admit_submission,
    check_submission,
    decode_submission,
    find_kind,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FULL = {
    "text": "刷单被骗，先垫付 3,800 元。",
    "subjects": [{"kind": "link", "value": "http://x.example"}, {"kind": "qq", "value": "12345"}],
    "occurred_at": "2026-02-28T18:30+08:00",
    "came_by": "chat",
    "losses": [{"amount": "3800.50", "currency": "CNY", "from": "6200…", "to": "4111…"}],
    "contact": {"name": "王", "email": "w@x.example", "phone": "1", "other": "晚上"},
    "language": "zh-CN",
    "region": "500000",
}


def list_refused(body: object, **kwargs: object) -> list[tuple[str, str]]:
    encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(SubmissionRefused) as refused:
        admit_submission(encoded, now=NOW, **kwargs)
    for fault in refused.value.faults:
        assert fault.message % fault.params
    return [(fault.field, fault.code) for fault in refused.value.faults]


def try_to_admit(body: bytes) -> tuple[Fault, ...]:
    try:
        admit_submission(body, now=NOW)
    except SubmissionRefused as refused:
        return refused.faults
    return ()


class TestAdmitted:
    def test_the_least_is_a_text(self) -> None:
        assert admit_submission(b'{"text": "..."}') == Submission(text="...")

    def test_everything_at_once(self) -> None:
        submission = admit_submission(json.dumps(FULL).encode(), now=NOW)

        assert submission.text == FULL["text"]
        assert submission.subjects[1] == Subject("qq", "12345")
        assert submission.losses == (Loss(Decimal("3800.50"), "CNY", "6200…", "4111…"),)
        assert isinstance(submission.contact, Contact)

    def test_a_contact_may_be_plain_text(self) -> None:
        assert admit_submission(b'{"text": "x", "contact": "+44 ..."}').contact == "+44 ..."

    def test_null_stands_for_not_given(self) -> None:
        body = {"text": "x", "occurred_at": None, "came_by": None, "contact": None, "region": None}

        assert admit_submission(json.dumps(body).encode()) == Submission(text="x")

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
    def test_the_text_is_kept_exactly(self, text: str) -> None:
        if text.isspace():
            return
        for is_ascii in (True, False):
            body = json.dumps({"text": text}, ensure_ascii=is_ascii).encode()
            assert admit_submission(body).text == text

    @pytest.mark.parametrize(
        "occurred_at",
        ["2026-02-28", "2026-02-28T18:30", "2026-02-28T18:30:00Z", "20260228", "1990-01-01"],
    )
    def test_dates_and_times_of_iso_8601(self, occurred_at: str) -> None:
        assert check_submission(Submission(text="x", occurred_at=occurred_at), now=NOW) == ()

    @pytest.mark.parametrize("amount", [b"1", b"0.01", b'"0.01"', b"3800.5", b'"1E+3"', b"100.10"])
    def test_amounts(self, amount: bytes) -> None:
        admit_submission(b'{"text": "x", "losses": [{"amount": %s}]}' % amount)

    @pytest.mark.parametrize("region", ["000000", "110000", "500105", "410100", "810000"])
    def test_regions(self, region: str) -> None:
        assert check_submission(Submission(text="x", region=region)) == ()

    @pytest.mark.parametrize("language", ["en", "en-GB", "zh", "zh_CN", "zh-Hans", "ZH-hans"])
    def test_languages(self, language: str) -> None:
        assert check_submission(Submission(text="x", language=language)) == ()

    def test_a_struct_round_trips_as_json(self) -> None:
        submission = decode_submission(json.dumps(FULL).encode())

        assert decode_submission(msgspec.json.encode(submission)) == submission


class TestNotJson:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (b"", ("", "cut_short")),
            (b"   ", ("", "cut_short")),
            (b'{"text": "x"', ("", "cut_short")),
            (b"text=x", ("", "not_json")),
            (b"[]", ("", "not_object")),
            (b"null", ("", "not_object")),
            (b'"x"', ("", "not_object")),
            (b'{"text": "x"} {}', ("", "not_json")),
            (b'{"text": "a\nb"}', ("", "not_json")),
            (b'\xef\xbb\xbf{"text": "x"}', ("", "not_json")),
            ('{"text": "x"}'.encode("utf-16"), ("", "not_json")),
            (b'{"text": "\xff"}', ("", "not_utf8")),
            (b'{"text": "\xed\xa0\x80"}', ("", "not_utf8")),
            (b'{"text": NaN}', ("", "not_json")),
            (b'{"text": "x", "losses": [{"amount": NaN}]}', ("", "not_json")),
            (b'{"text": "x", "losses": [{"amount": -Infinity}]}', ("", "not_json")),
        ],
    )
    def test_each_is_named(self, body: bytes, expected: tuple[str, str]) -> None:
        assert list_refused(body) == [expected]

    @pytest.mark.parametrize(
        "body",
        [
            b'{"text": "\\ud800"}',
            b'{"text": "\\udc00x"}',
            b'{"text": "x\\ud83d\\u0041"}',
            b'{"text": "\\ude00\\ud83d"}',
        ],
    )
    def test_half_characters_are_refused(self, body: bytes) -> None:
        assert list_refused(body)

    @pytest.mark.parametrize(
        "body",
        [
            b"[" * 200_000,
            b'{"a":' * 200_000,
            b'{"text": ' + b"[" * 200_000,
            b'{"text": "x", "contact": ' + b'{"other": ' * 100_000,
            b'{"text": "x", "subjects": ' + b"[" * 200_000,
        ],
    )
    def test_deep_nesting_is_refused(self, body: bytes) -> None:
        assert list_refused(body)

    @given(st.binary())
    def test_no_bytes_raise_anything_else(self, body: bytes) -> None:
        assert all(fault.message % fault.params for fault in try_to_admit(body))

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from([*FULL, "kind", "value", "amount", "from", "x"]), inner
                )
            ),
            max_leaves=12,
        )
    )
    def test_no_json_raises_anything_else(self, value: object) -> None:
        faults = try_to_admit(json.dumps(value).encode())

        assert all(fault.message % fault.params for fault in faults)


class TestShape:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({}, ("text", "missing_field")),
            ({"text": 1}, ("text", "not_text")),
            ({"text": None}, ("text", "not_text")),
            ({"text": "x", "txet": 1}, ("txet", "unknown_field")),
            ({"text": "x", "subjects": {}}, ("subjects", "not_list")),
            ({"text": "x", "subjects": ["a"]}, ("subjects[0]", "not_object")),
            ({"text": "x", "subjects": [{"kind": "link"}]}, ("subjects[0].value", "missing_field")),
            (
                {"text": "x", "subjects": [{"kind": "link", "value": "a", "url": 1}]},
                ("subjects[0].url", "unknown_field"),
            ),
            ({"text": "x", "losses": [{}]}, ("losses[0].amount", "missing_field")),
            ({"text": "x", "losses": [{"amount": True}]}, ("losses[0].amount", "not_amount")),
            ({"text": "x", "losses": [{"amount": "much"}]}, ("losses[0].amount", "bad_value")),
            (
                {"text": "x", "losses": [{"amount": 1, "from_": "a"}]},
                ("losses[0].from_", "unknown_field"),
            ),
            ({"text": "x", "contact": 7}, ("contact", "not_contact")),
            ({"text": "x", "contact": {"fax": "1"}}, ("contact.fax", "unknown_field")),
            ({"text": "x", "x" * 5_000: 1}, ("x" * 100, "unknown_field")),
            ({"text": "x", "a`b\n": 1}, ("a`b\n", "unknown_field")),
        ],
    )
    def test_each_is_named_by_its_path(self, body: object, expected: tuple[str, str]) -> None:
        assert list_refused(body) == [expected]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            (b'{"text": "a", "text": "b"}', "text"),
            (b'{"text": "a", "te\\u0078t": "b"}', "text"),
            (b'{"text": "a", "contact": {"name": "x", "name": "y"}}', "name"),
            (b'{"text": "a", "subjects": [{"kind": "link", "kind": "qq", "value": "x"}]}', "kind"),
        ],
    )
    def test_a_repeated_field_is_refused(self, body: bytes, field: str) -> None:
        assert list_refused(body) == [(field, "repeated_field")]


class TestValues:
    @pytest.mark.parametrize("text", ["", " ", "\n\t", "　", "\u2028 "])
    def test_a_text_without_words(self, text: str) -> None:
        assert list_refused({"text": text}) == [("text", "empty")]

    def test_a_nul(self) -> None:
        assert list_refused({"text": "a\0b"}) == [("text", "nul")]

    def test_a_lone_surrogate_from_a_form(self) -> None:
        faults = check_submission(Submission(text="a\ud800", contact="\udfff"))

        assert [(fault.field, fault.code) for fault in faults] == [
            ("text", "surrogate"),
            ("contact", "surrogate"),
        ]

    def test_too_long(self) -> None:
        assert list_refused({"text": "好" * 11}, limits=Limits(text_chars_max=10)) == [
            ("text", "too_long")
        ]

    @pytest.mark.parametrize(
        ("amount", "code"),
        [
            ("0", "not_positive"),
            ("-1", "not_positive"),
            ("1.005", "too_precise"),
            ("1e999", "too_much"),
            ("1e-999", "too_precise"),
            ("1e999999", "too_much"),
            ("-1e999", "not_positive"),
            ('"NaN"', "not_amount"),
            ('"sNaN"', "not_amount"),
            ('"Infinity"', "not_amount"),
            ("9" * 5_000, "too_much"),
            ("0." + "1" * 5_000, "too_precise"),
        ],
    )
    def test_amounts(self, amount: str, code: str) -> None:
        body = f'{{"text": "x", "losses": [{{"amount": {amount}}}]}}'.encode()

        assert list_refused(body) == [("losses[0].amount", code)]

    @pytest.mark.parametrize("currency", ["", "¥", "YUAN", "C1Y", "人民币", "US"])
    def test_currencies(self, currency: str) -> None:
        body = {"text": "x", "losses": [{"amount": 1, "currency": currency}]}

        assert list_refused(body) == [("losses[0].currency", "not_currency")]

    @pytest.mark.parametrize(
        ("occurred_at", "code"),
        [
            ("yesterday", "not_date"),
            ("2026-02-30", "not_date"),
            ("2026-13-01", "not_date"),
            ("18:30", "not_date"),
            ("9" * 300, "not_date"),
            ("0001-01-01", "too_old"),
            ("0001-01-01T00:00+14:00", "too_old"),
            ("2026-03-03", "in_future"),
            ("9999-12-31T23:59:59-12:00", "in_future"),
        ],
    )
    def test_times(self, occurred_at: str, code: str) -> None:
        assert list_refused({"text": "x", "occurred_at": occurred_at}) == [("occurred_at", code)]

    def test_tomorrow_is_today_somewhere(self) -> None:
        assert check_submission(Submission(text="x", occurred_at="2026-03-02"), now=NOW) == ()

    @pytest.mark.parametrize(
        "region",
        ["990000", "50", "5000000", "\uff15\uff10\uff10\uff10\uff10\uff10", "x", "110000\n"],
    )
    def test_regions(self, region: str) -> None:
        assert list_refused({"text": "x", "region": region}) == [("region", "unknown_region")]

    def test_languages(self) -> None:
        assert list_refused({"text": "x", "language": "tlh"}) == [("language", "unknown_language")]

    def test_subjects(self) -> None:
        subjects = [{"kind": "spell", "value": "x"}, {"kind": "link", "value": " "}]

        assert list_refused({"text": "x", "subjects": subjects}) == [
            ("subjects[0].kind", "unknown_kind"),
            ("subjects[1].value", "empty"),
        ]

    def test_too_many(self) -> None:
        body = {"text": "x", "subjects": [{"kind": "spell", "value": ""}] * 1_000}

        found = list_refused(body, limits=Limits(subjects_max=2))
        assert found[0] == ("subjects", "too_many")
        assert len(found) == 5  # the first two are judged, the rest is not

    def test_all_faults_are_named_at_once(self) -> None:
        body = {
            "text": "",
            "region": "1",
            "language": "x",
            "came_by": "\0",
            "contact": {"name": "\0"},
        }

        assert list_refused(body) == [
            ("text", "empty"),
            ("contact.name", "nul"),
            ("came_by", "nul"),
            ("language", "unknown_language"),
            ("region", "unknown_region"),
        ]

    def test_the_refusal_repeats_no_value(self) -> None:
        with pytest.raises(SubmissionRefused) as refused:
            admit_submission(json.dumps({"text": "x", "region": "secret-words"}).encode())

        assert "secret" not in str(refused.value)
        assert (refused.value.field, refused.value.reason) == ("region", "unknown_region")


def test_kinds_and_their_finer_names() -> None:
    assert set(KIND_OF.values()) == set(KINDS)
    assert find_kind(" WeChat ") == "account"
    assert find_kind("bank_card") == "payment"
    assert find_kind("spell") is None
    assert "other" in CAME_BY


def test_every_fault_has_words() -> None:
    assert Fault("x", "empty").message == FAULTS["empty"]
