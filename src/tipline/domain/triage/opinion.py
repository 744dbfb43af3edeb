"""What a reader of texts thinks that a text tells of: offences with confidence, or that it cannot say.

"No offence seen" and "unsure" are two answers: an opinion without guesses that is not ``unsure``
says that the text is of another kind (advertising, small talk, an honest job); an unsure one says
nothing at all.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from tipline.domain.words import Param, Reason

NONE = "NONE"  # no offence seen


class Ground(Struct, frozen=True):
    """Why something is thought of a text: a reason's key, its fill, and where it stands.

    ``start``..``end`` count characters of the text; -1 where no one place says it.
    """

    key: str
    params: Mapping[str, Param] = {}
    start: int = -1
    end: int = -1

    @property
    def reason(self) -> Reason:
        """The reason without its place."""
        return Reason(self.key, self.params)


class Guess(Struct, frozen=True):
    """One offence, how surely (0 to 1), and why."""

    code: str
    confidence: float
    reasons: tuple[Ground, ...] = ()


class Opinion(Struct, frozen=True, kw_only=True):
    """Offences that a text tells of, the surest first; ``language`` is "zh", "en" or "other"."""

    offences: tuple[Guess, ...] = ()
    unsure: bool = True
    language: str = ""

    @property
    def leading(self) -> str:
        """Code of the surest guess, ``NONE`` where no offence was seen, nothing while unsure."""
        if self.offences:
            return self.offences[0].code
        return "" if self.unsure else NONE


def doubt(opinion: Opinion) -> Opinion:
    """Take back that no offence was seen: who tells of money in plain words sounds like small talk."""
    if opinion.offences or opinion.unsure:
        return opinion
    return Opinion(unsure=True, language=opinion.language)


class OffenceReader(Protocol):
    """Reads many texts at once for offences."""

    @property
    def version(self) -> str:
        """Names the model and the rules, so that an opinion can be traced to them."""

    def read_many(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """Give one opinion a text, in their order."""


class Unread:
    """Names no offence of any text: what a desk without a model goes by."""

    version = ""

    def read_many(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """Be unsure of each."""
        return [Opinion() for _ in texts]
