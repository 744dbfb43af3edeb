"""Licence numbers of web sites (ICP备案) and their filings with the police. Value: as printed, no spaces."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LICENCE = re.compile(
    rf"(?P<place>[{_PROVINCES}]) ?icp ?(?P<type>备|证|備) ?(?:字)? ?(?:第)? ?(?P<number>[0-9]{{5,10}}) ?(?:号|號)?"
    r"(?: ?- ?(?P<site>[0-9]{1,4}[a-z]?)(?![0-9a-z]))?",
    re.IGNORECASE,
)
_FILING = re.compile(rf"(?P<place>[{_PROVINCES}]) ?公网安备 ?(?P<number>[0-9]{{14}}) ?号?")
GATE = r"(?i)[a-z京-龥\u4e00-\u9fff] ?icp ?[备证備]|公网安备"


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find licence numbers in a folded text."""
    for match in _LICENCE.finditer(folded.plain):
        site = f"-{match['site'].upper()}" if match["site"] else ""
        name = match["type"].replace("備", "备")
        value = f"{match['place']}ICP{name}{match['number']}号{site}"
        yield folded.make("icp_licence", value, match.span())
    for match in _FILING.finditer(folded.plain):
        value = f"{match['place']}公网安备{match['number']}号"
        yield folded.make("icp_licence", value, match.span())
