"""Reports and what they name as a web: why two belong together, and what holds all together."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

Name = tuple[str, str]  # kind and value of an identifier
Node = int | Name  # a report, or what it names


class Bridge(Struct, frozen=True):
    """An identifier without which the cluster would fall into parts of these sizes (reports)."""

    name: Name
    parts: tuple[int, ...]


class Step(Struct, frozen=True):
    """One link of a chain: two reports, what both name, and in how many reports that stands."""

    one: int
    other: int
    name: Name
    count: int


class Row(Struct, frozen=True):
    """An identifier, and in how many reports of each week it stood."""

    name: Name
    counts: tuple[int, ...]


class Web:
    """Which report names what; built of pairs of report and identifier."""

    def __init__(self, edges: Iterable[tuple[int, Name]]) -> None:
        names: dict[int, set[Name]] = defaultdict(set)
        reports: dict[Name, set[int]] = defaultdict(set)
        for report, name in edges:
            names[report].add(name)
            reports[name].add(report)
        self.names: Mapping[int, list[Name]] = {r: sorted(names[r]) for r in sorted(names)}
        self.reports: Mapping[Name, list[int]] = {n: sorted(reports[n]) for n in sorted(reports)}

    @property
    def shared(self) -> list[Name]:
        """What several reports name, the most named first."""
        found = [name for name, reports in self.reports.items() if len(reports) > 1]
        return sorted(found, key=lambda name: (-len(self.reports[name]), name))

    def near(self, node: Node) -> list[Node]:
        """What a report names, or who names it."""
        return [*self.names[node]] if isinstance(node, int) else [*self.reports[node]]


def find_chain(web: Web, one: int, other: int) -> tuple[Step, ...]:
    """Give the shortest chain between two reports, by what is rarest where several are as short."""
    came: dict[Node, Node] = {one: one}
    wait = deque[Node]([one])
    while wait and other not in came:
        node = wait.popleft()
        if node in web.names or node in web.reports:
            for each in sorted(web.near(node), key=lambda n: _rate(web, n)):
                if each not in came:
                    came[each] = node
                    wait.append(each)
    if other not in came or one == other:
        return ()
    return tuple(reversed(list(_walk(web, came, other))))


def _rate(web: Web, node: Node) -> tuple[int, str]:
    count = len(web.reports[node]) if not isinstance(node, int) else node
    return count, str(node)


def _walk(web: Web, came: Mapping[Node, Node], node: Node) -> Iterator[Step]:
    while came[node] != node:
        name = came[node]
        before = came[name]
        if isinstance(name, int) or not isinstance(before, int) or not isinstance(node, int):
            raise TypeError(name)
        yield Step(before, node, name, len(web.reports[name]))
        node = before


def list_bridges(web: Web) -> list[Bridge]:
    """Give the identifiers that alone hold parts of at least two reports together."""
    found = [Bridge(name, tuple(parts)) for name, parts in _split_by(web) if len(parts) > 1]
    return sorted(found, key=lambda each: (-each.parts[1], -sum(each.parts), each.name))


def _split_by(web: Web) -> Iterator[tuple[Name, list[int]]]:
    """Sizes of the parts, of two reports or more, that are left without each cutting identifier.

    One walk (Hopcroft and Tarjan, 1973): a child that reaches nothing above is a part.
    """
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    size: dict[Node, int] = {}
    for root in web.names:
        if root in order:
            continue
        cut: dict[Name, list[int]] = defaultdict(list)
        before = len(order)
        for node, parent in _visit(web, root, order=order, low=low):
            size[node] = size.get(node, 0) + isinstance(node, int)
            if parent is None:
                continue
            size[parent] = size.get(parent, 0) + size[node]
            if not isinstance(parent, int) and low[node] >= order[parent]:
                cut[parent].append(size[node])
        whole = sum(1 for node, at in order.items() if at >= before and isinstance(node, int))
        for name, below in cut.items():
            parts = [*below, whole - sum(below)]
            yield name, sorted((each for each in parts if each > 1), reverse=True)


def _visit(
    web: Web, root: Node, *, order: dict[Node, int], low: dict[Node, int]
) -> Iterator[tuple[Node, Node | None]]:
    """Walk in depth without recursion; gives (node, parent) when all below was seen."""
    order[root] = low[root] = len(order)
    stack: list[tuple[Node, Node | None, Iterator[Node]]] = [(root, None, iter(web.near(root)))]
    while stack:
        node, parent, rest = stack[-1]
        each = next(rest, None)
        if each is None:
            stack.pop()
            if parent is not None:
                low[parent] = min(low[parent], low[node])
            yield node, parent
        elif each not in order:
            order[each] = low[each] = len(order)
            stack.append((each, node, iter(web.near(each))))
        elif each != parent:
            low[node] = min(low[node], order[each])


def list_rotation(web: Web, days: Mapping[int, date]) -> tuple[list[date], list[Row]]:
    """Give the weeks (their Mondays) and what was named when, first used first.

    Only what several reports name is told.
    """
    monday = {r: days[r] - timedelta(days=days[r].weekday()) for r in web.names if r in days}
    if not monday:
        return [], []
    first, last = min(monday.values()), max(monday.values())
    weeks = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    rows = []
    for name in web.shared:
        at = [(monday[r] - first).days // 7 for r in web.reports[name] if r in monday]
        rows.append(Row(name, tuple(at.count(week) for week in range(len(weeks)))))
    rows.sort(key=lambda row: next((n for n, c in enumerate(row.counts) if c), 0))
    return weeks, rows
