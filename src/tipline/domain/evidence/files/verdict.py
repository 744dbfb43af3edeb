"""What scanners say of a file, and how their words add up.

``clean`` is said only by a scanner that looked at all of it with signatures that are young enough.
Where one did not look, the file as a whole is not clean either.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from msgspec import Struct

from tipline.domain.words import Reason, gettext_noop

Word = Literal["malicious", "suspicious", "failed", "not_scanned", "clean"]
# Weightiest first: what was found stands whatever the others say, and a gap outweighs a clearance.
WORDS: tuple[Word, ...] = get_args(Word)
MESSAGES: Mapping[Word, str] = {
    "malicious": gettext_noop("malicious"),
    "suspicious": gettext_noop("suspicious"),
    "failed": gettext_noop("scanner failed"),
    "not_scanned": gettext_noop("not scanned"),
    "clean": gettext_noop("nothing found"),
}


class Verdict(Struct, frozen=True, array_like=True):
    """One scanner's word on a file; ``detail`` is English, for people, without the file's words."""

    scanner: str
    word: Word
    detail: str = ""


class Indicator(Struct, frozen=True, array_like=True):
    """One static sign: a key of the indicator table and what fills its message."""

    key: str
    params: Mapping[str, str | int] = {}

    @property
    def reason(self) -> Reason:
        """The same as a reason that can be rendered."""
        return Reason(self.key, self.params)


class FileReport(Struct, frozen=True, kw_only=True):
    """All that was learnt of one file without ever running it; written as ``<sha256>.scan.json``."""

    sha256: str
    type: str  # MIME type, by content
    verdicts: tuple[Verdict, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    facts: Mapping[str, Any] = {}

    @property
    def word(self) -> Word:
        """What all scanners say together."""
        return add_up(each.word for each in self.verdicts)


def add_up(words: Iterable[Word]) -> Word:
    """Give the weightiest of ``words``; nobody's word is ``not_scanned``."""
    said = set(words)
    return next((word for word in WORDS if word in said), "not_scanned")
