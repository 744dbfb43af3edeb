"""Puts texts into groups one after the other: each into that of the wording most like it, or its own."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from tipline.domain.triage.templates.nearest import JOINS, KEEPS, Nearest
from tipline.domain.triage.templates.signature import count_same, estimate
from tipline.domain.triage.templates.wording import Wordings, write_key


class Place(Struct, frozen=True):
    """Where a text belongs.

    ``group`` is "" for a text that says too little. ``likeness`` is to the wording that brought it
    there, 1 when it founded the group or was told before (``is_same``) word for word.
    """

    key: str
    group: str = ""
    likeness: float = 1.0
    is_same: bool = False

    @property
    def is_founder(self) -> bool:
        """Whether the group begins with this text."""
        return self.group == self.key and not self.is_same


class Stored(Struct, frozen=True):
    """What was stored before a batch: groups by the key of a wording, and by the number of one.

    ``nearest`` names for each text of the batch the stored wording most like it; it may be -1 for
    one whose key is among ``by_key``.
    """

    by_key: Mapping[str, str]
    by_number: Mapping[int, str]
    nearest: Nearest


def is_kept(place: Place) -> bool:
    """Tell whether later texts are compared with this one: if it brings something new.

    A wording much like one that is kept would be found by that one.
    """
    return not place.is_same and (place.is_founder or place.likeness < KEEPS)


def place_texts(wordings: Wordings, stored: Stored) -> list[Place]:
    """Put the texts of a batch into groups, in their order, each after those before it."""
    placing = _Placing(wordings, stored)
    return [placing.place(number) for number in range(len(wordings))]


class _Placing:
    def __init__(self, wordings: Wordings, stored: Stored) -> None:
        self._checks = wordings.signatures.checks
        self._bands = wordings.signatures.bands.tolist()
        self._keys = list(map(write_key, wordings.keys.tolist()))
        self._speaks, self._compares = wordings.speaks.tolist(), wordings.compares.tolist()
        self._nearest, self._by_number = stored.nearest, stored.by_number
        self._groups = dict(stored.by_key)
        self._kept: dict[tuple[int, int], list[int]] = {}  # texts of the batch by band

    def place(self, number: int) -> Place:
        key = self._keys[number]
        if not self._speaks[number]:
            return Place(key)
        if key in self._groups:
            return Place(key, self._groups[key], is_same=True)
        place = self._compare(number, key) if self._compares[number] else Place(key, key)
        self._groups[key] = place.group
        if self._compares[number] and is_kept(place):
            for band in enumerate(self._bands[number]):
                self._kept.setdefault(band, []).append(number)
        return place

    def _compare(self, number: int, key: str) -> Place:
        places = (self._find_stored(number), self._find_near(number))
        likeness, group = max(
            places, key=lambda each: each[0]
        )  # of equals, the stored: it is older
        return Place(key, group, likeness) if likeness >= JOINS else Place(key, key)

    def _find_stored(self, number: int) -> tuple[float, str]:
        likeness = float(self._nearest.likeness[number])
        return likeness, self._by_number.get(int(self._nearest.numbers[number]), "")

    def _find_near(self, number: int) -> tuple[float, str]:
        found = sorted(set(self._list_sharing(number)))
        if not found:
            return -1.0, ""
        same = count_same(self._checks[found], self._checks[number])
        best = int(same.argmax())
        return float(estimate(same[best : best + 1])[0]), self._groups[self._keys[found[best]]]

    def _list_sharing(self, number: int) -> Iterator[int]:
        if self._kept:
            for band in enumerate(self._bands[number]):
                yield from self._kept.get(band, ())


def list_new(wordings: Wordings, by_key: Mapping[str, str]) -> Sequence[int]:
    """List the texts that must be compared, as nothing stored has their key."""
    is_new = [write_key(key) not in by_key for key in wordings.keys.tolist()]
    return np.flatnonzero(np.array(is_new, np.bool_) & wordings.compares).tolist()
