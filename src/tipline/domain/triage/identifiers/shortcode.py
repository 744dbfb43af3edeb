"""Official and service numbers that have no area: 110, 96110, 955xx, 10086, 12315, SMS ports.

Value: digits. Few digits may be anything, so a short one counts only where it is well known, where
a word nearby says that it is called or texted, or where the text is nothing else.
"""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.digits import is_money, keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.innocent import list_known
from tipline.domain.values import Identifier

_CODES = (
    r"95[0-9]{3}(?:[0-9]{3})?|96[0-9]{3,4}|1(?:00[0-9]{2}|23[0-9]{2}|21(?:[0-9]{2}|[0-9])|16[0-9]{3}|18[0-9]{3}|25[0-9]{2})"
    r"|106[0-9]{5,17}|11[02479]|12[012]|911|999"
)
_SHORT = re.compile(
    rf"(?<![0-9a-z.,+/-])(?P<code>{_CODES})(?![0-9a-z%]|[,:][0-9]|\.[0-9a-z]|[-/][0-9])",
    re.IGNORECASE,
)
GATE = _CODES
_WELL_KNOWN = frozenset(each for each in list_known("shortcode") if len(each) >= 5)
_CUE = re.compile(
    r"拨打|拨通|致电|客服|热线|电话|来电|咨询|专线|总机|号码|短信|发送|编辑|回复|联系|官方|举报|报警|打了|来自|收到|"
    r"\bcall|\bdial|hotline|\btel\b|phone|number|\btext|\bsms\b|from|ring"
)
_CALLED = re.compile(
    r"(?:拨打?|打|致电|呼叫|call(?:ed|ing)?|dial(?:led)?|ring|rang|phone[d]?)[ ：:了“\"]{0,2}\Z"
)
_ALARM = re.compile(r"[ ”\"]?(?:报警|报案|民警|警察|指挥中心|接警|急救|求助|emergency|police)")
_UNIT = re.compile(
    r"\s{0,2}(?:元|块|万|亿|人|个|份|件|次|美元|%|米|公里|分|年|月|日|号|期|寸|吋|楼|室|股|套|栋|幢|张|路|街|天|岁|平|斤|吨|"
    r"kg|km|rmb|usd|yuan|dollars?|per|people|users)"
)
_CUE_CHARS = 12


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find service numbers in a folded text."""
    for match in _SHORT.finditer(folded.plain):
        if _is_called(folded, match):
            yield folded.make("shortcode", keep_digits(match["code"]), match.span())


def _is_called(folded: Folded, match: Match[str]) -> bool:
    before = folded.before(match.start(), _CUE_CHARS)
    after = folded.after(match.end(), _CUE_CHARS)
    if _UNIT.match(after) or is_money(before):
        return False
    if len(match["code"]) == 3:
        is_called = bool(_CALLED.search(before) or _ALARM.match(after))
        return is_called or folded.is_whole(match)
    is_known = match["code"] in _WELL_KNOWN or folded.is_whole(match)
    return is_known or bool(_CUE.search(before) or _CUE.search(after))
