"""Where imported lists lie: too large for a table, and never changed once they are there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct


class Kept(Struct, frozen=True):
    """A list on the shelf: its name there, how many different entries it holds, and its bytes."""

    name: str
    entries: int
    bytes: int


class Shelf(Protocol):
    """Lists by name. What a list holds is confirmed by its text, never by a hash alone."""

    def keep(self, *, name: str, entries: Iterable[str], tell: Callable[[int], None] = ...) -> Kept:
        """Put a list there in bounded memory, whatever its length; one that is there whole stays.

        ``tell`` hears how many entries were read so far.
        """

    def has(self, name: str) -> bool:
        """Tell whether a list is there and whole."""

    def find(self, *, names: Sequence[str], entries: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Find which ``entries`` each list holds: for each name, their places in ``entries``.

        A list that is not there, or damaged, has no answer: its name is not among the keys.
        """

    def forget(self, *, names: Iterable[str]) -> None:
        """Remove lists from the shelf; one that is not there is none the worse."""
