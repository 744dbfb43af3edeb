"""Many texts at once get what each would get alone, by way of the one list of stages."""

import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from tipline.adapters.sieve import PolarsSieve
from tipline.domain.triage import recency, vulnerability
from tipline.domain.triage.assess import Findings, Place, judge, read
from tipline.domain.triage.chain import STAGES, Tools, run_stages
from tipline.domain.triage.contract import describe, list_keys
from tipline.domain.triage.opinion import Ground, Guess, Opinion, Unread
from tipline.domain.triage.scan import PlainSieve

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PLACE = Place(now=NOW)
TEXTS = [
    "",
    "加微信 tuodan_88，电话 13900001234，网址 http://bad.example/pay",
    "刚刚转账38000元到卡号6222600260001072444，老人全部积蓄都没了",
    "昨天收到短信，半小时前被骗了2000余万元",
    "I paid $500 two hours ago, my grandmother is in debt",
    "卡号 6222 6002 6000 1072 444 快递单号 SF1234567890123",
    "恭喜您获得手机一部请登录领取",
]
PIECES = st.sampled_from(
    [*TEXTS, "前天", "3天前", "68岁", "自杀", " today ", "被困", "5,000块", "\ud800", "１３９"]
)


class Reader:
    """Names loans wherever money is named, to see that opinions go through."""

    version = "test"

    def read_many(self, texts):
        ground = Ground("urgency", {"offence": "FR-LOAN"}, 0, 1)
        guess = Guess("FR-LOAN", 0.91239, (ground,))
        return [Opinion(offences=(guess,), unsure=False) if "元" in t else Opinion() for t in texts]


@pytest.mark.parametrize("sieve", [PlainSieve(), PolarsSieve()], ids=["plain", "polars"])
@settings(max_examples=60)
@given(texts=st.lists(st.lists(PIECES, max_size=3).map("".join), max_size=6))
def test_a_text_gets_together_what_it_gets_alone(sieve, texts):
    tools = Tools(sieve=sieve, reader=Reader(), place=PLACE)

    columns = run_stages(texts, tools)

    opinions = Reader().read_many(texts)
    for place, (text, opinion) in enumerate(zip(texts, opinions, strict=True)):
        alone = judge(read(text=text, details={}, opinion=opinion), Findings(), PLACE)
        assert columns.identifiers[place] == alone.reading.identifiers
        assert columns.readings[place].sums == alone.reading.sums
        assert columns.priorities[place] == alone.priority


def test_each_stage_is_told_of_once_and_in_order():
    told = []

    run_stages(TEXTS, Tools(sieve=PlainSieve(), reader=Unread(), place=PLACE), told.append)

    assert told == list(STAGES)


def test_what_is_known_of_a_subject_counts():
    asked = []

    def look_up(subjects):
        asked.extend(subjects)
        return {
            ("phone", "+8613900001234"): "subject.listed",
            ("wechat", "tuodan_88"): "subject.own",
        }

    tools = Tools(sieve=PlainSieve(), reader=Unread(), place=PLACE, look_up=look_up)
    columns = run_stages(TEXTS, tools)

    assert ("phone", "+8613900001234") in asked
    assert len(asked) == len(set(asked))
    assert columns.known[1] == "subject.own"
    assert columns.priorities[1].points["known"] == 5
    assert set(columns.known) == {"", "subject.own"}


def test_a_line_has_the_keys_of_the_contract_in_order():
    columns = run_stages(TEXTS, Tools(sieve=PlainSieve(), reader=Reader(), place=PLACE))

    lines = [msgspec.json.decode(msgspec.json.encode(each)) for each in describe(columns, range(7))]

    keys = ["row", "identifiers", "offences", "unsure", "amounts", "template", "priority"]
    assert list(list_keys()) == [*keys, "priority_parts"]
    for row, (line, text) in enumerate(zip(lines, TEXTS, strict=True)):
        assert list(line) == list(list_keys())
        assert line["row"] == row
        assert re.fullmatch("[0-9a-f]{16}", line["template"])
        assert sum(line["priority_parts"].values()) == line["priority"]
        for each in line["identifiers"]:
            assert list(each) == ["kind", "value", "start", "end", "hidden_by", "innocent"]
            assert text[each["start"] : each["end"]]
    assert lines[2]["offences"][0]["code"] == "FR-LOAN"
    assert lines[2]["offences"][0]["confidence"] == 0.9124
    assert {"kind": "amount_cny", "value": "38000"}.items() <= lines[2]["amounts"][0].items()
    assert lines[3]["amounts"][0]["at_least"] is True
    assert lines[4]["amounts"][0]["currency"] == "USD"
    assert "courier" not in {each["kind"] for each in lines[5]["identifiers"]}


def _list_patterns(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _list_patterns(each)


@pytest.mark.parametrize("module", [recency, vulnerability], ids=lambda each: each.__name__)
@settings(max_examples=200)
@given(data=st.data())
def test_a_gate_lets_everything_through_that_is_found_behind_it(module, data):
    patterns = list(_list_patterns(dict(vars(module), __builtins__=None)))
    assert len(patterns) > 4
    pattern = data.draw(st.sampled_from(patterns))
    text = data.draw(st.from_regex(pattern))

    assert re.search(module.GATE, text)
    assert PolarsSieve().sift([text], (module.GATE,)) == [1]
