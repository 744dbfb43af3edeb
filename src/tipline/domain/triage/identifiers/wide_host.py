"""Hosts in Chinese and other letters, where it is sure where they begin.

Nobody can tell where a Chinese sentence ends and a Chinese name begins. So a name in such letters
counts under a Chinese suffix, from the last word that points at a name, and where the text is
nothing but a name or a link. Value: as those of ``domain`` and ``url_bare``.
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import WIDE_CHAIN, list_hiding, read_host, write_ascii
from tipline.domain.triage.reading.links import find_end, make_link
from tipline.domain.triage.reading.suffixes import SUFFIXES
from tipline.domain.values import Identifier

_SUFFIXES = "|".join(sorted(each for each in SUFFIXES if "\u4e00" <= each[0] <= "\u9fff"))
_UNDER_SUFFIX = re.compile(rf"(?<![\w.@/-])([\w-]{{1,30}}\.)(?:{_SUFFIXES})(?![\w.])")
_WIDE_CHAIN = re.compile(WIDE_CHAIN)
_LEADING = re.compile(
    r".*(?:登录|登陆|访问|打开|点击|进入|浏览|搜索|输入|网址|网站|官网|域名|地址|是|为|上|到|在|了)(?=.)"
)
GATE = rf"\.(?:{_SUFFIXES})|^\s*[^\s.]{{1,100}}\.\S{{2,}}\s*$"
_DOT_WITHIN, _WHOLE_CHARS = 102, 2000


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find such hosts in a folded text."""
    if folded.plain.isascii():
        return
    yield from _find_whole(folded)
    for match in _UNDER_SUFFIX.finditer(folded.plain):
        leading = _LEADING.match(match[1])
        start = match.start() + (leading.end() if leading else 0)
        host = read_host(folded.plain[start : match.end()])
        if host:
            yield _make(folded, host, (start, match.end()))


def _find_whole(folded: Folded) -> Iterator[Identifier]:
    whole = folded.plain.strip()
    if len(whole) > _WHOLE_CHARS or "." not in whole[:_DOT_WITHIN]:
        return
    start = folded.plain.index(whole)
    chain = _WIDE_CHAIN.match(folded.plain, start)
    host = read_host(chain[0]) if chain and not chain[0].isascii() else None
    if not chain or not host:
        return
    if chain[0] == whole:
        yield _make(folded, host, chain.span())
    elif find_end(folded.plain, chain.end()) == start + len(whole):
        yield make_link(folded, "", (host, chain.end()), (start, start))


def _make(folded: Folded, host: str, span: tuple[int, int]) -> Identifier:
    hidden = list_hiding(folded.plain[span[0] : span[1]], host)
    return folded.make("domain", host, span, *hidden, also=write_ascii(host))
