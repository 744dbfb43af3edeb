"""What stands in reports beside the identifiers of the gang that is reported."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tipline.domain.link.generator.gangs import Cast, Roll
from tipline.domain.link.generator.hashing import Dice, Whole
from tipline.domain.link.generator.shape import DAY, KINDS, NUMBER, Shape
from tipline.domain.link.generator.usage import Customs

MONTH = 30 * DAY
REPORTS_A_NUMBER = 3  # that carry the same victim's number


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """Identifiers in reports; arrays of one length."""

    report: Whole
    kind: Whole
    value: Whole


class Noise:
    """Draws everything that misleads."""

    def __init__(self, *, dice: Dice, shape: Shape, cast: Cast, roll: Roll) -> None:
        self._dice, self._shape, self._cast, self._roll = dice, shape, cast, roll
        self._report = np.arange(len(roll.party), dtype=np.int64)

    def draw(self, customs: Customs) -> Iterator[Mentions]:
        """Yield the misleading mentions, one sort at a time."""
        yield self._popular()
        yield self._signatures()
        yield self._platforms()
        yield self._own_numbers()
        yield self._sites(customs)
        yield from self._mixed(customs)
        yield self._retired(customs)
        yield from self._brigades(customs)

    def list_allowed(self) -> Mentions:
        """List the popular identifiers that everyone knows: platforms' domains, hotlines."""
        rank = np.arange(self._shape.popular_ids, dtype=np.int64)
        rank = rank[self._dice.share("allowed", rank) < self._shape.popular_allowed]
        return self._name_popular(rank, rank)

    def _chance(self, share: float, purpose: str) -> Whole:
        return self._report[self._dice.share(purpose, self._roll.source) < share]

    def _popular(self) -> Mentions:
        at = self._chance(self._shape.popular, "popular")
        shape, source = self._shape, self._roll.source[at]
        rank = self._dice.rank(shape.popular_ids, shape.popular_slope, "which popular", source)
        return self._name_popular(at, rank)

    def _name_popular(self, report: Whole, rank: Whole) -> Mentions:
        is_domain = self._dice.share("popular kind", rank) < 0.5
        kind = np.where(is_domain, NUMBER["domain"], NUMBER["phone"])
        return Mentions(report=report, kind=kind, value=self._make("popular id", rank))

    def _signatures(self) -> Mentions:
        at = self._chance(self._shape.signature, "signature")
        number = self._dice.pick(self._shape.signature_ids, "which signature", at)
        return _all("phone", at, self._make("signature id", number))

    def _platforms(self) -> Mentions:
        at = self._chance(self._shape.platform, "platform")
        number = self._dice.rank(self._shape.platform_ids, 1.0, "which platform", at)
        return _all("domain", at, self._make("platform id", number))

    def _own_numbers(self) -> Mentions:
        at = self._chance(self._shape.own_number, "own number")
        is_soon = self._dice.share("soon", at) < self._shape.own_number_soon
        month = np.where(is_soon, self._roll.seconds[at] // MONTH, -1)
        months, inverse, sizes = np.unique(month, return_inverse=True, return_counts=True)
        numbers = np.maximum(1, sizes // REPORTS_A_NUMBER)[inverse]
        number = (self._dice.share("which number", at) * numbers).astype(np.int64)
        return _all("phone", at, self._make("number id", months[inverse], number))

    def _sites(self, customs: Customs) -> Mentions:
        at = self._chance(self._shape.hijacked_named, "site")
        return _all("domain", at, customs.name_site(at))

    def _mixed(self, customs: Customs) -> Iterator[Mentions]:
        at = self._chance(self._shape.mixed, "mixed")
        at = at[self._roll.party[at] < self._cast.gangs]
        yield from self._name_near(customs, at, "mixed with", count=2)

    def _name_near(
        self, customs: Customs, at: Whole, purpose: str, *, count: int
    ) -> Iterator[Mentions]:
        other = customs.find_near(self._roll.seconds[at], purpose, at)
        first = self._dice.pick(NUMBER["ip"], purpose + " kind", at)
        for turn in range(count):
            chosen = (first + turn) % NUMBER["ip"]
            for kind in range(NUMBER["ip"]):
                here = np.flatnonzero(chosen == kind)
                slot = self._dice.pick(KINDS[kind].slots, purpose + " slot", at[here], kind)
                party, epoch = self._roll.party[other[here]], self._roll.epoch[other[here]]
                use = customs.look_up(kind, party, slot, epoch)
                yield _all(KINDS[kind].name, at[here], use.value)

    def _retired(self, customs: Customs) -> Mentions:
        at = self._chance(self._shape.retired, "retired")
        at = at[self._roll.party[at] >= self._cast.lone]
        old = customs.find_earlier(self._roll.seconds[at] - MONTH, "retired from", at)
        kind = NUMBER["phone"]
        slot = self._dice.pick(KINDS[kind].slots, "retired slot", at)
        use = customs.look_up(kind, self._roll.party[old], slot, self._roll.epoch[old])
        return _all("phone", at, use.value)

    def _brigades(self, customs: Customs) -> Iterator[Mentions]:
        at = self._report[self._cast.is_brigade[self._roll.party]]
        party = self._roll.party[at]
        yield _all("phone", at, self._make("target", party))
        smear = at[self._dice.share("smear", at) < self._shape.brigade_smears]
        yield from self._name_near(customs, smear, "smeared with", count=1)

    def _make(self, purpose: str, *parts: Whole) -> Whole:
        return (self._dice.mix(purpose, *parts) >> np.uint64(1)).astype(np.int64)


def _all(kind: str, report: Whole, value: Whole) -> Mentions:
    return Mentions(report=report, kind=np.full(len(report), NUMBER[kind]), value=value)
