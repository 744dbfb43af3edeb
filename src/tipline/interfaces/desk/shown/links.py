"""Places of what the pages of a cluster draw: a chain of reports, weeks of use, spots of a web."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log2

from msgspec import Struct

from tipline.domain.link.picture import Picture, Spot
from tipline.domain.link.web import Name, Row, Step
from tipline.interfaces.desk.shown.text import defang

BOX, GAP, WEEK, LINE = 90, 190, 16, 22
WEEKS_MAX, ROWS_MAX, LABEL = 52, 20, 30
FEW, TOLD = 80, 25


class Box(Struct, frozen=True):
    """A report of a chain, and what leads from it to the next."""

    report: int
    x: int
    step: Step | None
    middle: int
    words: str


class Chain(Struct, frozen=True):
    """Reports in a row."""

    boxes: tuple[Box, ...]
    width: int


class Use(Struct, frozen=True):
    """An identifier and the weeks in which it was named."""

    name: Name
    words: str
    y: int
    cells: tuple[tuple[int, int, str], ...]  # x, how many reports, how strong
    first: date
    last: date
    count: int


class Mark(Struct, frozen=True):
    """A spot of the web as it is drawn."""

    spot: Spot
    number: int
    radius: float
    words: str
    near: str  # numbers of the spots beside it
    is_told: bool  # whether its words fit into the picture

    @property
    def double(self) -> float:
        """Its width."""
        return 2 * self.radius

    @property
    def label(self) -> float:
        """Where its words begin."""
        return self.radius + 4


def draw_chain(steps: Sequence[Step]) -> Chain:
    """Place the reports of a chain side by side."""
    reports = [steps[0].one, *(step.other for step in steps)] if steps else []
    boxes = []
    for number, report in enumerate(reports):
        step = steps[number] if number < len(steps) else None
        x = number * (BOX + GAP)
        words = shorten(step.name, 22) if step else ""
        boxes.append(Box(report, x, step, x + BOX + GAP // 2, words))
    return Chain(tuple(boxes), len(boxes) * (BOX + GAP) - GAP if boxes else 0)


def draw_rotation(weeks: Sequence[date], rows: Sequence[Row]) -> tuple[list[Use], int, int]:
    """Place what was named in each of the last weeks; gives width and height too."""
    last = weeks[-WEEKS_MAX:]
    uses: list[Use] = []
    busiest = sorted(rows, key=lambda row: -sum(row.counts))[:ROWS_MAX]
    for row in (each for each in rows if each in busiest):
        y = len(uses) * LINE
        used = [(week, count) for week, count in zip(weeks, row.counts, strict=True) if count]
        cells = tuple(
            (LABEL * 8 + at * WEEK, count, _grade(count))
            for at, count in enumerate(row.counts[-WEEKS_MAX:])
            if count
        )
        words = shorten(row.name, LABEL)
        uses.append(Use(row.name, words, y, cells, used[0][0], used[-1][0], sum(row.counts)))
    return uses, LABEL * 8 + len(last) * WEEK, len(uses) * LINE


def draw_marks(picture: Picture) -> list[Mark]:
    """Size the spots, and tell each what stands beside it."""
    near: Mapping[int, list[int]] = {at: [] for at in range(len(picture.spots))}
    for one, other in picture.lines:
        near[one].append(other)
        near[other].append(one)
    return [
        Mark(
            spot,
            at,
            min(5 + 2 * log2(1 + spot.count), 22),
            shorten(spot.name, 24) if spot.name else "",
            " ".join(map(str, sorted(near[at]))),
            bool(spot.name) and (len(picture.spots) < FEW or at < TOLD),
        )
        for at, spot in enumerate(picture.spots)
    ]


def shorten(name: Name, most: int) -> str:
    """Show an identifier in few letters, so that no program follows it."""
    words = defang(name[1], name[0])
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _grade(count: int) -> str:
    return "few" if count == 1 else "some" if count < 5 else "many"
