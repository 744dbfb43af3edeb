"""Domain names without scheme or path. Value: lower case, Unicode.

In running text their letters are Latin, Greek or Cyrillic, since nobody can tell where a Chinese
sentence ends and a Chinese name begins; but a text that is nothing but a name may be in any
letters, and so may a name under a Chinese suffix whose first label stands apart.
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import WIDE_CHAIN, list_hiding, read_host, write_ascii
from tipline.domain.triage.reading.names import HOST_GATE, Host, list_names
from tipline.domain.triage.reading.suffixes import SUFFIXES, looks_like_file, looks_like_prose
from tipline.domain.values import Identifier

_WIDE_SUFFIXES = "|".join(sorted(each for each in SUFFIXES if "\u4e00" <= each[0] <= "\u9fff"))
_WIDE = re.compile(rf"(?<![\w.@/-])([\w-]{{1,30}}\.)(?:{_WIDE_SUFFIXES})(?![\w.])")
_WIDE_CHAIN = re.compile(WIDE_CHAIN, re.IGNORECASE)
_LEADING = re.compile(
    r".*(?:登录|登陆|访问|打开|点击|进入|浏览|搜索|输入|网址|网站|官网|域名|地址|是|为|上|到|在|了)(?=.)"
)
GATE = rf"{HOST_GATE}|\.(?:{_WIDE_SUFFIXES})|^\s*[^\s.]{{1,100}}\.\S{{2,100}}\s*$"
_NAMED = re.compile(
    r"(?:网址|网站|域名|官网|登录|登陆|site|website|domain|link|visit|url|host)[\s:：]{0,3}\Z"
)
_NAME_CHARS, _WHOLE_DOT, _WHOLE_CHARS = 10, 100, 200


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find domain names in a folded text."""
    for host in list_names(folded):
        if not folded.is_taken((host.start, host.end)) and _is_name(folded, host):
            yield _make(folded, host.name, (host.start, host.end))
    if not folded.plain.isascii():
        yield from _find_wide(folded)


def _is_name(folded: Folded, host: Host) -> bool:
    # Not the first half of an e-mail address, and not a file or prose in running text.
    if folded.after(host.end, 1) == "@":
        return False
    if not (looks_like_file(host.name) or looks_like_prose(host.name)):
        return True
    is_named = bool(_NAMED.search(folded.before(host.start, _NAME_CHARS)))
    return is_named or folded.plain.strip() == folded.plain[host.start : host.end]


def _find_wide(folded: Folded) -> Iterator[Identifier]:
    for match in _WIDE.finditer(folded.plain):
        leading = _LEADING.match(match[1])
        start = match.start() + (leading.end() if leading else 0)
        host = read_host(folded.plain[start : match.end()])
        if host:
            yield _make(folded, host, (start, match.end()))
    whole = folded.plain.strip()
    if "." in whole[:_WHOLE_DOT] and len(whole) < _WHOLE_CHARS and _WIDE_CHAIN.fullmatch(whole):
        host = None if whole.isascii() else read_host(whole)
        start = folded.plain.index(whole)
        if host:
            yield _make(folded, host, (start, start + len(whole)))


def _make(folded: Folded, host: str, span: tuple[int, int]) -> Identifier:
    hidden = list_hiding(folded.plain[span[0] : span[1]], host)
    return folded.make("domain", host, span, *hidden, also=write_ascii(host))
