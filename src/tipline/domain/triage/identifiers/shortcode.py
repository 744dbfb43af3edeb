"""Service numbers of the mainland: 95xxx, 96xxx, 400 and 800 numbers, 1xxxx and SMS ports.

Value: digits. Five digits alone may be anything, so a short one counts only where it is well known,
where a word nearby says that it is called or texted, or where the text is nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from re import Match

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.values import Identifier

_LONG = re.compile(r"(?<![\da-z.+])[48]00(?:[ -]?\d){7}(?![\da-z]|[.,]\d)", re.IGNORECASE)
_SHORT = re.compile(
    r"(?<![\da-z.,+-])(?P<code>95\d{3,6}|96\d{3,4}|1(?:00\d\d|23\d\d|21\d\d|16\d{3}|18\d{3})|106\d{5,17})"
    r"(?![\da-z]|[.,:]\d)",
    re.IGNORECASE,
)
_WELL_KNOWN = frozenset(
    re.findall(
        r"\d+",
        "95588 95533 95599 95566 95559 95555 95568 95558 95595 95528 95561 95508 95511 95577 95580 95516 "
        "95188 95017 95118 95338 95546 95518 95500 95519 95522 95105105 96110 10086 10010 10000 10001 "
        "10099 12306 12315 12321 12345 12377 12381 12389 12110",
    )
)
_CUE = re.compile(
    r"拨打|拨通|致电|客服|热线|电话|来电|咨询|专线|总机|号码|短信|发送|编辑|回复|联系|"
    r"\bcall|\bdial|hotline|\btel\b|phone|number|\btext|\bsms\b|from"
)
_UNIT = re.compile(
    r"\s{0,2}(?:元|块|万|亿|人|个|份|件|次|美元|%|米|公里|分|年|月|日|号|期|寸|吋|楼|室|rmb|usd|yuan|dollars?)"
)
_MONEY = re.compile(r"[¥￥$€£]\s?\Z")
_CUE_CHARS = 12


def find(text: str) -> Iterable[Identifier]:
    """Find service numbers in ``text``."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find service numbers in a folded text."""
    for match in _LONG.finditer(folded.plain):
        if not _MONEY.search(folded.before(match.start(), 3)):
            yield folded.make("shortcode", re.sub(r"\D", "", match[0]), match.span())
    for match in _SHORT.finditer(folded.plain):
        if _is_called(folded, match):
            yield folded.make("shortcode", match["code"], match.span())


def _is_called(folded: Folded, match: Match[str]) -> bool:
    before = folded.before(match.start(), _CUE_CHARS)
    after = folded.after(match.end(), _CUE_CHARS)
    if _UNIT.match(after) or _MONEY.search(before):
        return False
    is_known = match["code"] in _WELL_KNOWN or folded.is_whole(match)
    return is_known or bool(_CUE.search(before) or _CUE.search(after))
