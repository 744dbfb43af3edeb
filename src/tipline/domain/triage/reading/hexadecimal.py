"""What digests of files have in common."""

from collections.abc import Iterator
from re import Pattern

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

LONG_WORD = "[0-9A-Za-z_-]{25}"  # a gate for whatever is written in hexadecimal or base 58
_SIGNS_MIN = 6  # different digits; fewer are a pattern, not a digest


def find_digests(folded: Folded, kind: str, pattern: Pattern[str]) -> Iterator[Identifier]:
    """Find digests of one size; numbers of decimal digits alone are something else."""
    for match in pattern.finditer(folded.plain):
        value = match[0].lower()
        if not value.isdigit() and len({*value}) >= _SIGNS_MIN:
            yield folded.make(kind, value, match.span())
