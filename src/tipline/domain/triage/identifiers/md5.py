"""MD5 digests of files. Value: 32 hexadecimal digits in lower case."""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hexadecimal import LONG_WORD, find_digests
from tipline.domain.values import Identifier

_SIZE = 32
_DIGEST = re.compile(rf"(?<![0-9a-zA-Z_-])[0-9a-fA-F]{{{_SIZE}}}(?![0-9a-zA-Z_-])")
GATE = LONG_WORD


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find digests in a folded text."""
    return find_digests(folded, "md5", _DIGEST)
