"""Keep the names of clusters when the whole archive was linked anew.

A new cluster keeps the name of the old one with which it shares most reports; each name goes to one
cluster only. Where an old one lost its name, its reports were merged into others; where a new one
has no name yet, it split off.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from msgspec import Struct

from tipline.domain.link.live import name_cluster


class Settled(Struct, frozen=True):
    """What changes: reports by their new cluster ("": none), and what became of whole clusters.

    ``merged`` are (old, into), ``split`` are (from, new), ``founded`` are new ones that came of no
    old one.
    """

    moves: Mapping[int, str]
    merged: tuple[tuple[str, str], ...]
    split: tuple[tuple[str, str], ...]
    founded: tuple[str, ...]


def settle(
    *,
    old: Mapping[int, str],
    new: Mapping[int, int],
    late: Mapping[int, str],
    taken: Collection[str],
) -> Settled:
    """Name the clusters of ``new`` (report to any label) after those of ``old``.

    ``late`` are reports that were placed while the archive was being linked: they follow their
    cluster. ``taken`` are names that were ever given.
    """
    shared = Counter((old[report], label) for report, label in new.items() if report in old)
    names = _keep_names(shared)
    goes_to = _follow(shared)
    used, fresh = {*taken, *old.values()}, []
    for label, first in _find_first(new).items():
        if label not in names:
            names[label] = name_cluster(first, used)
            used.add(names[label])
            fresh.append(label)
    named = {report: names[label] for report, label in new.items()}
    kept = set(names.values())
    merged = {key: names[label] for key, label in goes_to.items() if key not in kept}
    moves = {report: key for report, key in named.items() if old.get(report) != key}
    moves |= dict.fromkeys(old.keys() - named.keys(), "")
    moves |= {report: merged[key] for report, key in late.items() if key in merged}
    came_of = _come_of(shared)
    split = tuple((came_of[label], names[label]) for label in fresh if label in came_of)
    founded = tuple(names[label] for label in fresh if label not in came_of)
    return Settled(moves, tuple(sorted(merged.items())), split, founded)


def _keep_names(shared: Mapping[tuple[str, int], int]) -> dict[int, str]:
    names: dict[int, str] = {}
    given: set[str] = set()
    for (key, label), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if label not in names and key not in given:
            names[label] = key
            given.add(key)
    return names


def _follow(shared: Mapping[tuple[str, int], int]) -> dict[str, int]:
    """Label that has most of each old cluster."""
    most: dict[str, int] = {}
    for (key, label), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        most.setdefault(key, label)
    return most


def _come_of(shared: Mapping[tuple[str, int], int]) -> dict[int, str]:
    most: dict[int, str] = {}
    for (key, label), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        most.setdefault(label, key)
    return most


def _find_first(new: Mapping[int, int]) -> dict[int, int]:
    first: dict[int, int] = defaultdict(int)
    for report, label in new.items():
        first[label] = min(report, first[label]) if label in first else report
    return dict(sorted(first.items(), key=lambda each: each[1]))
