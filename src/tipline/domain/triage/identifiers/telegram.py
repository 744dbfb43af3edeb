"""Telegram names, as links or after a word that names the service. Value: lower case, without @."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.accounts import GAP, is_ordinary_word
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import DOT, list_hiding
from tipline.domain.values import Identifier

_SCHEME = r"(?:h(?:tt|xx|\*\*)ps?[:：]//)?(?:www\.)?"
_LINK = re.compile(
    rf"{_SCHEME}(?<![a-z0-9-])(?P<host>(?:t|telegram){DOT}(?:me|dog))/(?:s/)?(?P<value>[a-z][a-z0-9_]{{3,31}})"
    r"(?:\?[!-~]{0,200}|/[0-9]{0,9})?(?![a-z0-9_/])"
    r"|tg://resolve\?domain=(?P<domain>[a-z][a-z0-9_]{3,31})",
    re.IGNORECASE,
)
_PLAIN = r"(?<![a-z])telegram|(?<![a-z/])tg|(?<=/)tg(?=[-:：])|电-?报|電報"
_DISGUISED = r"纸飞机|紙飛機|小飞机|飞机(?=号|群|[:：]| ?@)|(?<![a-z])tele(?![a-z])|土豆(?=号|[:：]| ?@)|(?<![a-z])t\.?g(?![a-z])|电抱|✈"
_NAME = re.compile(
    rf"(?P<cue>{_PLAIN}|{_DISGUISED})(?:群组?|频道|客服|联系|bot|channel|group|user(?:name)?)?{GAP}(?:(?P<at>@) ?)?(?P<value>[a-z][a-z0-9_]{{3,31}})"
    r"(?![a-z0-9_]|[.@-][a-z0-9])",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?<![a-z0-9_.])@ ?(?P<value>[a-z][a-z0-9_]{4,31})(?![a-z0-9_]|[.@-][a-z0-9])", re.IGNORECASE
)
_ANY_CUE = re.compile(rf"{_PLAIN}|{_DISGUISED}", re.IGNORECASE)
_PLAIN_CUE = re.compile(_PLAIN, re.IGNORECASE)
GATE = rf"(?i)(?:t|telegram){DOT}(?:me|dog)/|tg://|telegram|tg|t\.g|电-?[报抱]|電報|[纸紙小]?[飞飛][机機]|tele|土豆|✈|@[a-z0-9_]{{2,30}}bot"
_INVITES = frozenset(
    {"joinchat", "addstickers", "share", "proxy", "socks", "login", "iv", "addlist"}
)
_NEAR = 40
_IN_LINK = re.compile(r"[a-z0-9]\.[a-z]{2,}(?::[0-9]+)?(?:/[!-~]*)?/\Z")  # what stands in a path


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find Telegram names in a folded text."""
    for match in _LINK.finditer(folded.plain):
        value = (match["value"] or match["domain"]).lower()
        if value not in _INVITES:
            hidden = list_hiding(match["host"], match["host"].lower()) if match["host"] else ()
            yield folded.make("telegram", value, match.span(), *hidden)
    for match in _NAME.finditer(folded.plain):
        if _is_name(folded, match):
            hidden = () if _PLAIN_CUE.fullmatch(match["cue"]) else ("cue_disguised",)
            at = match.start("at") if match["at"] else match.start("value")
            yield folded.make("telegram", match["value"].lower(), (at, match.end()), *hidden)
    for match in _AT.finditer(folded.plain):
        value = match["value"].lower()
        is_near = _ANY_CUE.search(folded.before(match.start(), _NEAR)) or _ANY_CUE.search(
            folded.after(match.end(), _NEAR // 2)
        )
        if value.endswith("bot") or is_near:
            yield folded.make("telegram", value, match.span())


def _is_name(folded: Folded, match: Match[str]) -> bool:
    # "Telegram group" and "Telegram said" are prose; a name has a mark before it or a sign in it.
    value = match["value"].lower()
    if is_ordinary_word(value) or value.startswith(("http", "www")):
        return False
    gap = folded.plain[match.end("cue") : match.start("value")].strip()
    if _IN_LINK.search(folded.before(match.start(), _NEAR)):
        return False
    if match["cue"].lower() == "tg" and match.end("cue") == match.start("value"):
        return match["cue"].isupper() and match["value"][0].islower() and "_" in value
    has_sign = any(each in "0123456789_" for each in value)
    return bool(gap) or has_sign or (not match["cue"].isascii() and len(value) > 4)
