"""What counts as the same wording, and how like two wordings are held to be."""

import random

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.scan import scan
from tipline.domain.triage.templates import (
    make_skeleton,
    read_key,
    read_wordings,
    write_key,
)
from tipline.domain.triage.templates.bulk import group_texts
from tipline.domain.triage.templates.grouping import Stored, place_texts
from tipline.domain.triage.templates.nearest import JOINS, find_none
from tipline.domain.triage.templates.signature import count_same, estimate

LOAN = "尊敬的客户您的贷款额度已经审批通过请尽快添加专员微信办理放款手续过期作废"
LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 900)))


def read(*texts):
    return read_wordings(texts, [scan(text) for text in texts])


def like(one, other):
    checks = read(one, other).signatures.checks
    return float(estimate(count_same(checks[:1], checks[1:]))[0])


def jaccard(one, other):
    first, second = ({text[i : i + 3] for i in range(len(text) - 2)} for text in (one, other))
    return len(first & second) / len(first | second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{LOAN} 电话 13900001234", f"{LOAN}电话：139-0000-5678"),
        (f"{LOAN} http://a.example.com/x?id=1", f"{LOAN}http://other.example.net/pay"),
        ("您有1个包裹12月3日未取，请回复2", "您有22个包裹1月31日未取请回复 9"),
        ("Your PARCEL is held; call us!", "your ｐａｒｃｅｌ is held - call us"),  # noqa: RUF001 - the forms that are folded
        ("ma\u0301ndanos el co\u0301digo ya mismo", "mándanos el código ya mismo"),
        ("领\u200b取🎁🎁奖品请点击", "领取奖品请点击"),
    ],
)
def test_the_same_wording_has_one_key(one, other):
    keys = read(one, other).keys

    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("您的贷款已批准", "您的贷款已拒绝"), ("", "一"), (LOAN, LOAN[:-1])],
)
def test_another_wording_has_another_key(one, other):
    keys = read(one, other).keys

    assert keys[0] != keys[1]


def test_keys_stay_what_they_were():
    # Stored keys are compared with those of later versions: a change here needs a migration.
    text = "加微信 tuodan_88，电话 13900001234"

    assert write_key(int(read(text).keys[0])) == GOLDEN
    assert write_key(read_key(GOLDEN)) == GOLDEN
    with pytest.raises(ValueError, match="abc"):
        read_key("abc")


GOLDEN = "689afff1c9caeb7b"


def test_a_skeleton_shows_letters_and_one_mark_an_identifier():
    text = "请致电 13900001234 领取 500 元！"

    skeleton = make_skeleton(text, scan(text))

    assert skeleton[:3] == "请致电"
    assert skeleton[4:] == "领取0元"
    assert ord(skeleton[3]) >= 0xF0000


@given(st.lists(st.text(st.characters(), max_size=60), max_size=8))
def test_a_text_reads_alone_as_it_reads_among_others(texts):
    together = read_wordings(texts, [()] * len(texts))

    for place, text in enumerate(texts):
        alone = read_wordings([text], [()])
        assert alone.keys[0] == together.keys[place]
        assert alone.letters[0] == together.letters[place]
        assert (alone.signatures.bands[0] == together.signatures.bands[place]).all()
        assert (alone.signatures.checks[0] == together.signatures.checks[place]).all()


@pytest.mark.parametrize("share", [0.0, 0.05, 0.15, 0.4, 1.0])
def test_the_estimate_is_near_the_true_likeness(share):
    draw = random.Random(5)  # noqa: S311 - the same texts every time
    errors = []
    for _ in range(60):
        one = "".join(draw.choices(LETTERS, k=120))
        other = "".join(draw.choice(LETTERS) if draw.random() < share else c for c in one)
        errors.append(like(one, other) - jaccard(one, other))

    assert abs(float(np.mean(errors))) < 0.03
    assert float(np.std(errors)) < 0.09


def test_texts_are_placed_one_after_the_other():
    changed, other = LOAN.replace("尽快添加专员", "立即联系经理"), LETTERS[:40]
    wordings = read(LOAN, other, changed, LOAN, "短短", other)
    places = place_texts(wordings, Stored({}, {}, find_none(6)))

    assert [each.group for each in places] == [
        places[0].key,
        places[1].key,
        places[0].key,
        places[0].key,
        "",
        places[1].key,
    ]
    assert [each.is_same for each in places] == [False, False, False, True, False, True]
    assert JOINS <= places[2].likeness < 1


def test_a_file_is_grouped_as_the_desk_groups():
    draw = random.Random(3)  # noqa: S311 - the same texts every time
    originals = ["".join(draw.choices(LETTERS, k=80)) for _ in range(40)]
    texts = []
    for number in range(200):
        text = originals[number % 40]
        texts.append("".join(draw.choice(LETTERS) if draw.random() < 0.05 else c for c in text))
    wordings = read(*texts)

    grouped = group_texts(wordings.signatures, np.flatnonzero(wordings.compares))

    placed = place_texts(wordings, Stored({}, {}, find_none(len(texts))))
    founders = {each.key: number for number, each in reversed(list(enumerate(placed)))}
    assert grouped.founders.tolist() == [founders[each.group] for each in placed]
    assert 40 <= len(set(grouped.founders.tolist())) <= 45
