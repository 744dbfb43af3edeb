"""Place a web on a plane: a tree around what is named most, drawn out so that nothing lies on top.

The same web gives the same picture. Reports that name exactly the same are one spot.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, pi, sin

from msgspec import Struct

from tipline.domain.link.web import Name, Web

SPOTS_MAX = 2_000
RING = 90.0  # between one generation and the next
ROOM = 26.0  # between neighbours on a ring


class Spot(Struct, frozen=True):
    """An identifier (``name``) or reports (``reports``) that name the same, and where it stands."""

    x: float
    y: float
    reports: tuple[int, ...] = ()
    name: Name | None = None
    count: int = 0  # reports behind it


class Picture(Struct, frozen=True):
    """Spots, the lines between them (by place in ``spots``), and how much was left out."""

    spots: tuple[Spot, ...]
    lines: tuple[tuple[int, int], ...]
    left: float
    top: float
    width: float
    height: float
    hidden_names: int
    hidden_reports: int


def draw_web(web: Web, *, most: int = SPOTS_MAX, without: frozenset[Name] = frozenset()) -> Picture:
    """Draw what several reports name and who names it; at most ``most`` spots, the largest first.

    ``without`` are names to be left out.
    """
    names = [name for name in web.shared if name not in without]
    shown = names[: most // 2]
    groups = _group(web, shown)
    kept = sorted(groups, key=lambda key: (-len(groups[key]), groups[key]))[: most - len(shown)]
    near: dict[int, list[int]] = defaultdict(list)
    number = {name: place for place, name in enumerate(shown)}
    for place, key in enumerate(kept, start=len(shown)):
        for name in key:
            near[place].append(number[name])
            near[number[name]].append(place)
    places = _spread(len(shown) + len(kept), near, len(shown))
    spots = [
        Spot(*places[at], name=name, count=len(web.reports[name])) for at, name in enumerate(shown)
    ]
    spots += [
        Spot(*places[at], reports=tuple(groups[key]), count=len(groups[key]))
        for at, key in enumerate(kept, start=len(shown))
    ]
    lines = tuple((a, b) for a in range(len(shown)) for b in near[a])
    told = sum(len(groups[key]) for key in kept)
    hidden = (len(names) - len(shown), sum(map(len, groups.values())) - told)
    return _frame(spots, lines, hidden)


def _group(web: Web, shown: Sequence[Name]) -> dict[tuple[Name, ...], list[int]]:
    told, groups = set(shown), defaultdict(list)
    for report, names in web.names.items():
        key = tuple(name for name in names if name in told)
        if key:
            groups[key].append(report)
    return dict(groups)


def _spread(count: int, near: Mapping[int, list[int]], names: int) -> list[tuple[float, float]]:
    """Draw each part as a tree in rings; parts stand side by side."""
    places = [(0.0, 0.0)] * count
    seen: set[int] = set()
    right = 0.0
    for root in range(names):
        if root in seen:
            continue
        rings = _list_rings(root, near, seen)
        reach = [0.0]
        for ring in rings[1:]:
            reach.append(max(reach[-1] + RING, len(ring) * ROOM / (2 * pi)))
        middle = right + reach[-1] + ROOM
        angles = _turn(rings, near)
        for depth, ring in enumerate(rings):
            for node in ring:
                angle = angles[node]
                places[node] = (middle + reach[depth] * cos(angle), reach[depth] * sin(angle))
        right = middle + reach[-1] + RING
    return places


def _list_rings(root: int, near: Mapping[int, list[int]], seen: set[int]) -> list[list[int]]:
    rings: list[list[int]] = []
    wait = deque([(root, 0)])
    seen.add(root)
    while wait:
        node, depth = wait.popleft()
        if depth == len(rings):
            rings.append([])
        rings[depth].append(node)
        for each in near[node]:
            if each not in seen:
                seen.add(each)
                wait.append((each, depth + 1))
    return rings


def _turn(rings: Sequence[Sequence[int]], near: Mapping[int, list[int]]) -> dict[int, float]:
    """Angles: each ring is filled evenly, children in the order of their parents."""
    angles = {rings[0][0]: -pi / 2}
    for above, ring in pairwise(rings):
        parents = {node: min(set(near[node]) & set(above)) for node in ring}
        wish = sorted(ring, key=lambda node: (angles[parents[node]] % (2 * pi), node))
        start = angles[parents[wish[0]]] if len(above) > 1 else -pi / 2
        for place, node in enumerate(wish):
            angles[node] = start + 2 * pi * place / len(wish)
    return angles


def _frame(
    spots: Sequence[Spot], lines: tuple[tuple[int, int], ...], hidden: tuple[int, int]
) -> Picture:
    xs, ys = [each.x for each in spots] or [0.0], [each.y for each in spots] or [0.0]
    left, top = min(xs) - 40, min(ys) - 40
    return Picture(
        spots=tuple(spots),
        lines=lines,
        left=left,
        top=top,
        width=max(xs) - left + 160,
        height=max(ys) - top + 40,
        hidden_names=hidden[0],
        hidden_reports=hidden[1],
    )
