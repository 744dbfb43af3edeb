"""Counts of people, accounts and things: 3400余人, 300多个团伙, about 3,400 suspects."""

import re
from collections.abc import Iterator
from re import Match

from msgspec import Struct

from tipline.domain.triage.amounts import context
from tipline.domain.triage.amounts.context import GAP
from tipline.domain.triage.amounts.numerals import ARABIC, RUN, read_number

# What is counted | Chinese words, with a measure word or without | English words
_TABLE = """
people | 人 名受害人 个受害人 名受害者 名群众 名老人 名学生 名员工 人次 | people persons
victims | 名被害人 个被害人 位被害人 名事主 | victims
suspects | 名嫌疑人 名犯罪嫌疑人 个嫌疑人 名涉案人员 名骗子 个骗子 | suspects
gangs | 个团伙 个犯罪团伙 伙人 | gangs groups
dens | 个窝点 处窝点 | dens
sites | 个网站 家网站 个网址 个域名 个平台 | websites sites domains
accounts | 个账号 个账户 个帐号 个微信号 个号 个QQ号 | accounts
numbers | 个电话 个号码 个手机号 张手机卡 张电话卡 | numbers
cards | 张银行卡 张卡 套银行卡 | cards
groups | 个群 个微信群 个QQ群 | chats channels
apps | 款APP 个APP 款软件 款应用 个软件 | apps
posts | 条信息 条消息 条短信 条链接 个链接 封邮件 个视频 | messages texts emails links posts
cases | 起案件 起案子 宗案件 起 | cases
orders | 单 笔 笔订单 个订单 笔交易 | orders transactions
members | 个会员 名会员 名用户 个用户 名成员 | members users
times | 次 回 | times
"""


def _read_side(column: int) -> dict[str, str]:
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return {word.lower(): row[0].strip() for row in rows for word in row[column].split()}


_UNITS = {**_read_side(1), **_read_side(2)}
_CHINESE = "|".join(sorted(_read_side(1), key=len, reverse=True))
_ENGLISH = "|".join(sorted(_read_side(2), key=len, reverse=True))
_FOUND = re.compile(
    rf"(?<![{ARABIC}.．])(?P<run>{RUN})[+＋]?{GAP}?"  # noqa: RUF001 - as sent
    rf"(?:(?P<chinese>{_CHINESE})(?!民币)|(?P<english>{_ENGLISH})(?![A-Za-z]))",
    re.IGNORECASE,
)


class Count(Struct, frozen=True, kw_only=True):
    """How many of ``unit`` (people, gangs, cards …) a text tells of, at ``start``..``end`` of it.

    ``number`` is the count or the least that was meant; ``upper`` its other end where a range was
    written.
    """

    number: int
    unit: str
    start: int
    end: int
    surface: str
    upper: int | None = None
    is_at_least: bool = False
    is_about: bool = False


def find_counts(text: str) -> tuple[Count, ...]:
    """Find the counts in ``text``, in the order of their places. Never raises."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[Count]:
    for match in _FOUND.finditer(text):
        number = read_number(match["run"])
        if number and 0 < number.value == int(number.value) and not number.is_bare:
            upper = None if number.upper is None else int(number.upper)
            yield _make(text, match, (int(number.value), upper))


def _make(text: str, match: Match[str], bounds: tuple[int, int | None]) -> Count:
    is_at_least, is_about = context.read_about(text, match.start(), match.end())
    least = any(each in match[0] for each in "余餘多几+＋")  # noqa: RUF001 - as sent
    return Count(
        number=bounds[0],
        upper=bounds[1],
        unit=_UNITS[(match["chinese"] or match["english"]).lower()],
        start=match.start(),
        end=match.end(),
        surface=match[0],
        is_at_least=least or is_at_least,
        is_about=is_about,
    )
