"""WeChat accounts, found by the word before them, and ids that begin with wxid_. Value: lower case."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.accounts import (
    GAP,
    SPELT,
    is_ordinary_word,
    join_letters,
)
from tipline.domain.triage.reading.digits import LOOKALIKE_DIGITS
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.gates import loosen
from tipline.domain.values import Identifier

_HEART = "[❤♥💗💕💓💖🖤💙💚]"
_PLAIN = r"微信|weixin|we ?chat"
_DISGUISED = (
    rf"微 ?信|微.信(?=[号:：])|微{_HEART}|薇{_HEART}|v{_HEART}|威信|薇信|徽信|薇心|威芯|维信|维❤|崴信|葳信|溦信|嶶信|癓信|蔚信|薇芯|"
    r"微芯|微心|微xin|微x|[wv] ?信|微w|卫星|卫❤|wei ?xin|绿泡泡|绿色软件|绿标|"
    r"加(?:我|他|她|你|客服|老师|助理)?的? ?(?:vx|v信|[v薇微徽威唯])|[+➕](?:v|薇|微|威|wx|vx)|"
    r"(?<![a-z0-9])(?:(?:vx|wx)(?:in(?=[:：])|h(?=[:：])|号)?(?!works|id_|[0-9]{5,10}(?![0-9]))|v❤|v[-.]x(?![a-z]))|(?<![a-z0-9.])[v薇微威](?=[ \t]{0,2}[:：=]|[➡→👉])|"
    r"(?:私|扣|联系)薇|小?薇(?=[号:：])"
)
_CUE = rf"(?:{_PLAIN}|{_DISGUISED})"
_VALUE = rf"[a-z][a-z0-9_-]{{5,19}}|1[3-9][0-9]{{9}}|[1li|][3-9][0-9oli|]{{9}}|[1-9][0-9]{{4,10}}|{SPELT}"
_WEAK = r"加(?:我|他|她|客服|好友)|添加(?:我|好友|客服)?|(?<![a-z0-9])(?:wx|vx)(?:[:：=]|号)?"
_SIGNED = r"(?!vx|wx(?!id_)[a-z])(?=wxid_|[a-z_-]{1,19}[0-9]|[a-z-]{1,19}_)[a-z][a-z0-9_-]{5,19}"
_ACCOUNT = re.compile(
    rf"(?:(?P<cue>{_CUE}){GAP}(?P<value>{_VALUE})|(?:(?<![a-z0-9_-])(?=wxid_)|(?:{_WEAK}){GAP})(?P<named>{_SIGNED}))"
    r"(?![a-z0-9_-]|[.@][a-z0-9])",
)
_SIMPLE = re.compile(_PLAIN, re.IGNORECASE)
GATE = rf"(?i)(?:{loosen(_CUE)}|{loosen(_WEAK)}){loosen(GAP)}(?:[a-z0-9][a-z0-9_-]{{4}}|(?:[a-z0-9_] ){{3}})|wxid_"
_UNIT = re.compile(r"\s?(?:元|块|万|人|个|次|分|条|年|月|天|%|rmb|usd)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SAME = re.compile(r"同[号步]|电话|手机|\btel|phone|mobile", re.IGNORECASE)
_OF_QQ = re.compile(r"q{1,2}[0-9l]{5,11}")
_HAS_SIGN = re.compile(r"[0-9_-]")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find WeChat accounts in a folded text."""
    for match in _ACCOUNT.finditer(folded.low):
        group = "value" if match["cue"] else "named"
        value = _read(match[group])
        if _is_account(folded, match, value):
            yield folded.make("wechat", value, match.span(group), *_list_hiding(match, value))


def _read(written: str) -> str:
    number = written.translate(LOOKALIKE_DIGITS)
    return number if _MOBILE.fullmatch(number) else join_letters(written)


def _list_hiding(match: Match[str], value: str) -> Iterator[str]:
    cue = match["cue"]
    if cue and not _SIMPLE.fullmatch(cue):
        yield "cue_disguised"
    written = match["value"] or match["named"]
    if written.lower() != value:
        yield "spaced" if " " in written else "lookalike"


def _is_account(folded: Folded, match: Match[str], value: str) -> bool:
    # English words follow "WeChat" too; letters alone count only after a mark or Chinese words.
    if value.startswith(("http", "www")) or is_ordinary_word(value) or _OF_QQ.fullmatch(value):
        return False
    if value.isdigit():
        return _is_number(folded, match, value)
    gap = folded.low[match.end("cue") : match.start("value")] if match["cue"] else ":"
    is_marked = bool(gap.strip()) or not (match["cue"] or "").isascii()
    return is_marked or bool(_HAS_SIGN.search(value)) or not _SIMPLE.fullmatch(match["cue"])


def _is_number(folded: Folded, match: Match[str], value: str) -> bool:
    # A mobile number that is "the same in WeChat" is a telephone number first of all.
    start = match.start("value")
    is_same = _MOBILE.fullmatch(value) and _SAME.search(folded.plain, max(0, start - 12), start)
    return not is_same and not _UNIT.match(folded.after(match.end(), 4))
