"""What a look at a page, and at a whole site, found: frozen values that go into the package."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from tipline.domain.evidence.content.identity import Identity
from tipline.domain.evidence.content.tree import Box
from tipline.domain.triage.opinion import Guess, Opinion
from tipline.domain.words import Param, Reason

ITEM: Final = "item"
PAGE: Final = "page"
EXCERPT_CHARS: Final = 600
SIDE_LEAST: Final = 120  # pixels of a picture; what is smaller holds no text that anybody reads


class Place(Struct, frozen=True, kw_only=True):
    """Where something stands: page by number and address, selector, text offsets, box.

    ``start``..``end`` count characters of the page's ``words.txt``; -1 where no text says it.
    ``box`` is None where no browser drew the page.
    """

    page: int
    url: str
    selector: str = ""
    start: int = -1
    end: int = -1
    box: Box | None = None


class PageSignal(Struct, frozen=True, kw_only=True):
    """A fact about a page: a key of ``PAGE_REASONS``, what fills it, and where it shows."""

    key: str
    params: Mapping[str, Param] = {}
    place: Place

    @property
    def reason(self) -> Reason:
        """The fact in words."""
        return Reason(self.key, self.params)


class Picture(Struct, frozen=True, kw_only=True):
    """A picture on a page: its bytes' hash, the hash of its looks, what can be read in it."""

    sha256: str
    looks: str  # 16 hexadecimal digits
    width: int
    height: int
    text: str = ""
    codes: tuple[str, ...] = ()  # what QR and bar codes in it say

    @property
    def is_large(self) -> bool:
        """Tell whether it is large enough for text to be sought in it."""
        return min(self.width, self.height) >= SIDE_LEAST


class Item(Struct, frozen=True, kw_only=True):
    """One listing, or a page as a whole (``kind`` "item" or "page").

    ``offences`` are those for which a rule spoke: what has any is flagged for a person. ``opinion``
    is what the model of triage makes of the same words, for the person to weigh; it flags nothing,
    since it learnt from messages and reports and not from shop windows. Grounds count characters of
    ``excerpt``. ``others`` are the further places at which the same item stands.
    """

    kind: str
    identity: Identity
    place: Place
    excerpt: str
    offences: tuple[Guess, ...] = ()
    opinion: Opinion = Opinion()
    identifiers: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()  # SHA-256
    links: tuple[str, ...] = ()
    others: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """Names the same item wherever it stands."""
        return self.identity.id

    @property
    def is_flagged(self) -> bool:
        """Tell whether a rule names an offence; a person decides."""
        return bool(self.offences)

    @property
    def is_unsure(self) -> bool:
        """Tell that neither a rule nor the model says anything."""
        return not self.offences and self.opinion.unsure

    @property
    def confidence(self) -> float:
        """That of the surest offence, 0 without one."""
        return max((each.confidence for each in self.offences), default=0.0)


class Findings(Struct, frozen=True, kw_only=True):
    """What was found on a site; ``items`` hold each item once."""

    items: tuple[Item, ...] = ()
    signals: tuple[PageSignal, ...] = ()
    pages: int = 0
    listings: int = 0  # items before equal ones were joined
    pictures_read: int = 0
    pictures_left: int = 0  # that nobody read, since there were too many
    model: str = ""  # version of the triage model

    @property
    def flagged(self) -> tuple[Item, ...]:
        """The items for which a rule names an offence."""
        return tuple(each for each in self.items if each.is_flagged)

    @property
    def offences(self) -> tuple[str, ...]:
        """Codes of all offences named, each once, in their order."""
        return tuple(sorted({guess.code for each in self.items for guess in each.offences}))
