"""When money moved, as the report's field or its words tell: an hour decides whether it can be stopped."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
}
_UNITS = {
    "分钟": timedelta(minutes=1), "minute": timedelta(minutes=1), "min": timedelta(minutes=1),
    "小时": timedelta(hours=1), "钟头": timedelta(hours=1), "hour": timedelta(hours=1),
    "天": timedelta(days=1), "日": timedelta(days=1), "day": timedelta(days=1),
    "周": timedelta(days=7), "星期": timedelta(days=7), "week": timedelta(days=7),
    "月": timedelta(days=30), "month": timedelta(days=30),
    "年": timedelta(days=365), "year": timedelta(days=365),
}  # fmt: skip
_COUNTED = re.compile(
    r"(?P<half>半)个?(?P<half_unit>小时|钟头|天|月|年)(?:之|以)?前|"
    r"(?P<zh>\d{1,3}|[一二两三四五六七八九十几]{1,3})(?P<and_half>个半)?个?"
    r"(?P<zh_unit>分钟|小时|钟头|天|日|周|星期|月|年)(?:多)?(?:之|以)?前|"
    r"\bhalf an (?P<half_en>hour) ago\b|"
    r"\b(?P<en>\d{1,3}|an?|one|two|three|four|five|six|ten|a few) (?P<en_unit>minute|min|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"刚[^,，。;；!！?？\n]{0,12}(?:转账|转帐|转了|转过去|付了|付款|汇款|汇了|打款|打了\d|充值|充了|刷了|交了|被骗|被转)|"
    r"\bjust (?:sent|paid|transferred|wired|lost)\b|\bjust now (?:sent|paid|transferred|wired|lost)\b",
    re.IGNORECASE,
)
_NAMED = (
    # heads of the words, words, at most so long ago
    (("刚", "just"), _PAID, timedelta(minutes=10)),
    (("今", "today", "this ", "tonight"), re.compile(r"今[天日早晚](?!才?[发知看听])|\b(?:today|this morning|this afternoon|tonight)\b", re.IGNORECASE), timedelta(days=1)),
    (("昨", "yesterday", "last night"), re.compile(r"昨[天日晚]|\b(?:yesterday|last night)\b", re.IGNORECASE), timedelta(days=2)),
    (("前天", "before yesterday"), re.compile(r"前天|the day before yesterday", re.IGNORECASE), timedelta(days=3)),
)  # fmt: skip
# A text without any of these tells of no time. Means the same to Python's re and to Rust's regex.
GATE = (
    r"(?i)前|刚|今[天日早晚]|昨[天日晚]| ago|just |today|this (?:morning|afternoon)|tonight|yesterday|"
    r"last night"
)
FEW = 3
DATE_CHARS = len("2026-11-25")
_DAY = timedelta(days=1)
_UNTIMED = timedelta(hours=2)  # a day without a time is never "within the hour"


class Ago(Struct, frozen=True):
    """How long ago at most, and where the text says so."""

    delta: timedelta
    start: int
    end: int


class Moment(Struct, frozen=True):
    """When something happened, and where the text says so (-1: a field did)."""

    at: datetime
    start: int = -1
    end: int = -1


def find_ago(text: str) -> Ago | None:
    """Find the latest time that ``text`` tells of, as how long ago; None where it tells none."""
    return min(_find_all(text), key=lambda each: each.delta, default=None)


def says_paid(text: str) -> bool:
    """Tell whether the text says that money has just moved, even where it names no sum."""
    return _PAID.search(text) is not None


def find_moment(*, text: str, field: str, now: datetime, zone: tzinfo = UTC) -> Moment | None:
    """Tell when it happened: by the ``field`` (ISO 8601), whose day the ``text`` may narrow down.

    ``zone`` is that of a field that names none. A time more than a day ahead of ``now`` is nobody's
    experience: it counts as not given.
    """
    ago, at = find_ago(text), _read_field(field, zone)
    told = Moment(now - ago.delta, ago.start, ago.end) if ago else None
    if at is None or at > now + _DAY:
        return told
    is_day = len(field.strip()) <= DATE_CHARS
    if is_day and told and at <= told.at < at + _DAY:
        return told
    return Moment(min(at, now - _UNTIMED) if is_day or at > now else at)


def _read_field(field: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(field.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _find_all(text: str) -> Iterator[Ago]:
    # Most texts hold no such word: looking for one is cheaper than matching around it.
    low = text.lower()
    if "前" in low or "ago" in low:
        for found in _COUNTED.finditer(text):
            yield Ago(_count(found), found.start(), found.end())
    for heads, pattern, delta in _NAMED:
        named = pattern.search(text) if any(head in low for head in heads) else None
        if named:
            yield Ago(delta, named.start(), named.end())


def _count(found: re.Match[str]) -> timedelta:
    if found["half"] or found["half_en"]:
        return _UNITS[found["half_unit"] or "hour"] / 2
    unit = _UNITS[(found["zh_unit"] or found["en_unit"]).lower()]
    half = unit / 2 if found["and_half"] else timedelta()
    return unit * _read_number((found["zh"] or found["en"]).lower()) + half


def _read_number(told: str) -> int:
    if told.isdigit():
        return int(told)
    if told in _WORDS:
        return _WORDS[told]
    tens, ten, ones = told.rpartition("十")
    number = _DIGITS.get(ones[-1:], 0)
    return (10 * _DIGITS.get(tens[-1:], 1) if ten else 0) + number or FEW
