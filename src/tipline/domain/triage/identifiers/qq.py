"""QQ accounts and groups, found by the word before them. Value: digits."""

import re
from collections.abc import Iterable, Iterator

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.values import Identifier

_ACCOUNT = re.compile(
    r"(?:(?<![a-z])qq|扣扣|企鹅|球球|(?<![a-z])q(?=号|群|[ \t]?[:：]|[1-9]\d{5})|扣群|加(?:我|他|她|客服)?q)"
    r"[ \t]{0,3}(?:交流群|群号|群聊|群|号码?|账号|number|no\.?|id)?[ \t]{0,3}(?:是|为|is\b)?[ \t]{0,3}[:：=-]?[ \t]{0,3}"
    r"(?P<value>[1-9]\d{4,10})(?!\d|[.,]\d|@)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(?:元|块|万|人|个|次|%|rmb|usd)")


def find(text: str) -> Iterable[Identifier]:
    """Find QQ accounts and groups in ``text``: after QQ, 扣扣, Q群 and the like."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find QQ accounts and groups in a folded text."""
    for match in _ACCOUNT.finditer(folded.plain):
        if not _UNIT.match(folded.after(match.end(), 4)):
            yield folded.make("qq", match["value"], match.span("value"))
