"""Gangs and lone offenders: how large, how quick to change, and when their reports come."""

from dataclasses import dataclass

import numpy as np

from tipline.domain.link.generator.hashing import Dice, Flags, Floats, Whole
from tipline.domain.link.generator.shape import DAY, Shape

EPOCH_LEAST, EPOCH_MOST = 5, 5000  # reports


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who is behind the reports; arrays by party: gangs, then brigades, then lone offenders."""

    gangs: int  # how many of the parties are gangs
    lone: int  # the first lone offender
    size: Whole
    epoch: Floats  # reports that an epoch lasts
    epoch_days: Floats
    start: Floats  # days after the archive's first
    is_hard: Flags
    keeps_template: Flags
    is_brigade: Flags


@dataclass(frozen=True, kw_only=True)
class Roll:
    """Reports before noise; arrays by report."""

    party: Whole
    turn: Whole  # 0 for a party's first report
    epoch: Whole
    seconds: Whole  # after the archive's start
    source: Whole  # whose choices it repeats: itself, or the report that was sent before


def cast_parties(dice: Dice, shape: Shape) -> Cast:
    """Draw the parties; sizes add up to the reports of ``shape``, the flood aside."""
    size, gangs, lone = _draw_sizes(dice, shape)
    party = np.arange(len(size), dtype=np.int64)
    is_brigade = (party >= gangs) & (party < lone)
    epoch = np.exp(np.log(shape.epoch_median) + shape.epoch_spread * dice.bell("epoch", party))
    epoch = np.where(is_brigade, EPOCH_MOST, np.clip(np.rint(epoch), EPOCH_LEAST, EPOCH_MOST))
    days = np.exp(np.log(shape.epoch_days) + shape.epoch_days_spread * dice.bell("pace", party))
    days = np.minimum(days, 0.9 * shape.days * epoch / size)
    start = dice.share("start", party) * (shape.days - days * size / epoch)
    return Cast(
        gangs=gangs, lone=lone, size=size, epoch=epoch, epoch_days=days, start=start, is_brigade=is_brigade,
        is_hard=dice.share("hard", party) < shape.hard_rotators,
        keeps_template=dice.share("keeps", party) < 0.5,
    )  # fmt: skip


def _draw_sizes(dice: Dice, shape: Shape) -> tuple[Whole, int, int]:
    wanted, most = int(shape.in_gangs * shape.reports), max(2, int(shape.size_cap * shape.reports))
    drawn = dice.share("size", np.arange(wanted // 2 + 1, dtype=np.int64))
    sizes = np.minimum(2.0 * (1.0 - drawn) ** (-1.0 / shape.size_slope), most).astype(np.int64)
    gangs = sizes[: int(np.searchsorted(np.cumsum(sizes), wanted, side="right"))]
    crowd = min(shape.brigade_size, most)
    brigades = np.full(int(shape.brigades * shape.reports / crowd), crowd, dtype=np.int64)
    left = shape.reports - int(gangs.sum()) - int(brigades.sum())
    lone = np.ones(left, dtype=np.int64)
    lone[dice.share("lone twice", np.arange(left, dtype=np.int64)) < shape.twice] = 2
    lone = lone[: int(np.searchsorted(np.cumsum(lone), left, side="right"))]
    short = left - int(lone.sum())
    size = np.concatenate([gangs, brigades, lone, np.ones(short, dtype=np.int64)])
    return size, len(gangs), len(gangs) + len(brigades)


def call_roll(dice: Dice, shape: Shape, cast: Cast) -> Roll:
    """Draw the reports of each party in the order in which they come to it."""
    party = np.repeat(np.arange(len(cast.size), dtype=np.int64), cast.size)
    first = np.cumsum(cast.size) - cast.size
    turn = np.arange(len(party), dtype=np.int64) - first[party]
    report = np.arange(len(party), dtype=np.int64)
    is_last_of_lone = (cast.size[party] == 2) & (party >= cast.lone) & (turn == 1)
    is_twice = ((dice.share("twice", report) < shape.twice) & (turn > 0)) | is_last_of_lone
    source = np.where(is_twice, report - 1, report)
    place = (turn[source] + dice.share("place", source)) / cast.epoch[party]
    place = np.minimum(place, cast.size[party] / cast.epoch[party])
    delay = np.exp(np.log(shape.delay_days) + shape.delay_spread * dice.bell("delay", source))
    again = np.where(is_twice, 0.5 + 9.5 * dice.share("again", report), 0.0)
    days = cast.start[party] + place * cast.epoch_days[party] + delay + again
    return Roll(
        party=party, turn=turn, source=source, seconds=(days * DAY).astype(np.int64),
        epoch=(turn[source] / cast.epoch[party]).astype(np.int64),
    )  # fmt: skip
