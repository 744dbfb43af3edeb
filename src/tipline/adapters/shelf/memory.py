"""A shelf of plain sets: what the mapped one is compared with."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tipline.domain.triage.known import Kept


class MemoryShelf:
    """Lists as sets of text, gone with the process."""

    def __init__(self) -> None:
        self._lists: dict[str, frozenset[str]] = {}

    def keep(
        self,
        *,
        name: str,
        entries: Iterable[str],
        tell: Callable[[int], None] = lambda _done: None,
    ) -> Kept:
        """Put a list there; one that is there stays."""
        if name not in self._lists:
            self._lists[name] = frozenset(entries)
        held = self._lists[name]
        tell(len(held))
        return Kept(name, len(held), sum(map(len, held)))

    def has(self, name: str) -> bool:
        """Tell whether a list is there."""
        return name in self._lists

    def find(self, *, names: Sequence[str], entries: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Find which ``entries`` each list holds, by their places."""
        return {
            name: [place for place, entry in enumerate(entries) if entry in self._lists[name]]
            for name in names
            if name in self._lists
        }

    def forget(self, *, names: Iterable[str]) -> None:
        """Remove lists."""
        for name in names:
            self._lists.pop(name, None)
