"""What was found of a subject, and what that amounts to."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tipline.domain.words import Param, Reason

OWN = "own"


class Standing(StrEnum):
    """What the hits of a subject amount to. It informs a person and decides nothing."""

    BAD = "bad"
    GOOD = "good"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class Hit(Struct, frozen=True, kw_only=True):
    """One list, or one decision of our own, that holds a subject.

    ``entry`` is what stands there, ``since`` the day from which it does. For our own decisions
    ``source`` is "own", ``report`` the report that was decided, and ``is_payee`` tells that money
    went to the account; otherwise ``list_name`` names the list.
    """

    entry: str
    is_bad: bool
    source: str
    since: date
    list_name: str = ""
    report: int | None = None
    is_payee: bool = False

    @property
    def is_own(self) -> bool:
        """Whether a decision of this house says so."""
        return self.source == OWN

    @property
    def reason(self) -> Reason:
        """The hit in words; a key of ``reasons.REASONS``."""
        params: dict[str, Param] = {"since": self.since.isoformat()}
        if self.report is not None:
            key = "hit.own.payee" if self.is_payee else "hit.own"
            return Reason(key, {**params, "report": self.report})
        key = "hit.bad" if self.is_bad else "hit.good"
        return Reason(key, {**params, "list": self.list_name, "source": self.source})


def settle(
    entries: Sequence[str], hits: Sequence[Hit], removed: Collection[str]
) -> tuple[Hit, ...]:
    """Leave out the hits that an exception beats; our own come first, then the more telling.

    ``entries`` are the subject's own, the most telling first. An exception for an entry beats
    every hit by that entry and by those that tell less: one for shop.host.example holds although
    host.example is listed, and leaves a listed page of the shop listed.
    """
    place = {entry: number for number, entry in enumerate(entries)}
    cleared = min((place[entry] for entry in removed if entry in place), default=len(entries))
    kept = (hit for hit in hits if place[hit.entry] < cleared)
    return tuple(sorted(kept, key=lambda hit: (not hit.is_own, place[hit.entry])))


def weigh(hits: Sequence[Hit]) -> Standing:
    """Say what settled hits amount to: our own decision first, else the entry that tells most."""
    if not hits:
        return Standing.UNKNOWN
    first = hits[0]
    if first.is_own:
        return Standing.BAD if first.is_bad else Standing.GOOD
    views = {hit.is_bad for hit in hits if hit.entry == first.entry}
    if len(views) > 1:
        return Standing.DISPUTED
    return Standing.BAD if first.is_bad else Standing.GOOD
