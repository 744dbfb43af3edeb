"""Where imported lists lie: too large for a table, and never changed once they are there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct


class ListMissing(LookupError):
    """The list's file is not on this machine: import it again."""


class Kept(Struct, frozen=True):
    """A list on the shelf: its name there, how many different entries it holds, and its bytes."""

    name: str
    entries: int
    bytes: int


class Shelf(Protocol):
    """Lists by name. What a list holds is confirmed by its text, never by a hash alone."""

    def keep(self, *, name: str, entries: Iterable[str], tell: Callable[[int], None] = ...) -> Kept:
        """Put a list there in bounded memory, whatever its length; one that is there stays.

        ``tell`` hears how many entries were read so far.
        """

    def has(self, name: str) -> bool:
        """Tell whether a list is there."""

    def find(self, *, names: Sequence[str], entries: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Find which ``entries`` each list holds: for each name, their places in ``entries``.

        Raises:
            ListMissing: a list is not there; the name is its argument.

        """

    def forget(self, *, names: Iterable[str]) -> None:
        """Remove lists from the shelf; one that is not there is none the worse."""
