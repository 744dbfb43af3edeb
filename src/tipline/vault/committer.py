"""One durable commit of many units: what the writer's thread does, without the thread."""

from collections.abc import Iterator, Sequence

from tipline.vault.checks import check_unit
from tipline.vault.digests import COMMIT_LABEL, hash_fields, hash_retry
from tipline.vault.engines import Batch, Commit, Engine, FileRow, Head, KeptRetry, RecordRow
from tipline.vault.entries import Appended, Retry, Unit
from tipline.vault.keys import VaultKeys
from tipline.vault.ledger.checkpoint import read_checkpoint, sign_checkpoint
from tipline.vault.ledger.merkle import Frontier, TileHashes
from tipline.vault.ledger.refusals import LedgerRefusal
from tipline.vault.records import CommitSealer, Row
from tipline.vault.refusals import (
    RetryMismatch,
    UnitRefused,
    VaultFull,
    VaultRefusal,
    VaultUnavailable,
)
from tipline.vault.retries import has_same_body, open_answer

Result = Appended | VaultRefusal


class Committer:
    """Seals, proves and keeps units; holds the right edge of the tree between commits."""

    def __init__(self, engine: Engine, keys: VaultKeys) -> None:
        self._engine = engine
        self._keys = keys
        self._head = Head(0, 0)
        self._frontier: Frontier | None = None

    def load(self) -> None:
        """Take head and tree from the disk, as at the start and after every failed commit."""
        self._frontier = None
        self._head = self._engine.get_head()
        self._frontier = self._load_frontier(self._head)

    def commit(self, units: Sequence[Unit]) -> list[Result]:
        """Keep all units that can be kept in one durable commit; one result for each, in order."""
        plan = Plan(units)
        try:
            if self._frontier is None:
                self.load()
            self._drop_known(plan)
            if plan.fresh:
                self._keep(plan)
        except (VaultFull, VaultUnavailable) as refusal:
            self._frontier = None
            plan.refuse_open(refusal)
        except Exception as fault:  # noqa: BLE001 - one strange unit must not take its neighbours along
            self._frontier = None
            self._commit_apart(plan, fault)
        return plan.list_results()

    def _keep(self, plan: "Plan") -> None:
        sealer = CommitSealer(
            desk_public=self._keys.desk_public, identity_public=self._keys.identity_public
        )
        rows = {place: sealer.seal_unit(plan.units[place]) for place in plan.fresh}
        with self._engine.write() as writing:
            head = writing.get_head()
            if head != self._head:  # another process appended since: maybe our very units
                self._head, self._frontier = head, self._load_frontier(head)
                self._drop_known(plan)
            if not plan.fresh:
                return
            fresh = [row for place in plan.fresh for row in rows[place]]
            batch, frontier = self._build(plan, fresh, sealer.sealed_kek)
            writing.insert(batch)
        plan.accept(first_index=head.size, size=frontier.size)
        self._head, self._frontier = Head(frontier.size, batch.commit.number), frontier

    def _build(
        self, plan: "Plan", rows: Sequence[Row], sealed_kek: bytes
    ) -> tuple[Batch, Frontier]:
        assert self._frontier is not None  # noqa: S101 - told to the type checker
        number, first = self._head.commits + 1, self._head.size
        records: list[RecordRow] = [(index, number, *row) for index, row in enumerate(rows, first)]
        frontier = self._frontier.copy()
        tiles = frontier.append([row[-1] for row in records])
        checkpoint = sign_checkpoint(
            origin=self._keys.origin,
            size=frontier.size,
            root=frontier.root(),
            key=self._keys.signer,
        )
        commit = make_commit(number, first, (frontier.size, sealed_kek, checkpoint))
        return Batch(commit, records, list(plan.list_files(first)), tiles), frontier

    def _drop_known(self, plan: "Plan") -> None:
        hashes, files = plan.list_retry_hashes(), [row[0] for row in plan.list_files(0)]
        if hashes:
            plan.drop_replays(self._engine.find_retries(hashes), self._head.size)
        if files:
            plan.drop_file_doubles(self._engine.find_files(files))

    def _commit_apart(self, plan: "Plan", fault: Exception) -> None:
        if len(plan.units) == 1:
            plan.refuse_open(UnitRefused(f"the unit cannot be kept: {type(fault).__name__}"))
            return
        for place in plan.list_open():
            (plan.results[place],) = self.commit([plan.units[place]])

    def _load_frontier(self, head: Head) -> Frontier:
        """Rebuild the tree; a log that is not the one last signed for is not signed on.

        Raises:
            VaultUnavailable: tiles or records are missing or changed.

        """
        commit = self._engine.get_commit(head.commits)
        hashes = TileHashes(self._engine.get_tile, self._engine.read_leaves)
        try:
            frontier = Frontier.load(head.size, hashes)
            if commit and read_checkpoint(commit.checkpoint).root == frontier.root():
                return frontier
        except LedgerRefusal as broken:
            raise VaultUnavailable(f"the ledger is damaged ({broken}): run fsck") from broken
        if head.size:
            raise VaultUnavailable("the ledger is not the one last signed for: run fsck")
        return frontier


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


def make_commit(number: int, first_index: int, sealed: tuple[int, bytes, bytes]) -> Commit:
    """Build a commit's row from its size, sealed key and checkpoint."""
    size, sealed_kek, checkpoint = sealed
    numbers = (each.to_bytes(8, "big") for each in (number, first_index, size))
    digest = hash_fields(COMMIT_LABEL, (*numbers, sealed_kek, checkpoint))
    return Commit(number, first_index, size, sealed_kek, checkpoint, digest)


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
