"""What becomes of each unit of a commit."""

from collections.abc import Iterator, Sequence

from tipline.vault.checks import check_unit
from tipline.vault.digests import hash_retry
from tipline.vault.engines import FileRow, KeptRetry
from tipline.vault.entries import Appended, Retry, Unit
from tipline.vault.refusals import RetryMismatch, UnitRefused, VaultRefusal
from tipline.vault.retries import has_same_body, open_answer

Result = Appended | VaultRefusal


class Plan:
    """What becomes of each unit of a commit: ``fresh`` ones are to be kept, others have a result."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.results: dict[int, Result] = {}
        self._leaders: dict[bytes, int] = {}  # retry hash: place of the unit that is kept for it
        self._followers: dict[int, int] = {}  # place of a second try in this commit: its leader
        self.fresh = [place for place in range(len(units)) if self._admit(place)]

    def _admit(self, place: int) -> bool:
        unit = self.units[place]
        try:
            check_unit(unit)
            return unit.retry is None or self._lead(place, unit.retry)
        except VaultRefusal as refusal:
            self.results[place] = refusal
            return False

    def _lead(self, place: int, retry: Retry) -> bool:
        leader = self._leaders.setdefault(hash_retry(retry.key), place)
        if leader == place:
            return True
        first = self.units[leader].retry
        if first is None or not has_same_body(first, retry):
            raise RetryMismatch("this retry key was used with another body")
        self._followers[place] = leader
        return False

    def list_retry_hashes(self) -> list[bytes]:
        """Retry hashes of the fresh units."""
        fresh = set(self.fresh)
        return [each for each, place in self._leaders.items() if place in fresh]

    def list_files(self, first_index: int) -> Iterator[FileRow]:
        """File rows of the fresh units, if the first of them gets ``first_index``."""
        entries = (entry for place in self.fresh for entry in self.units[place].entries)
        for index, entry in enumerate(entries, first_index):
            for each in entry.files:
                yield each.file_id, index

    def drop_replays(self, kept: dict[bytes, KeptRetry], size: int) -> None:
        """Answer the units whose retry key is kept already."""
        for retry_hash, found in kept.items():
            place = self._leaders[retry_hash]
            self.results[place] = _replay(self.units[place], found, size)
        self._drop_answered()

    def drop_file_doubles(self, kept: set[str]) -> None:
        """Refuse the units that bring a file which another record has."""
        seen = set(kept)
        for place in self.fresh:
            ids = {each.file_id for entry in self.units[place].entries for each in entry.files}
            if ids & seen:
                self.results[place] = UnitRefused("a file belongs to another record already")
            else:
                seen |= ids
        self._drop_answered()

    def accept(self, *, first_index: int, size: int) -> None:
        """Tell the fresh units where they are kept."""
        for place in self.fresh:
            unit = self.units[place]
            answer = unit.retry.answer if unit.retry else b""
            total = len(unit.entries)
            self.results[place] = Appended(first_index, total, answer, replayed=False, size=size)
            first_index += total

    def refuse_open(self, refusal: VaultRefusal) -> None:
        """Refuse every unit that has no result yet."""
        for place in self.list_open():
            self.results[place] = type(refusal)(*refusal.args)

    def list_open(self) -> list[int]:
        """Units that have no result yet and follow no other."""
        places = range(len(self.units))
        return [each for each in places if each not in self.results and each not in self._followers]

    def list_results(self) -> list[Result]:
        """One result for each unit, in order."""
        for place, leader in self._followers.items():
            self.results[place] = _follow(self.results[leader])
        return [self.results[place] for place in range(len(self.units))]

    def _drop_answered(self) -> None:
        self.fresh = [place for place in self.fresh if place not in self.results]


def _replay(unit: Unit, kept: KeptRetry, size: int) -> Result:
    assert unit.retry is not None  # noqa: S101 - told to the type checker
    try:
        answer = open_answer(unit.retry, tag=kept.tag, answer_box=kept.answer_box)
    except VaultRefusal as refusal:
        return refusal
    return Appended(kept.first_index, kept.count, answer, replayed=True, size=size)


def _follow(leading: Result) -> Result:
    if isinstance(leading, Appended):
        where = (leading.first_index, leading.count, leading.answer)
        return Appended(*where, replayed=True, size=leading.size)
    return type(leading)(*leading.args)
