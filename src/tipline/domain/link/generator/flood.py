"""The attack: reports filed within days that name two gangs together, so that they become one."""

from dataclasses import dataclass

import numpy as np

from tipline.domain.link.generator.gangs import Cast, Roll
from tipline.domain.link.generator.hashing import Dice, Whole
from tipline.domain.link.generator.noise import Mentions
from tipline.domain.link.generator.shape import DAY, KINDS, NUMBER, Shape
from tipline.domain.link.generator.usage import Customs

AIMED_AT = 20  # the largest gangs, of which two at work at the same time are taken


@dataclass(frozen=True, kw_only=True)
class Flood:
    """Two gangs that somebody tried to weld; ``count`` reports, from ``since`` (seconds)."""

    gangs: tuple[int, int]
    count: int
    since: int


@dataclass(frozen=True, kw_only=True)
class Flooding:
    """The reports of a flood, numbered after all others, and whom they aim at."""

    mentions: Mentions
    seconds: Whole
    told: tuple[Flood, ...]


def draw_flood(*, dice: Dice, shape: Shape, cast: Cast, roll: Roll, customs: Customs) -> Flooding:
    """Draw the flood that ``shape`` asks for; none is an empty one."""
    none = np.empty(0, dtype=np.int64)
    if not shape.flood:
        return Flooding(
            mentions=Mentions(report=none, kind=none, value=none), seconds=none, told=()
        )
    gangs = aim(cast)
    reports = [np.flatnonzero(roll.party == gang) for gang in gangs]
    since = int(min(np.median(roll.seconds[each]) for each in reports))
    number = np.arange(shape.flood, dtype=np.int64)
    seconds = since + (dice.share("flood time", number) * shape.flood_days * DAY).astype(np.int64)
    parts = []
    for gang, of_gang in zip(gangs, reports, strict=True):
        nearest = of_gang[np.argmin(np.abs(roll.seconds[of_gang] - since))]
        epoch = np.full(shape.flood, roll.epoch[nearest])
        parts += _name(dice, shape, customs, np.full(shape.flood, gang), epoch)
    mentions = Mentions(
        report=len(roll.party) + np.concatenate([each.report for each in parts]),
        kind=np.concatenate([each.kind for each in parts]),
        value=np.concatenate([each.value for each in parts]),
    )
    told = Flood(gangs=gangs, count=shape.flood, since=since)
    return Flooding(mentions=mentions, seconds=seconds, told=(told,))


def aim(cast: Cast) -> tuple[int, int]:
    """Choose two of the largest gangs that were at work at the same time for longest."""
    large = np.argsort(-cast.size[: cast.gangs], kind="stable")[:AIMED_AT]
    begin = cast.start[large]
    end = begin + cast.epoch_days[large] * cast.size[large] / cast.epoch[large]
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    np.fill_diagonal(shared, -np.inf)
    one, two = np.unravel_index(int(np.argmax(shared)), shared.shape)
    return int(large[one]), int(large[two])


def _name(dice: Dice, shape: Shape, customs: Customs, gang: Whole, epoch: Whole) -> list[Mentions]:  # noqa: PLR0917 - columns that are always told in this order
    number = np.arange(len(gang), dtype=np.int64)
    first = dice.pick(NUMBER["ip"], "flood kind", number, gang)
    named = []
    for turn in range(shape.flood_ids):
        for kind in range(NUMBER["ip"]):
            here = np.flatnonzero((first + turn) % NUMBER["ip"] == kind)
            slot = dice.pick(KINDS[kind].slots, "flood slot", number[here], gang[here], kind)
            use = customs.look_up(kind, gang[here], slot, epoch[here])
            kinds = np.full(len(here), kind)
            named.append(Mentions(report=here, kind=kinds, value=use.value))
    return named
