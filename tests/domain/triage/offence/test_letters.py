"""Letters are folded and masked for all texts at once, and every place points back at its text."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.offence.gate import find_languages
from tipline.domain.triage.offence.letters import (
    EDGE,
    FEW,
    LINK,
    LONG,
    NAME,
    SOME,
    Stream,
    fold_letters,
    mask_letters,
)

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


def read(text: str, *, with_stops: bool = False) -> Stream:
    return mask_letters(fold_letters([text]), with_stops=with_stops)


def spell(text: str, *, with_stops: bool = False) -> str:
    marks = {FEW: "#", SOME: "##", LONG: "###", LINK: "@", NAME: "&"}
    codes = read(text, with_stops=with_stops).codes[1:-1].tolist()
    return "".join(marks.get(code) or chr(code) for code in codes)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("加微信 abc12345，打13900001111", "加微信&打###"),
        ("上 http://a.example/x?y=1。\uff36\uff29\uff30", "上@vip"),
        ("\u200b你\u200b好", "你好"),
        ("①②ⓐ", "#a"),
        ("验证码 1234", "验证码##"),
        ("", ""),
        ("a@b.example 好", "@好"),
    ],
)
def test_what_identifies_is_masked_and_what_hides_is_folded(text: str, spelled: str) -> None:
    assert spell(text) == spelled


def test_stops_are_kept_where_asked_and_spaces_are_one() -> None:
    assert spell("Call   87121 now!", with_stops=True) == "call ## now!"


@given(texts=st.lists(ANY, max_size=6), with_stops=st.booleans())
def test_a_text_reads_the_same_alone_and_among_others(
    texts: list[str], *, with_stops: bool
) -> None:
    together = mask_letters(fold_letters(texts), with_stops=with_stops)

    for row, text in enumerate(texts):
        alone = read(text, with_stops=with_stops)
        first, last = together.starts[row], together.starts[row + 1]
        assert together.codes[first:last].tolist() == alone.codes[:-1].tolist()
        assert together.begins[first:last].tolist() == alone.begins[:-1].tolist()


@given(text=ANY, with_stops=st.booleans())
def test_places_point_at_the_text_in_order(text: str, *, with_stops: bool) -> None:
    stream = read(text, with_stops=with_stops)
    begins, ends = stream.begins[1:-1], stream.ends[1:-1]

    assert stream.codes[0] == stream.codes[-1] == EDGE
    assert np.all(begins < ends)
    assert np.all(begins[1:] >= ends[:-1])
    assert np.all(ends <= len(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("您的积分可以兑换现金", "zh"),
        ("加我微信 abc12345 领取红包", "zh"),
        ("Your parcel is waiting at the depot", "en"),
        ("Ваша посылка ждёт вас", "other"),
        ("こんにちは、荷物が届きます", "other"),
        ("安全", "other"),
        ("12345", "other"),
    ],
)
def test_a_language_is_told_by_script(text: str, language: str) -> None:
    assert find_languages(fold_letters([text])) == [language]
