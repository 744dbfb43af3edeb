"""Names of app packages, host names written backwards, as com.tencent.mm. Value: as written."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.suffixes import SUFFIXES
from tipline.domain.values import Identifier

_FIRST = "com|cn|org|net|io|app|me|cc|xyz|top|vip|tv|air|uni|plus|host|de|uk|jp|kr|hk|tw|us|info|live|club"
_PACKAGE = re.compile(
    rf"(?<![a-z0-9_./@:-])(?:{_FIRST})(?:\.[a-z_][a-z0-9_]{{0,40}}){{2,8}}(?![a-z0-9_/@:-]|\.[a-z0-9])",
    re.IGNORECASE,
)
GATE = rf"(?i)(?:{_FIRST})\.[a-z_][a-z0-9_]{{0,40}}\.[a-z_]"
_NAMED = re.compile(
    r"(?:包名|安装包|应用标识|包|package(?: name)?|app ?id|bundle ?id|applicationid)[\s\"'=:：是为]{0,4}(?:is )?\Z"
)
_SURE = frozenset({"com", "io", "org", "net", "uni", "plus", "host", "air"})
_NAME_CHARS = 20
_ENDS = frozenset({"com", "cn", "net", "org", "cc"})


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find names of packages in a folded text."""
    for match in _PACKAGE.finditer(folded.plain):
        if _is_package(folded, match):
            yield folded.make("app_package", match[0], match.span())


def _is_package(folded: Folded, match: Match[str]) -> bool:
    # A name that is a host as well (com.example.app) is a package where its first label says so.
    first, *_, last = match[0].lower().split(".")
    if _NAMED.search(folded.before(match.start(), _NAME_CHARS)):
        return True
    if last in SUFFIXES:
        return first in _SURE and last not in _ENDS
    return True
