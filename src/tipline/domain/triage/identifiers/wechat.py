"""WeChat accounts, found by the word before them, and ids that begin with wxid_. Value: lower case."""

import re
from collections.abc import Iterable, Iterator
from re import Match

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.values import Identifier

_SEPARATOR = (
    r"[ \t]{0,3}(?P<mark>(?:号码?|账号|id\b)?[ \t]?(?:是|为|is\b)?[ \t]?[:：=~—-]?)[ \t]{0,3}"
)
_LABEL = (
    r"(?:微信|威信|薇信|微x|v信|weixin|we ?chat|(?<![a-z])(?:vx(?!works)|wx(?!id_|[a-z]{3}))|加(?:我|他|她|客服)?[vV]"
    r"|(?<![a-z])v(?=[ \t]?[:：]))"
)
_ACCOUNT = re.compile(
    rf"(?:{_LABEL}{_SEPARATOR}|(?<![a-z0-9_-])(?=wxid_))(?P<value>[a-z][a-z0-9_-]{{5,19}}|1[3-9]\d{{9}}|[1-9]\d{{4,10}})(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
_NAMES = frozenset(
    re.findall(
        r"\w+",
        "wechat weixin android iphone windows telegram whatsapp alipay taobao facebook twitter google "
        "http https official account accounts number contact message messages please",
    )
)
_HAS_SIGN = re.compile(r"[\d_-]")


def find(text: str) -> Iterable[Identifier]:
    """Find WeChat accounts in ``text``: after 微信, WeChat, wx, 加V and the like."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find WeChat accounts in a folded text."""
    for match in _ACCOUNT.finditer(folded.plain):
        if _is_account(match):
            yield folded.make("wechat", match["value"].lower(), match.span("value"))


def _is_account(match: Match[str]) -> bool:
    # English words follow "WeChat" too; letters alone count only after a mark or Chinese words.
    value = match["value"].lower()
    if value in _NAMES or value.startswith(("http", "www")):
        return False
    return bool(
        (match["mark"] or "").strip()
        or _HAS_SIGN.search(value)
        or not match[0][: -len(value)].isascii()
    )
