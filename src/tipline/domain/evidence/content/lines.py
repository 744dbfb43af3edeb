"""The lines that an inspection's folder keeps of its findings: ``items.json`` and ``signals.json``."""

from collections.abc import Mapping, Sequence
from typing import Self

from msgspec import Struct

from tipline.domain.evidence.content.findings import Item, PageSignal
from tipline.domain.evidence.content.identity import Identity
from tipline.domain.evidence.content.tree import Box
from tipline.domain.triage.opinion import Ground, Guess
from tipline.domain.words import Param

GroundLine = tuple[str, Mapping[str, Param], int, int]
GuessLine = tuple[str, float, Sequence[GroundLine]]


class ItemLine(Struct, frozen=True, kw_only=True):
    """An item on one page. ``offences``: code, confidence, grounds (key, fill, start, end of the excerpt).

    ``proposed`` is what the triage model makes of it, which flags nothing. ``start``..``end`` count
    characters of the page's ``words.txt``.
    """

    id: str
    kind: str
    offences: Sequence[GuessLine]
    confidence: float
    unsure: bool
    proposed: Sequence[GuessLine]
    page: int
    url: str
    selector: str
    start: int
    end: int
    box: Box | None
    excerpt: str
    identifiers: Sequence[tuple[str, str]]
    contacts: Sequence[str]
    price: str
    images: Sequence[str]
    looks: Sequence[str]
    simhash: str
    links: Sequence[str]

    @property
    def identity(self) -> Identity:
        """By which the item is known again."""
        return Identity(
            id=self.id,
            simhash=self.simhash,
            contacts=tuple(self.contacts),
            price=self.price,
            images=tuple(self.looks),
        )

    @classmethod
    def make(cls, item: Item) -> Self:
        """Make the line of an item."""
        return cls(
            id=item.id,
            kind=item.kind,
            offences=[write_guess(each) for each in item.offences],
            confidence=item.confidence,
            unsure=item.is_unsure,
            proposed=[write_guess(each) for each in item.opinion.offences],
            page=item.place.page,
            url=item.place.url,
            selector=item.place.selector,
            start=item.place.start,
            end=item.place.end,
            box=item.place.box,
            excerpt=item.excerpt,
            identifiers=item.identifiers,
            contacts=item.identity.contacts,
            price=item.identity.price,
            images=item.images,
            looks=item.identity.images,
            simhash=item.identity.simhash,
            links=item.links,
        )


class SignalLine(Struct, frozen=True, kw_only=True):
    """A signal of one page: key and fill of its words, and where it shows."""

    key: str
    params: Mapping[str, Param]
    page: int
    url: str
    selector: str
    start: int
    end: int
    box: Box | None

    @classmethod
    def make(cls, signal: PageSignal) -> Self:
        """Make the line of a signal."""
        place = signal.place
        return cls(
            key=signal.key,
            params=signal.params,
            page=place.page,
            url=place.url,
            selector=place.selector,
            start=place.start,
            end=place.end,
            box=place.box,
        )


def write_guess(guess: Guess) -> GuessLine:
    """Write an offence with its grounds."""
    return (guess.code, round(guess.confidence, 4), [_write_ground(each) for each in guess.reasons])


def _write_ground(ground: Ground) -> GroundLine:
    return (ground.key, ground.params, ground.start, ground.end)
