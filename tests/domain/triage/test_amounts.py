"""Amounts: whoever writes a sum in any of the usual ways is understood, and nothing else is money."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given, strategies as st

from tipline.domain.triage.amounts import GATE, Amount, find_amounts, find_counts, write_plain
from tipline.domain.triage.amounts.numerals import read_number

LINES = [
    line.rsplit(" | ", 1)
    for line in Path(__file__).with_name("amount_lines.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
_DIGITS, _FINANCIAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_UNITS, _FINANCIAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_PROSE = "我被他们的人在网上让先后把这个说好不退，。！？ 12abc"
_PIECES = st.sampled_from(
    [
        *"0123456789０５,，.．:：-~+wWkKmU元块圆毛角¥￥$万亿千百十一二两几余多来把半 \n\u3000\u200b年月日%人个次",  # noqa: RUF001 - as sent
        *(
            "RMB",
            "rmb",
            "yuan",
            "usd",
            "million",
            "hundred",
            "thousand",
            "被骗",
            "转账",
            "约",
            "上",
            "人民币",
        ),
    ]
)
texts = st.text() | st.lists(_PIECES, max_size=30).map("".join)
sums = st.integers(1, 999_999_999_999)


def show(amount: Amount) -> str:
    upper = f"..{write_plain(amount.upper)}" if amount.upper else ""
    mark = upper or ("+" if amount.is_at_least else "~" if amount.is_about else "")
    return f"{amount.currency} {write_plain(amount.value)}{mark}"


def write_section(number: int, *, digits: str, units: tuple[str, ...]) -> str:
    """A number below 10000 in Chinese."""
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + units[place]
        gap = digit == 0
    return written


def write_chinese(number: int, *, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    written = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10_000
        if section:
            gap = "零" if written and section < 1000 else ""
            written += gap + write_section(section, digits=digits, units=units) + name
    return written


STYLES = {
    "digits": str,
    "commas": "{:,}".format,
    "full-width": lambda n: "".join(chr(ord(each) + 0xFEE0) for each in str(n)),
    "chinese": write_chinese,
    "financial": lambda n: write_chinese(n, digits=_FINANCIAL, units=_FINANCIAL_UNITS),
    "ten thousands": lambda n: f"{write_plain(Decimal(n) / 10_000)}万",
    "w": lambda n: f"{write_plain(Decimal(n) / 10_000)}w",
    "mixed": lambda n: f"{n // 10_000}万{n % 10_000:04d}" if n >= 10_000 else str(n),
}


@pytest.mark.parametrize(("text", "expected"), LINES, ids=lambda each: each[:30])
def test_what_people_write(text: str, expected: str) -> None:
    assert "; ".join(map(show, find_amounts(text))) == (expected if expected != "-" else "")


def test_there_are_enough_lines() -> None:
    assert len(LINES) >= 200


@given(
    number=sums,
    style=st.sampled_from(sorted(STYLES)),
    before=st.sampled_from(["", "被骗", "我转了他 "]),
)
def test_a_sum_is_read_back_in_every_style(number: int, style: str, before: str) -> None:
    assume(style != "mixed" or number < 10_000 or number % 10_000 >= 10)
    found = find_amounts(f"{before}{STYLES[style](number)}元。")

    assert [(each.value, each.currency) for each in found] == [(number, "CNY")]


@given(number=sums, prose=st.text(_PROSE, max_size=8))
def test_prose_about_a_signed_sum_does_not_change_it(number: int, prose: str) -> None:
    assume(not prose[-1:].isascii() or not prose)
    found = find_amounts(f"{prose}¥{number:,}.50，{prose}")

    assert Decimal(f"{number}.5") in [each.value for each in found]


@given(texts)
def test_spans_point_at_the_text_in_order(text: str) -> None:
    end = 0
    for each in find_amounts(text):
        assert text[each.start : each.end] == each.surface != ""
        assert each.start >= end
        assert each.value > 0
        assert each.upper is None or each.upper > each.value
        end = each.end


@given(texts)
def test_counts_point_at_the_text(text: str) -> None:
    for each in find_counts(text):
        assert text[each.start : each.end] == each.surface
        assert each.number > 0


@given(st.lists(texts, max_size=20))
def test_the_gate_means_the_same_to_the_engine_of_tables(many: list[str]) -> None:
    clean = [text for text in many if text.isprintable()]
    passed = pl.Series(clean, dtype=pl.String).str.contains(GATE).to_list()

    for text, is_passed in zip(clean, passed, strict=True):
        assert is_passed or not find_amounts(text)


def test_the_gate_lets_every_line_with_money_through() -> None:
    money = [text for text, expected in LINES if expected != "-"]

    assert pl.Series(money).str.contains(GATE).all()


@given(st.text("0123456789一二三十百千万亿几余多零wk.,", max_size=40))
def test_a_run_is_a_number_or_none(run: str) -> None:
    number = read_number(run) if run else None

    assert number is None or number.value >= 0


@pytest.mark.parametrize(
    "bait", ["1", "1,", "1,111", "万", "一", "1万", "¥", "1 ", "one hundred ", "上百", "1-"]
)
def test_bait_is_read_in_one_pass(bait: str) -> None:
    # A reading that tried every place again would not end within the suite's time limit.
    find_amounts(bait * (300_000 // len(bait)))


def test_characters_of_no_width_are_put_back() -> None:
    text = "付了5\u200b0\u200b0元"

    (found,) = find_amounts(text)

    assert (found.value, found.surface) == (500, "5\u200b0\u200b0元")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("20000000", "20000000"),
        ("1234.50", "1234.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.10", "0.1"),
    ],
)
def test_plain_digits(value: str, written: str) -> None:
    assert write_plain(Decimal(value)) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3400余人", [(3400, "people", True)]),
        ("300多个团伙", [(300, "gangs", True)]),
        ("抓获嫌疑人三千多名", []),
        ("12名嫌疑人和两张银行卡", [(12, "suspects", False), (2, "cards", False)]),
        ("about 3,400 suspects", [(3400, "suspects", False)]),
        ("转了三次", [(3, "times", False)]),
        ("5人民币", []),
        ("百人", []),
    ],
)
def test_counts(text: str, expected: list[tuple[int, str, bool]]) -> None:
    assert [(each.number, each.unit, each.is_at_least) for each in find_counts(text)] == expected
