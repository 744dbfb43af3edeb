"""Names of apps in quotation marks beside a word for app. Value: as written."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_WORD = r"(?:app|软件|应用|平台|小程序|客户端)"
_QUOTED = r"[“\"「『《【‘'](?P<{}>[^“”\"「」『』《》【】‘’'\n]{{1,20}})[”\"」』》】’']"
_NAME = re.compile(
    rf"{_QUOTED.format('first')} ?(?:的)?(?:手机)?{_WORD}|{_WORD} ?(?:叫|名为|名叫|名称是|名称|named|called)?[:： ]{{0,2}}{_QUOTED.format('second')}",
    re.IGNORECASE,
)
GATE = r"(?i)[”\"」』》】’'] ?(?:的)?(?:手机)?(?:app|软件|应用|平台|小程序|客户端)|(?:app|软件|应用|平台|小程序|客户端).{0,7}[“\"「『《【‘']"


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find names of apps in a folded text."""
    for match in _NAME.finditer(folded.plain):
        group = "first" if match["first"] else "second"
        yield folded.make("app_name", match[group], match.span(group))
