"""Why two reports belong together: the shortest chain of identifiers that they share."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

Identifier = tuple[str, str]  # kind, value
NamesOf = Callable[[Collection[str]], Mapping[str, Sequence[Identifier]]]
ReportsOf = Callable[[Collection[Identifier]], Mapping[Identifier, Sequence[str]]]

STEPS_MOST = 12
SHARED_BY_MOST = 1000  # an identifier in more reports explains nothing
SEEN_MOST = 200_000


@dataclass(frozen=True, kw_only=True)
class Step:
    """``one`` and ``two`` both name the identifier, which ``count`` reports name."""

    one: str
    two: str
    kind: str
    value: str
    count: int

    @property
    def weight(self) -> float:
        """How much it says: 1 where these two alone name it, less the more reports do."""
        return 1 / math.log2(max(2, self.count))


def explain(one: str, two: str, *, names_of: NamesOf, reports_of: ReportsOf) -> list[Step] | None:
    """Find the shortest chain from ``one`` to ``two``; of several, that of the rarest identifiers.

    None where nothing within a dozen steps joins them. The callables look many up at once and
    leave out what says nothing.
    """
    paths: dict[str, tuple[float, tuple[Step, ...]]] = {one: (0.0, ())}
    edge = [one]
    used: set[Identifier] = set()
    for _ in range(STEPS_MOST):
        if two in paths:
            return list(paths[two][1])
        if not edge or len(paths) > SEEN_MOST:
            return None
        found = _reach(edge, paths, used, names_of, reports_of)
        edge = sorted(found)
        paths |= found
    return list(paths[two][1]) if two in paths else None


def _reach(  # noqa: PLR0917 - one step of the search, told all that it needs
    edge: Sequence[str],
    paths: Mapping[str, tuple[float, tuple[Step, ...]]],
    used: set[Identifier],
    names_of: NamesOf,
    reports_of: ReportsOf,
) -> dict[str, tuple[float, tuple[Step, ...]]]:
    names = names_of(edge)
    fresh = {each for report in edge for each in names.get(report, ())} - used
    sharing = reports_of(fresh)
    used |= fresh
    found: dict[str, tuple[float, tuple[Step, ...]]] = {}
    for report in edge:
        cost, steps = paths[report]
        for kind, value in sorted(names.get(report, ())):
            reports = sharing.get((kind, value), ())
            if len(reports) > SHARED_BY_MOST:
                continue
            for other in sorted(set(reports) - paths.keys()):
                step = Step(one=report, two=other, kind=kind, value=value, count=len(reports))
                further = (cost + 1 / step.weight, (*steps, step))
                if other not in found or further[0] < found[other][0]:
                    found[other] = further
    return found
