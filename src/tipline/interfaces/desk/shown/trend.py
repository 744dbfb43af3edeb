"""Places of the bars and points of a trend, for a template that draws them as SVG."""

from collections.abc import Sequence

from msgspec import Struct

from tipline.store.queries.training import Week

HIGH, WIDE, GAP = 120, 18, 6


class Bar(Struct, frozen=True):
    """One week of the picture: what it shows, and where its bar and its point stand."""

    week: Week
    x: int
    y: float
    height: float
    middle: int
    point: float


class Trend(Struct, frozen=True):
    """A picture of weeks: bars for the share of unsure reports, points for mean confidence."""

    bars: tuple[Bar, ...]
    line: str
    width: int
    height: int = HIGH


def draw_weeks(weeks: Sequence[Week]) -> Trend:
    """Place the weeks side by side."""
    bars = tuple(_place(number, week) for number, week in enumerate(weeks))
    named = [bar for bar in bars if bar.week.named]
    line = " ".join(f"{bar.middle},{bar.point:.1f}" for bar in named)
    return Trend(bars, line, GAP + len(bars) * (WIDE + GAP))


def _place(number: int, week: Week) -> Bar:
    height = HIGH * week.unsure / week.read
    x = GAP + number * (WIDE + GAP)
    return Bar(week, x, HIGH - height, height, x + WIDE // 2, HIGH * (1 - week.confidence))
