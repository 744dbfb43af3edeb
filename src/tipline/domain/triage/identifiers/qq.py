"""QQ accounts and groups, found by the word before them. Value: digits."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.digits import LOOKALIKE_DIGITS, keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_BIRD = r"企鹅|🐧|球球|秋秋|蔻蔻|叩叩|口口|抠抠|扣扣|腾讯qq|q q"
_LETTER = (
    r"(?<![a-z])qq|(?<![a-z])q(?=号|群|裙|[ \t]?[:：=]|[ \t]{0,2}[1-9lI][0-9OoIl .·*~～-]{5})|加(?:我|他|她|客服)?q|"
    r"[+➕]q|(?<![a-z])q-(?=[1-9])|扣(?=号|群|裙| ?[:：1-9])"
)
_GROUP_WORD = r"(?:交流|福利|粉丝|学习|投资|内部|官方|会员|兼职|刷单|接单|客服|qq|q)?(?:群组|群号|群聊|群|裙号|裙|㪊|羣|峮|君羊|qun\b|group\b)"
_BARE_GROUP = r"(?:加|进|入|此|新|本|总|[0-9一二三四五])(?:群|裙)(?:号码?)?[:：]?|(?:群|裙)(?:聊)?(?:号码?|[:：])"
_VALUE = (
    r"(?P<value>[1-9][0-9]{4,10}(?![0-9]|[.·*~～/-][0-9]|[OoIl|]{1,3}[0-9]|[OoIl]\b)|[1-9lI|][0-9OoIl|]{4,10}(?![0-9a-z])"
    r"|[1-9lI](?:[ .·*~～/_-]{1,2}[0-9OoIl]+){1,10}(?![0-9a-z])|[1-9lI][0-9OoIl]{1,5}(?:[ .·*~～/_-]{1,2}[0-9OoIl]{1,6}){1,4}(?![0-9a-z]))"
)
_ACCOUNT = re.compile(
    rf"(?:(?P<cue>{_BIRD}|{_LETTER})(?P<group>[ \t]?{_GROUP_WORD})?|(?P<bare>{_BARE_GROUP}))"
    r"[ \t]{0,3}(?:号码?|账号|帐号|number|no\.?|id)?[ \t]{0,3}(?:是|为|加|搜索?|is\b)?[ \t]{0,3}(?:\r?\n)?[:：=—→➡👉【\[(（“\"'-]{0,3}[ \t]{0,3}"
    rf"{_VALUE}(?![.,][0-9]|@|点(?!击)[a-z])",
    re.IGNORECASE,
)
_CUE_GATE = rf"q ?q|[q扣] ?(?:号|群|裙)|{_BIRD}|[加+➕].{{0,3}}q|[q扣] ?[:：=]|[q扣][ \t]{{0,2}}[1-9l]|[群裙㪊羣峮]|君羊"
GATE = rf"(?i)(?:{_CUE_GATE})[^0-9]{{0,16}}[0-9lI|]"
_DISGUISED = re.compile(
    r"企鹅|🐧|球球|秋秋|蔻蔻|叩叩|口口|抠抠|扣|裙|㪊|羣|峮|君羊|qun", re.IGNORECASE
)
_UNIT = re.compile(r"\s?(?:元|块|万|人|个|次|位|名|条|年|天|分|多|余|%|rmb|usd|members)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find QQ accounts and groups in a folded text."""
    for match in _ACCOUNT.finditer(folded.plain):
        number = keep_digits(match["value"].translate(LOOKALIKE_DIGITS))
        if _is_account(folded, match, number):
            kind = "qq_group" if match["group"] or match["bare"] else "qq"
            yield folded.make(kind, number, match.span("value"), *_list_hiding(match, number))


def _is_account(folded: Folded, match: Match[str], number: str) -> bool:
    if not 5 <= len(number) <= 11 or _UNIT.match(folded.after(match.end(), 4)):
        return False
    return not _MOBILE.fullmatch(number)


def _list_hiding(match: Match[str], number: str) -> Iterator[str]:
    written = match["value"]
    if _DISGUISED.search(match[0][: -len(written)]):
        yield "cue_disguised"
    if written != number:
        joined = re.sub(r"[^0-9a-z|]", "", written, flags=re.IGNORECASE)
        if joined != written:
            yield "spaced" if " " in written else "punctuated"
        if not joined.isdigit():
            yield "lookalike"
