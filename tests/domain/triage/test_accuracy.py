"""The measure of reading: what counts as right, missed and made up."""

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.accuracy import lines, slots
from tipline.domain.triage.accuracy.claims import KINDS, Claim, get_host, read_text, simplify
from tipline.domain.triage.accuracy.tally import Row, Tally
from tipline.domain.values import Identifier

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("hard_lines.jsonl").read_text("utf-8").splitlines()
]


MESSAGE = {
    "text": "加微信abcd1234，  订单号17000001234  退",
    "spans": [{"start": 3, "end": 11, "type": "wechat", "value": "abcd1234"}],
}


def found(kind: str, value: str, start: int = 0, *, innocent: str = "") -> Identifier:
    return Identifier(kind, value, start, start + len(value), value, innocent=innocent)


class TestSimplify:
    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            ("url", "http://X.com/", "x.com"),
            ("url", "https://x.com/%E9%80%80", "x.com/退"),
            ("url", "http://中文.com/a", "http://xn--fiq228c.com/a"),
            ("domain", "中文.com", "XN--FIQ228C.COM"),
            ("phone", "+86 138-0013-8000", "8613800138000"),
            ("amount_cny", "20000.00", "20000"),
            ("id_card", "11010519491231002x", "11010519491231002X"),
            ("crypto", "0xABC", "0xabc"),
            ("icp_licence", "京ICP备 12345678号", "京icp备12345678号"),
        ],
    )
    def test_the_same(self, kind: str, one: str, other: str) -> None:
        assert simplify(Claim(kind, one)) == simplify(Claim(kind, other))

    def test_not_the_same(self) -> None:
        assert simplify(Claim("url", "x.com/A")) != simplify(Claim("url", "x.com/a"))
        assert simplify(Claim("crypto", "1Ab")) != simplify(Claim("crypto", "1aB"))

    @given(st.sampled_from(sorted(KINDS)), st.text())
    def test_once_is_enough(self, kind: str, value: str) -> None:
        simple = simplify(Claim(kind, value))

        assert isinstance(simple.value, str)
        if kind != "url":
            assert simplify(simple) == simple

    @pytest.mark.parametrize(
        ("link", "host"),
        [
            ("x.com:80/a", "x.com"),
            ("u:p@x.com/a", "x.com"),
            ("x.com?a=b", "x.com"),
            ("x.com", "x.com"),
        ],
    )
    def test_host(self, link: str, host: str) -> None:
        assert get_host(link) == host


class TestJudge:
    LINE = lines.read_line(
        {
            "text": "…",
            "expect": [
                {"kind": "url", "value": "http://a.b.com/x"},
                {"kind": "phone", "value": "+861", "or": [{"kind": "shortcode", "value": "1"}]},
                {"kind": "domain", "value": "qq.com", "innocent": True},
            ],
            "free": [{"kind": "qq", "value": "12345"}],
        }
    )

    def test_all_right(self) -> None:
        told = [
            found("url", "https://a.b.com/x/"),
            found("shortcode", "1"),
            found("domain", "qq.com", innocent="platform"),
            found("qq", "12345"),  # free
            found("domain", "b.com"),  # the host of a link that is expected
            found("order", "77"),  # no kind of the contract
        ]

        verdict = lines.judge(self.LINE, told)

        assert verdict.is_right
        assert not verdict.misjudged
        assert [each.kind for each in verdict.hits] == ["url", "shortcode", "domain"]

    def test_missed_made_up_and_misjudged(self) -> None:
        verdict = lines.judge(self.LINE, [found("qq", "999"), found("domain", "qq.com")])

        assert [each.kind for each in verdict.missed] == ["url", "phone"]
        assert verdict.spurious == (Claim("qq", "999"),)
        assert verdict.misjudged == (Claim("domain", "qq.com"),)
        assert not verdict.is_right

    def test_only_some_kinds_count(self) -> None:
        verdict = lines.judge(self.LINE, [found("qq", "999")], kinds=frozenset({"url"}))

        assert (verdict.missed, verdict.spurious) == ((Claim("url", "a.b.com/x"),), ())

    def test_a_tally_of_verdicts(self) -> None:
        tally = Tally()
        lines.add_verdict(
            tally, lines.judge(self.LINE, [found("domain", "qq.com"), found("qq", "9")])
        )

        assert tally.sum_up() == Row("all", 1, 2, 1)
        assert (tally.sum_up().precision, tally.sum_up().recall) == (1 / 2, 1 / 3)

    def test_nothing_is_perfect(self) -> None:
        assert (Tally().sum_up().precision, Tally().sum_up().f1) == (1.0, 1.0)


class TestSlots:
    def test_places_must_be_right(self) -> None:
        message = slots.read_message(MESSAGE)
        tally = Tally()
        slots.add_message(
            tally, message, frozenset(slots.list_spans([found("wechat", "abcd1234", 3)]))
        )
        slots.add_message(
            tally, message, frozenset(slots.list_spans([found("wechat", "abcd123", 3)]))
        )

        assert tally.sum_up() == Row("all", 1, 1, 1)

    def test_other_numbers_that_are_taken(self) -> None:
        message = slots.read_message(MESSAGE)
        told = frozenset(slots.list_spans([found("phone", "17000001234", 17)]))

        assert len(message.others) == 1
        assert slots.count_taken(message, told) == 1
        assert slots.count_taken(message, frozenset()) == 0

    def test_service_numbers_are_phones(self) -> None:
        told = [
            found("shortcode", "4008001234"),
            found("shortcode", "95588"),
            found("domain", "x.com"),
        ]

        assert [each.type for each in slots.list_spans(told)] == ["phone", "url"]

    def test_values(self) -> None:
        row = {
            "text": "x",
            "spans": [
                {"type": "phone", "value": "031182541673"},
                {"type": "url", "value": "x.com"},
                {"type": "bankcard", "value": "1"},
            ],
        }
        told = [found("phone", "+8631182541673"), found("domain", "x.com"), found("bank_card", "1")]

        assert lines.judge(slots.read_values(row), told).is_right


class TestHardLines:
    def test_there_are_enough_in_both_languages(self) -> None:
        assert len(ROWS) >= 300
        assert sum(row["lang"] == "en" for row in ROWS) >= 90
        assert {row["part"] for row in ROWS} == {"dev", "held"}
        assert len({row["text"] for row in ROWS}) == len(ROWS)

    def test_every_kind_is_asked_for_and_none_that_is_not(self) -> None:
        kinds = {one["kind"] for row in ROWS for one in row["expect"]}

        assert kinds == KINDS

    def test_many_lines_hold_nothing(self) -> None:
        assert sum(not row["expect"] for row in ROWS) >= 80

    @pytest.mark.parametrize("part", ["dev", "held"])
    def test_they_are_read(self, part: str) -> None:
        tally = Tally()
        for row in ROWS:
            line = lines.read_line(row)
            if line.part == part:
                lines.add_verdict(tally, lines.judge(line, read_text(line.text)))

        assert tally.sum_up().precision >= 0.97
        assert tally.sum_up().recall >= 0.95
