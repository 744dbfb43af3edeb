"""Which identifier a party uses for what, and when it replaces it."""

from dataclasses import dataclass

import numpy as np

from tipline.domain.link.generator.gangs import Cast, Roll
from tipline.domain.link.generator.hashing import Dice, Flags, Whole
from tipline.domain.link.generator.shape import DAY, KINDS, NUMBER, Shape

POOLS = {"ip": "shared_ip", "certificate": "shared_certificate", "template": "shared_kit"}
LENT_EARLIER = ("phone", "wechat")  # numbers are recycled; cards are lent while they live
CERTIFICATES = 30
REPORTS_A_HOST, REPORTS_A_KIT, REPORTS_A_SITE = 500, 2000, 2000
KIT_SLOPE = 1.3


@dataclass(frozen=True, kw_only=True)
class Use:
    """Identifiers that parties had in use; arrays of one length."""

    value: Whole
    generation: Whole  # 0 for a slot's first identifier


class Customs:
    """Answers which identifier of a kind a party had in use in an epoch."""

    def __init__(self, *, dice: Dice, shape: Shape, cast: Cast, roll: Roll) -> None:
        self._dice, self._shape, self._cast, self._roll = dice, shape, cast, roll
        of_gangs = np.flatnonzero(roll.party < cast.gangs)
        self._by_time = of_gangs[np.argsort(roll.seconds[of_gangs], kind="stable")]
        self._times = roll.seconds[self._by_time]

    def find_near(self, seconds: Whole, purpose: str, *parts: Whole) -> Whole:
        """Pick a gang's report that came at about the same time; gives its number."""
        at = np.searchsorted(self._times, seconds)
        wide = max(1, len(self._times) // 200)
        place = at + self._dice.pick(2 * wide, purpose, *parts) - wide
        near: Whole = self._by_time[np.clip(place, 0, len(self._times) - 1)]
        return near

    def find_earlier(self, seconds: Whole, purpose: str, *parts: Whole) -> Whole:
        """Pick any gang's report that came before; gives its number."""
        at = np.maximum(np.searchsorted(self._times, seconds), 1)
        place = (self._dice.share(purpose, *parts) * at).astype(np.int64)
        return self._by_time[np.minimum(place, len(self._times) - 1)]

    def look_up(self, kind: int, party: Whole, slot: Whole, epoch: Whole) -> Use:  # noqa: PLR0917 - columns that are always told in this order
        """Tell the identifier that each party used in a slot in an epoch, as its own or not."""
        use = self._look_up_own(kind, party, slot, epoch)
        value = self._take_from_pool(kind, party, slot, use)
        if KINDS[kind].is_lent:
            value = self._borrow(kind, party, slot, Use(value=value, generation=use.generation))
        if KINDS[kind].name == "domain":
            value = self._hijack(party, slot, Use(value=value, generation=use.generation))
        return Use(value=value, generation=use.generation)

    def _look_up_own(self, kind: int, party: Whole, slot: Whole, epoch: Whole) -> Use:  # noqa: PLR0917 - columns that are always told in this order
        what, cast, dice = KINDS[kind], self._cast, self._dice
        phase = dice.pick(what.lifetime, "phase", party, kind)
        phase = (phase + slot * what.lifetime // what.slots) % what.lifetime
        generation = (epoch + phase) // what.lifetime
        together = epoch // self._shape.hard_epochs
        if what.name == "template":
            together = np.where(cast.keeps_template[party], 0, together)
        generation = np.where(cast.is_hard[party], together, generation)
        return Use(
            value=_trim(dice.mix("own", party, kind, slot, generation)), generation=generation
        )

    def _take_from_pool(self, kind: int, party: Whole, slot: Whole, use: Use) -> Whole:  # noqa: PLR0917 - columns that are always told in this order
        name = KINDS[kind].name
        if name not in POOLS:
            return use.value
        dice, key = self._dice, (party, slot, use.generation)
        if name == "ip":
            number = dice.pick(max(1, self._shape.reports // REPORTS_A_HOST), "host", *key)
        elif name == "certificate":
            number = dice.pick(CERTIFICATES, "cdn", *key)
        else:
            kits = max(1, self._shape.reports // REPORTS_A_KIT)
            number = dice.rank(kits, KIT_SLOPE, "kit", *key)
        is_shared = dice.share("shares", party, kind) < getattr(self._shape, POOLS[name])
        return np.where(is_shared, _trim(dice.mix("pool", number, kind)), use.value)

    def _borrow(self, kind: int, party: Whole, slot: Whole, use: Use) -> Whole:  # noqa: PLR0917 - columns that are always told in this order
        dice, key = self._dice, (party, slot, use.generation)
        is_lent = dice.share("lent", *key, kind) < self._shape.lent
        at = np.flatnonzero(is_lent & (party < self._cast.gangs))
        key = (party[at], slot[at], use.generation[at])
        began = self._began(kind, party[at], use.generation[at])
        find = self.find_earlier if KINDS[kind].name in LENT_EARLIER else self.find_near
        report = find(began, "lender", *key, np.full(len(at), kind))
        slot = dice.pick(KINDS[kind].slots, "lender slot", *key)
        lent = self._look_up_own(kind, self._roll.party[report], slot, self._roll.epoch[report])
        value = use.value.copy()
        value[at] = lent.value
        return value

    def _began(self, kind: int, party: Whole, generation: Whole) -> Whole:
        days = generation * KINDS[kind].lifetime * self._cast.epoch_days[party]
        return ((self._cast.start[party] + days) * DAY).astype(np.int64)

    def _hijack(self, party: Whole, slot: Whole, use: Use) -> Whole:
        is_taken = self._dice.share("hijack", party, slot, use.generation) < self._shape.hijacked
        is_taken &= party < self._cast.gangs
        return np.where(is_taken, self.name_site(party, slot, use.generation), use.value)

    def name_site(self, *key: Whole) -> Whole:
        """Pick a legitimate site of those that get hijacked."""
        sites = max(1, self._shape.reports // REPORTS_A_SITE)
        return _trim(self._dice.mix("site", self._dice.pick(sites, "which site", *key)))


def mentioned(dice: Dice, kind: int, report: Whole) -> Flags:
    """Tell which reports name an identifier of ``kind``."""
    return dice.share("mention", report, kind) < KINDS[kind].mention


def _trim(words: np.ndarray) -> Whole:
    return (words >> np.uint64(1)).astype(np.int64)


__all__ = ["NUMBER", "Customs", "Use", "mentioned"]
