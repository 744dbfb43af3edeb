"""Rows that a queue filter finds, in the order of their places: many by index, or few by hand.

A database asked for "the first fifty of these few, in order" likes to walk the whole queue in
order and look for them. So what is known to be few is fetched whole and put in order here.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Protocol

from django.db.models import QuerySet
from msgspec import Struct

from tipline.store.models import Handling

FEW_MAX = 5_000


class Found(Protocol):
    """What a filter finds."""

    def list_places(self, *, after: int, most: int) -> list[int]:
        """Places beyond ``after`` in order, ``most`` of them."""

    def count(self, *, most: int) -> int:
        """How many there are, counting no further than ``most``."""

    def get_oldest(self) -> datetime | None:
        """When the oldest was received."""


class FoundByState(Struct, frozen=True):
    """Any number of rows: each state comes out of an index in the right order.

    ``ways`` are filters of which each has its own index and none finds what another does.
    """

    ways: tuple[QuerySet[Handling], ...]
    states: tuple[str, ...]

    def list_places(self, *, after: int, most: int) -> list[int]:
        """Merge the parts' places."""
        parts = [
            rows.filter(place__gt=after).order_by("place").values_list("place", flat=True)[:most]
            for rows in self._list_parts()
        ]
        return list(islice(merge(*parts), most))

    def count(self, *, most: int) -> int:
        """Count part by part, up to ``most``."""
        found = 0
        for rows in self._list_parts():
            found += rows.order_by("place").values("place")[: most - found].count()
            if found >= most:
                break
        return found

    def get_oldest(self) -> datetime | None:
        """Compare the parts' oldest."""
        firsts = [
            rows.order_by("report_id").values_list("received_at", flat=True).first()
            for rows in self._list_parts()
        ]
        return min((each for each in firsts if each), default=None)

    def _list_parts(self) -> Iterator[QuerySet[Handling]]:
        return (rows.filter(state=state) for rows in self.ways for state in self.states)


class FoundFew(Struct, frozen=True):
    """Rows fetched whole: (place, received_at) in the order of their places."""

    rows: tuple[tuple[int, datetime], ...]

    def list_places(self, *, after: int, most: int) -> list[int]:
        """Cut from the rows."""
        return [place for place, _ in self.rows if place > after][:most]

    def count(self, *, most: int) -> int:
        """Count the rows."""
        return min(len(self.rows), most)

    def get_oldest(self) -> datetime | None:
        """Look through the rows."""
        return min((received_at for _, received_at in self.rows), default=None)


def find_few(ways: tuple[QuerySet[Handling], ...], states: tuple[str, ...]) -> FoundFew:
    """Fetch up to 5,000 rows of each way and keep those in one of ``states``."""
    told = (
        row
        for rows in ways
        for row in rows.order_by().values_list("state", "place", "received_at")[:FEW_MAX]
    )
    kept = ((place, received_at) for state, place, received_at in told if state in states)
    return FoundFew(tuple(sorted(kept)))
