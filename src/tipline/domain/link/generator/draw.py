"""Draw an archive of reports with the truth beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tipline.domain.link.generator.flood import Flood, draw_flood
from tipline.domain.link.generator.gangs import Cast, Roll, call_roll, cast_parties
from tipline.domain.link.generator.hashing import Dice, Flags, Whole
from tipline.domain.link.generator.noise import Mentions, Noise
from tipline.domain.link.generator.shape import KINDS, Shape
from tipline.domain.link.generator.usage import Customs, mentioned


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Reports numbered by the time they came, their identifiers, and who is behind them."""

    mentions: Mentions  # sorted by report; a report names each identifier once
    is_own: Flags  # by mention: an identifier that the report's party used, typed without error
    seconds: Whole  # by report, after the archive's start
    party: Whole  # by report: the truth; lone offenders have a number of their own
    is_hard: Flags  # by party: gangs that change everything together
    gangs: int  # parties below this number are gangs
    allowed: Mentions  # the allow-list; ``report`` counts its lines
    floods: tuple[Flood, ...]


def draw_archive(shape: Shape, *, seed: int) -> Archive:
    """Draw an archive; the same ``shape`` and ``seed`` give the same archive anywhere."""
    dice = Dice(seed)
    cast = cast_parties(dice, shape)
    roll = call_roll(dice, shape, cast)
    customs = Customs(dice=dice, shape=shape, cast=cast, roll=roll)
    noise = Noise(dice=dice, shape=shape, cast=cast, roll=roll)
    true = list(_name_own(dice, cast, roll, customs))
    parts = [*(_mistype(dice, shape, each) for each in true), *noise.draw(customs)]
    own = [
        *(each.value for each in true),
        *(np.full(len(p.report), -1) for p in parts[len(true) :]),
    ]
    flood = draw_flood(dice=dice, shape=shape, cast=cast, roll=roll, customs=customs)
    parts.append(flood.mentions)
    own.append(np.full(len(flood.mentions.report), -1))
    seconds = np.concatenate([roll.seconds, flood.seconds])
    party = np.concatenate([roll.party, np.full(len(flood.seconds), len(cast.size))])
    is_hard = np.append(cast.is_hard, [False])
    order = np.argsort(seconds, kind="stable")
    mentions, is_own = _gather(parts, np.concatenate(own), order)
    return Archive(
        mentions=mentions, is_own=is_own, seconds=seconds[order], party=party[order],
        is_hard=is_hard, gangs=cast.gangs, allowed=noise.list_allowed(), floods=flood.told,
    )  # fmt: skip


def _name_own(dice: Dice, cast: Cast, roll: Roll, customs: Customs) -> Iterator[Mentions]:  # noqa: PLR0917 - columns that are always told in this order
    ordinary = ~cast.is_brigade[roll.party]
    for number, kind in enumerate(KINDS):
        at = np.flatnonzero(ordinary & mentioned(dice, number, roll.source))
        slot = dice.pick(kind.slots, "slot", roll.source[at], number)
        use = customs.look_up(number, roll.party[at], slot, roll.epoch[at])
        yield Mentions(report=at, kind=np.full(len(at), number), value=use.value)


def _mistype(dice: Dice, shape: Shape, named: Mentions) -> Mentions:
    is_wrong = dice.share("typo", named.report, named.kind) < shape.typo
    wrong = (dice.mix("typed", named.report, named.kind) >> np.uint64(1)).astype(np.int64)
    return Mentions(
        report=named.report, kind=named.kind, value=np.where(is_wrong, wrong, named.value)
    )


def _gather(parts: list[Mentions], own: Whole, order: Whole) -> tuple[Mentions, Flags]:
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    report = number[np.concatenate([each.report for each in parts])]
    kind = np.concatenate([each.kind for each in parts])
    value = np.concatenate([each.value for each in parts])
    by = np.lexsort((own != value, value, report))
    report, kind, value, own = report[by], kind[by], value[by], own[by]
    is_first = np.ones(len(report), dtype=np.bool_)
    is_first[1:] = (report[1:] != report[:-1]) | (value[1:] != value[:-1])
    kept = Mentions(report=report[is_first], kind=kind[is_first], value=value[is_first])
    return kept, (own == value)[is_first]
