"""When money moved: minutes matter, and people write them in many ways."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.recency import find_ago, find_moment, says_paid

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("半小时前转了5000元", 30),
        ("半个小时之前转的", 30),
        ("10分钟前", 10),
        ("十分钟前", 10),
        ("二十五分钟前", 25),
        ("两个小时前", 120),
        ("一个半小时前", 90),
        ("几分钟前", 3),
        ("三天前", 3 * 1440),
        ("十二天前", 12 * 1440),
        ("两个月前认识，三小时前转账", 180),
        ("this was an hour ago", 60),
        ("half an hour ago", 30),
        ("20 minutes ago I paid", 20),
        ("two days ago", 2 * 1440),
        ("刚刚转账给他了", 10),
        ("刚才被骗转了钱", 10),
        ("I just sent 600 dollars", 10),
        ("今天上午付的款", 1440),
        ("yesterday evening", 2880),
        ("前天", 3 * 1440),
    ],
)
def test_how_long_ago(text: str, minutes: int) -> None:
    found = find_ago(text)

    assert found is not None
    assert found.delta == timedelta(minutes=minutes)
    assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "text", ["", "前面的小时工", "刚刚给我打电话", "今天才发现", "刚认识", "in 5 minutes", "ago"]
)
def test_what_tells_no_time(text: str) -> None:
    assert find_ago(text) is None


@given(st.text())
def test_nothing_raises(text: str) -> None:
    find_ago(text)
    find_moment(text=text, field=text, now=NOW)


def test_a_time_without_a_zone_is_the_hotlines() -> None:
    found = find_moment(text="", field="2026-03-01T19:40", now=NOW, zone=SHANGHAI)

    assert found is not None
    assert NOW - found.at == timedelta(minutes=20)


def test_a_day_alone_is_never_within_the_hour() -> None:
    found = find_moment(text="", field="2026-03-01", now=NOW.replace(hour=0, minute=5))

    assert found is not None
    assert found.at < NOW.replace(hour=0, minute=5) - HOUR


def test_the_text_narrows_the_fields_day_down() -> None:
    narrowed = find_moment(text="半小时前转的", field="2026-03-01", now=NOW, zone=SHANGHAI)
    other = find_moment(text="半小时前转的", field="2026-02-20", now=NOW, zone=SHANGHAI)

    assert narrowed is not None
    assert NOW - narrowed.at == timedelta(minutes=30)
    assert other is not None
    assert NOW - other.at > timedelta(days=8)


def test_a_time_to_come_gains_nothing() -> None:
    later = find_moment(text="", field="2026-03-01T20:00", now=NOW)
    never = find_moment(text="", field="2027-01-01", now=NOW)

    assert later is not None
    assert NOW - later.at > HOUR
    assert never is None


def test_the_field_comes_first() -> None:
    found = find_moment(text="刚刚转账", field="2026-02-27T10:00", now=NOW)

    assert found is not None
    assert found.at.day == 27


def test_that_money_moved_is_told_without_a_sum() -> None:
    assert says_paid("我刚刚把钱转过去了")
    assert not says_paid("刚刚收到短信")
