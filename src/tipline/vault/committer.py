"""One durable commit of many units: what the writer's thread does, without the thread."""

from collections.abc import Sequence

from tipline.vault.digests import COMMIT_LABEL, hash_fields
from tipline.vault.engines import Batch, Commit, Engine, Head, RecordRow
from tipline.vault.entries import Unit
from tipline.vault.keys import VaultKeys
from tipline.vault.ledger.checkpoint import read_checkpoint, sign_checkpoint
from tipline.vault.ledger.merkle import HASH_BYTES, Frontier, TileHashes, split_hashes
from tipline.vault.ledger.refusals import LedgerRefusal
from tipline.vault.plan import Plan, Result
from tipline.vault.records import CommitSealer, Row
from tipline.vault.refusals import (
    UnitRefused,
    VaultFull,
    VaultUnavailable,
)

FEW_LEAVES = 4_096  # a level of tiles is read by as many questions as these leaves by one


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

    def _keep(self, plan: Plan) -> None:
        sealer = CommitSealer(
            desk_public=self._keys.desk_public, identity_public=self._keys.identity_public
        )
        rows = {place: sealer.seal_unit(plan.units[place]) for place in plan.fresh}
        with self._engine.write() as writing:
            head = writing.get_head()
            if head != self._head:  # another process appended since: maybe our very units
                self._head, self._frontier = head, self._follow(head)
                self._drop_known(plan)
            if not plan.fresh:
                return
            fresh = [row for place in plan.fresh for row in rows[place]]
            batch, frontier = self._build(plan, fresh, sealer.sealed_kek)
            writing.insert(batch)
        plan.accept(first_index=head.size, size=frontier.size)
        self._head, self._frontier = Head(frontier.size, batch.commit.number), frontier

    def _build(self, plan: Plan, rows: Sequence[Row], sealed_kek: bytes) -> tuple[Batch, Frontier]:
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

    def _drop_known(self, plan: Plan) -> None:
        hashes, files = plan.list_retry_hashes(), [row[0] for row in plan.list_files(0)]
        if hashes:
            plan.drop_replays(self._engine.find_retries(hashes), self._head.size)
        if files:
            plan.drop_file_doubles(self._engine.find_files(files))

    def _commit_apart(self, plan: Plan, fault: Exception) -> None:
        if len(plan.units) == 1:
            plan.refuse_open(UnitRefused(f"the unit cannot be kept: {type(fault).__name__}"))
            return
        for place in plan.list_open():
            (plan.results[place],) = self.commit([plan.units[place]])

    def _follow(self, head: Head) -> Frontier:
        """Take in what another process appended: its leaves where they are few, else all anew."""
        added = max(head.size - self._head.size, 0)
        few = self._engine.read_leaves(self._head.size, min(added, FEW_LEAVES))
        if self._frontier is None or self._head.size + len(few) // HASH_BYTES != head.size:
            return self._load_frontier(head)
        frontier = self._frontier.copy()
        frontier.append(split_hashes(few))
        return frontier if self._is_signed(frontier, head) else self._load_frontier(head)

    def _load_frontier(self, head: Head) -> Frontier:
        """Rebuild the tree; a log that is not the one last signed for is not signed on.

        Raises:
            VaultUnavailable: tiles or records are missing or changed.

        """
        hashes = TileHashes(self._engine.get_tile, self._engine.read_leaves)
        try:
            frontier = Frontier.load(head.size, hashes)
            if not head.size or self._is_signed(frontier, head):
                return frontier
        except LedgerRefusal as broken:
            raise VaultUnavailable(f"the ledger is damaged ({broken}): run fsck") from broken
        raise VaultUnavailable("the ledger is not the one last signed for: run fsck")

    def _is_signed(self, frontier: Frontier, head: Head) -> bool:
        commit = self._engine.get_commit(head.commits)
        return commit is not None and read_checkpoint(commit.checkpoint).root == frontier.root()


def make_commit(number: int, first_index: int, sealed: tuple[int, bytes, bytes]) -> Commit:
    """Build a commit's row from its size, sealed key and checkpoint."""
    size, sealed_kek, checkpoint = sealed
    numbers = (each.to_bytes(8, "big") for each in (number, first_index, size))
    digest = hash_fields(COMMIT_LABEL, (*numbers, sealed_kek, checkpoint))
    return Commit(number, first_index, size, sealed_kek, checkpoint, digest)
