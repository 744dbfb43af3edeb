"""How many *distinct* pieces of evidence a report shares with others: never how many heads.

Evidence is a pair: a text (all near copies of one are one text) and an identifier that stands in
it. The same text sent five hundred times with the same number is one pair however many sent it, so
neither a brigade nor a person who reports twice moves anything.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct


class Sighting(Struct, frozen=True):
    """An identifier seen in a text; ``text`` is the key of its group of near copies."""

    identifier: str
    text: str


class Spread(Struct, frozen=True):
    """``texts``: other texts that name an identifier of this report (of the most widespread one).

    ``identifiers``: other identifiers that came with this report's text.
    """

    texts: int = 0
    identifiers: int = 0

    @property
    def evidence(self) -> int:
        """Distinct pieces of evidence together."""
        return self.texts + self.identifiers


def measure_spread(*, text: str, identifiers: Collection[str], seen: Iterable[Sighting]) -> Spread:
    """Count what ``seen`` shares with a report of this ``text`` that names these ``identifiers``."""
    distinct = {(each.identifier, each.text) for each in seen}
    texts = (
        sum(1 for name, other in distinct if name == mine and other != text) for mine in identifiers
    )
    beside = {name for name, other in distinct if other == text} - set(identifiers)
    return Spread(texts=max(texts, default=0), identifiers=len(beside))
