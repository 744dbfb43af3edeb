"""What people ruled on pairs of reports: these are the same, these two are not."""

from collections.abc import Iterable, Mapping, Sequence

from tipline.domain.link.engine import Ruling


class RulingsContradict(Exception):
    """Two reports must not be in one cluster, and others say that they must."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(
            f"reports {one} and {two} must not be together, yet other rulings put them together; "
            "withdraw one of these rulings"
        )
        self.pair = (one, two)


class Forest:
    """Groups that grow together; a group is named for its least member."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, member: str) -> str:
        """Give the name of the member's group."""
        root = member
        while (above := self._parent.get(root, root)) != root:
            root = above
        while member != root:
            self._parent[member], member = root, self._parent.get(member, member)
        return root

    def unite(self, one: str, two: str) -> None:
        """Make one group of two."""
        low, high = sorted((self.find(one), self.find(two)))
        self._parent[high] = low
        self._parent.setdefault(low, low)

    def list_members(self) -> list[tuple[str, str]]:
        """List (member, name of the group), in order."""
        return [(member, self.find(member)) for member in sorted(self._parent)]


def join_rulings(must: Sequence[Ruling], cannot: Sequence[Ruling]) -> list[tuple[str, str]]:
    """List each report that must be with others, and the name of the group that they make.

    Raises:
        RulingsContradict: two reports that must not be together are in one group.

    """
    forest = Forest()
    for one, two in sorted(must):
        forest.unite(one, two)
    for one, two in sorted(cannot):
        if forest.find(one) == forest.find(two):
            raise RulingsContradict(one, two)
    return forest.list_members()


def split(
    units: Iterable[int], names: Iterable[tuple[int, int, int]], cannot: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """Take clusters apart so that no pair of ``cannot`` stays together; gives each unit's part.

    ``units`` are the members; ``names`` are (count, identifier, unit): the rarest identifiers
    join their reports first, and none may join what must be apart. A part is named for its
    least unit.
    """
    part = {unit: {unit} for unit in units}
    apart: dict[int, set[int]] = {unit: set() for unit in part}
    for one, two in cannot:
        apart[one].add(two)
        apart[two].add(one)
    by_identifier: dict[tuple[int, int], list[int]] = {}
    for count, identifier, unit in sorted(names):
        by_identifier.setdefault((count, identifier), []).append(unit)
    for sharing in by_identifier.values():
        _join(sharing, part, apart)
    return {unit: min(members) for unit, members in part.items()}


def _join(sharing: Sequence[int], part: dict[int, set[int]], apart: Mapping[int, set[int]]) -> None:
    heads: list[int] = []  # one unit of each part that this identifier has made so far
    for unit in sharing:
        for head in heads:
            if part[head] is part[unit] or _unite(part, apart, (head, unit)):
                break
        else:
            heads.append(unit)


def _unite(part: dict[int, set[int]], apart: Mapping[int, set[int]], pair: tuple[int, int]) -> bool:
    small, large = sorted((part[unit] for unit in pair), key=len)
    if any(not apart[unit].isdisjoint(large) for unit in small):
        return False
    large |= small
    for unit in small:
        part[unit] = large
    return True
