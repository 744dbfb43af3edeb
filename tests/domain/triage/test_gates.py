"""Gates lose nothing, many texts read as one does, and bait costs no more than its length."""

import re
import time

import pytest
from hypothesis import given, settings, strategies as st

from tipline.domain.triage.reading.folding import FOLDING_GATE, Folded, reads_as_it_stands
from tipline.domain.triage.reading.gates import loosen
from tipline.domain.triage.scan import ASIDE, BELIEF, KINDS, PlainSieve, scan, scan_many

WORDS = (
    "微信", "v信", "加我", "VX", "QQ", "群", "扣扣", "电报", "tg", "@abc_bot", "t.me/abcdef", "wa.me/8613800138000",
    "支付宝", "商户号", "订单号", "快递", "SF123456789012", "www.", "abc", ".com", "/a", "https://", "hxxp", "[.]", "点",
    "13800138000", "1 3 8", "0013", "8000", "l38", "OO", "010-", "65521234", "+44 20 7946 0958", "95588", "110", "拨打",
    "6222021234567890128", "11010519491231002X", "203.0.113.7", ":8080", "2001:db8::1:2", "a@b.cn", " at ", "0x" + "ab1" * 13 + "c",
    "0123456789abcdef" * 2, "京ICP备12345678号-1", "com.abc.def", "《好》APP", "工商.中国", "\u200b", "①②", "三八", "\uff21\uff0e\uff43\uff4f\uff4d", " ", "\n", "：", "，", "\ud800",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=8).map("".join)
BAITS = (
    "1",
    "a.",
    "1 ",
    "@",
    "a@",
    "/",
    "http://",
    "微信",
    "a",
    "1.",
    "(",
    "-",
    "中.",
    "点",
    "三",
    "q",
    "1a-",
    "x.com/",
    "[.]",
)


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_whatever_is_found_passes_its_gate(text: str) -> None:
    folded = Folded(text)

    for kind in KINDS:
        if list(kind.find_in(Folded(text))):
            assert re.search(kind.gate, folded.plain), kind.name


@given(PIECES | st.text())
def test_the_gate_of_folding_says_what_folding_does(text: str) -> None:
    assert reads_as_it_stands(text) is (re.search(FOLDING_GATE, text) is None)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_many_texts_read_as_each_does(texts: list[str]) -> None:
    assert scan_many(texts, sieve=PlainSieve()) == [scan(each) for each in texts]


def test_the_order_of_belief_names_modules_that_are_there() -> None:
    assert set(BELIEF) <= {each.name for each in KINDS}
    assert {"order", "courier", "app_name"} == ASIDE


@pytest.mark.parametrize(
    ("pattern", "loose"),
    [
        (r"(?<![a-z])q(?=[号:]|(?:a|b))x", "qx"),
        (r"(?P<value>[a-z)(]++)\b", "(?:[a-z)(]+)"),
        (r"a(?!(?:b|c\)))d", "ad"),
    ],
)
def test_what_narrows_goes_from_a_gate(pattern: str, loose: str) -> None:
    assert loosen(pattern) == loose


def measure(text: str) -> float:
    started = time.process_time()
    scan(text)
    return time.process_time() - started


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("bait", BAITS)
def test_ten_million_characters_of_bait_take_ten_times_one_million(bait: str) -> None:
    one = max(measure(bait * (1_000_000 // len(bait))), 0.05)

    assert measure(bait * (10_000_000 // len(bait))) < 40 * one  # quadratic would be a hundred
