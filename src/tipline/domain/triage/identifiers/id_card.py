"""Numbers of citizens' identity cards (GB 11643-1999). Value: eighteen signs, X in upper case."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.digits import MANY_DIGITS, has_citizen_check, name_hiding
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_GAP = r"[ \t-]{0,2}"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_NUMBER = re.compile(
    rf"(?<![0-9a-z])(?:{_PROVINCE}[0-9]{{4}}{_GAP}(?:18|19|20)[0-9]{{2}}{_GAP}{_DAY}{_GAP}[0-9]{{3}}[0-9x]"
    rf"|(?:[0-9] ){{17}}[0-9x])(?![0-9a-z])",
    re.IGNORECASE,
)
GATE = MANY_DIGITS
_BORN = re.compile(rf"{_PROVINCE}[0-9]{{4}}(?:18|19|20)[0-9]{{2}}{_DAY}")
_SPACES = re.compile(r"[ \t-]+")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find citizens' numbers in a folded text."""
    for match in _NUMBER.finditer(folded.plain):
        number = _SPACES.sub("", match[0]).upper()
        if _BORN.match(number) and has_citizen_check(number):
            hidden = name_hiding(match[0].rstrip("xX"), (6, 8, 4))
            yield folded.make("id_card", number, match.span(), *hidden)
