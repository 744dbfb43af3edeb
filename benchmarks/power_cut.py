"""Cut the power under the vault: ``python benchmarks/power_cut.py --cuts 30000``.

The vault's own engine and committer run on a disk in memory that forgets: what was written but
not synced survives a cut sector by sector, by chance, and some sectors only in part. After each
cut the vault is opened again and everything that was acknowledged must be there, once, unchanged,
under checkpoints that hold.
"""

import argparse
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import apsw
from msgspec import Struct

from tipline.vault import Appended, Entry, OpeningKey, Retry, Unit, VaultKeys
from tipline.vault.committer import Committer
from tipline.vault.digests import hash_retry
from tipline.vault.engines.sqlite import SqliteEngine, SqliteReader
from tipline.vault.fsck.spans import Span, SpanChecker
from tipline.vault.ledger.note import NoteSigner

SECTOR = 512
TORN = 0.05  # part of the surviving sectors that survive in part only
KEEPS = (0.0, 0.3, 0.5, 0.9)  # chances that an unsynced sector survives
OPERATIONS = (5, 400)  # a cut comes after so many writes and syncs
CUTS_A_DISK = 8
ORIGIN = "cut.example/log"
_numbers = count()


class PowerCut(Exception):
    """The power is gone."""


class Tally(Struct):
    """What a run of cuts came to."""

    cuts: int = 0
    acknowledged: int = 0  # units that the vault had said were kept
    commits: int = 0
    lost: int = 0  # acknowledged, and gone or changed after a cut
    doubled: int = 0  # kept twice under one retry key
    broken: int = 0  # vaults that did not open again, or whose checkpoints did not hold

    def add(self, other: "Tally") -> None:
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class File:
    """A file as the programs see it, and as the platter has it."""

    def __init__(self) -> None:
        self.seen = bytearray()
        self.kept = bytearray()
        self.unsynced: set[int] = set()

    def write(self, data: bytes, offset: int) -> None:
        end = offset + len(data)
        if end > len(self.seen):
            self.unsynced.update(range(len(self.seen) // SECTOR, end // SECTOR + 1))
            self.seen.extend(bytes(end - len(self.seen)))
        self.seen[offset:end] = data
        self.unsynced.update(range(offset // SECTOR, (end - 1) // SECTOR + 1))

    def truncate(self, size: int) -> None:
        self.unsynced.update(range(size // SECTOR, len(self.seen) // SECTOR + 1))
        del self.seen[size:]

    def sync(self) -> None:
        self._resize(len(self.seen))
        for sector in self.unsynced:
            here = slice(sector * SECTOR, (sector + 1) * SECTOR)
            self.kept[here] = self.seen[here]
        self.unsynced.clear()

    def cut(self, chance: random.Random, keep: float) -> None:
        """Leave what the platter has, and by chance what was on its way there."""
        longer = max(len(self.seen), len(self.kept))
        old, new = self.kept.ljust(longer, b"\0"), self.seen.ljust(longer, b"\0")
        size = len(self.kept)
        for sector in sorted(self.unsynced):
            if chance.random() >= keep:
                continue
            here = sector * SECTOR
            width = chance.randrange(SECTOR) if chance.random() < TORN else SECTOR
            old[here : here + width] = new[here : here + width]
            size = max(size, min(here + SECTOR, len(self.seen)))
        if len(self.seen) < len(self.kept) and chance.random() < keep:
            size = len(self.seen)
        self.kept = self.seen = old
        self.seen = bytearray(old[:size])
        self.kept = bytearray(self.seen)
        self.unsynced.clear()

    def _resize(self, size: int) -> None:
        del self.kept[size:]
        self.kept.extend(bytes(size - len(self.kept)))


@dataclass
class Disk:
    """Files in memory, and how many writes and syncs they have left before a cut."""

    chance: random.Random
    files: dict[str, File] = field(default_factory=dict)  # names as the programs see them
    named: dict[str, File] = field(default_factory=dict)  # names as the platter has them
    left: int = 0
    life: int = 0  # counts the cuts, so that handles from before one are dead

    def spend(self, life: int) -> None:
        if life != self.life or self.left <= 0:
            raise PowerCut
        self.left -= 1

    def sync(self, file: File) -> None:
        file.sync()
        if file not in self.named.values():  # SQLite syncs the directory of a file it made
            self.sync_directory()

    def sync_directory(self) -> None:
        self.named = dict(self.files)

    def cut(self, keep: float) -> None:
        """Leave what the platter has, and by chance what was on its way there."""
        self.life += 1
        for name in self.files.keys() | self.named.keys():
            if self.files.get(name) is not self.named.get(name) and self.chance.random() < keep:
                _copy_name(name, self.files, self.named)
        self.files = dict(self.named)
        for file in self.files.values():
            file.cut(self.chance, keep)


def _copy_name(name: str, source: dict[str, File], target: dict[str, File]) -> None:
    if name in source:
        target[name] = source[name]
    else:
        target.pop(name, None)


class Handle:
    """An open file, with the methods that SQLite calls."""

    def __init__(self, disk: Disk, file: File) -> None:
        self._disk, self._file, self._life = disk, file, disk.life

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        self._check()
        return bytes(self._file.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.spend(self._life)
        self._file.write(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.spend(self._life)
        self._file.truncate(size)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802 - SQLite's name
        self._disk.spend(self._life)
        self._disk.sync(self._file)

    def xFileSize(self) -> int:  # noqa: N802 - SQLite's name
        self._check()
        return len(self._file.seen)

    def xSectorSize(self) -> int:  # noqa: N802 - SQLite's name
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802 - SQLite's name
        return 0

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: ARG002, N802 - SQLite's name
        return False

    def xCheckReservedLock(self) -> bool:  # noqa: N802 - SQLite's name
        return False

    def xLock(self, level: int) -> None:  # noqa: N802 - SQLite's name
        """One connection at a time."""

    xUnlock = xLock  # noqa: N815 - SQLite's name

    def xClose(self) -> None:  # noqa: N802 - SQLite's name
        """The file stays."""

    def _check(self) -> None:
        if self._life != self._disk.life:
            raise PowerCut


class CutVfs(apsw.VFS):
    """Gives SQLite the disk in memory."""

    def __init__(self, disk: Disk) -> None:
        self.name = f"cut-{next(_numbers)}"
        self.disk = disk
        super().__init__(self.name, "")

    def xOpen(self, name: object, flags: list[int]) -> Handle:  # noqa: ARG002, N802 - SQLite's name
        path = (
            name.filename()
            if isinstance(name, apsw.URIFilename)
            else str(name or f"temp-{next(_numbers)}")
        )
        return Handle(self.disk, self.disk.files.setdefault(path, File()))

    def xAccess(self, path: str, flags: int) -> bool:  # noqa: ARG002, N802 - SQLite's name
        return path in self.disk.files

    def xDelete(self, path: str, sync: bool) -> None:  # noqa: FBT001, N802 - SQLite's name
        self.disk.spend(self.disk.life)
        self.disk.files.pop(path, None)
        if sync:
            self.disk.sync_directory()

    def xFullPathname(self, name: str) -> str:  # noqa: N802 - SQLite's name
        return name


class CutEngine(SqliteEngine):
    """The vault's engine on a disk in memory: one connection, as memory has no other processes."""

    def __init__(self, vfs: CutVfs, *, synchronous: str, checkpoint_pages: int) -> None:
        SqliteReader.__init__(self, Path("vault.db"), vfs=vfs.name)
        self._disk = vfs.disk
        self._writer = None
        self._more = (
            f"PRAGMA synchronous = {synchronous}",
            f"PRAGMA wal_autocheckpoint = {checkpoint_pages}",
        )

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def _sync_directory(self) -> None:
        self._disk.spend(self._disk.life)
        self._disk.sync_directory()

    def _connect(self, flags: int, statements: Sequence[str]) -> apsw.Connection:
        alone = "PRAGMA locking_mode = EXCLUSIVE"
        return super()._connect(flags, (alone, *statements, *self._more))

    def _connection(self) -> apsw.Connection:
        assert self._writer is not None
        return self._writer


@dataclass
class Trial:
    """A vault on its disk, and everything that it has ever acknowledged."""

    chance: random.Random
    keys: VaultKeys
    desk_key: OpeningKey
    synchronous: str
    tally: Tally = field(default_factory=Tally)
    acknowledged: dict[int, Unit] = field(default_factory=dict)
    pending: list[Unit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.disk = Disk(self.chance)
        self.vfs = CutVfs(self.disk)

    def live(self) -> None:
        """Open, check, append until the power is cut."""
        self.disk.left = self.chance.randint(*OPERATIONS)
        pages = self.chance.choice((4, 30, 1000))
        engine = CutEngine(self.vfs, synchronous=self.synchronous, checkpoint_pages=pages)
        try:
            with cut_short(self.disk):
                self.append_on(self.open(engine))
        except PowerCut:
            self.tally.cuts += 1
        finally:
            self.disk.cut(self.chance.choice(KEEPS))
            with suppress(PowerCut, apsw.Error):
                engine.close()

    def open(self, engine: CutEngine) -> Committer:
        engine.prepare(ORIGIN)
        self.check(engine)
        committer = Committer(engine, self.keys)
        committer.load()
        return committer

    def check(self, engine: CutEngine) -> None:
        size = engine.get_head().size
        checker = SpanChecker(
            engine,
            self.keys.signer.verifier,
            desk_key=self.chance.choice((self.desk_key, None, None, None)),
        )
        if checker.check(Span(0, size)).faults or engine.get_extent().last_index != size - 1:
            self.tally.broken += 1
        kept = dict(engine.rows("SELECT idx, retry_hash FROM record"))
        for index, unit in list(self.acknowledged.items()):
            if kept.get(index) != hash_retry(unit.retry.key):
                self.tally.lost += 1
                del self.acknowledged[index]
        self.tally.doubled += len(engine.list_retry_doubles())

    def append_on(self, committer: Committer) -> None:
        while True:
            fresh = [make_unit(self.chance) for _ in range(self.chance.randint(1, 6))]
            units, self.pending = [*self.pending, *fresh], [*self.pending, *fresh]
            for unit, result in zip(units, committer.commit(units), strict=True):
                if isinstance(result, Appended):
                    self.acknowledge(unit, result)
            if self.disk.left <= 0:
                raise PowerCut
            self.tally.commits += 1

    def acknowledge(self, unit: Unit, result: Appended) -> None:
        self.pending.remove(unit)
        self.tally.acknowledged += 1
        if result.answer != unit.retry.answer or result.first_index in self.acknowledged:
            self.tally.doubled += 1
        self.acknowledged[result.first_index] = unit


@contextmanager
def cut_short(disk: Disk) -> Iterator[None]:
    """Whatever goes wrong once the power is gone is the cut's doing."""
    try:
        yield
    except Exception as broken:
        if disk.left > 0:
            raise
        raise PowerCut from broken


def make_unit(chance: random.Random) -> Unit:
    entry = Entry(kind="report", text=chance.randbytes(20))
    entries = (entry,) * chance.choice((1, 1, 1, 2, 15))
    return Unit(entries, Retry(chance.randbytes(12), bytes(32), chance.randbytes(8)))


def cut_power(cuts: int, seed: int = 1, synchronous: str = "FULL") -> Tally:
    """Cut the power so many times under vaults that begin new every few cuts."""
    chance, tally = random.Random(seed), Tally()
    desk_key = OpeningKey(bytes(range(1, 33)))
    keys = VaultKeys(NoteSigner(ORIGIN, bytes(32)), desk_key.public, desk_key.public)
    while tally.cuts < cuts:
        trial = Trial(chance, keys, desk_key, synchronous)
        try:
            for _ in range(CUTS_A_DISK):
                trial.live()
        except Exception:  # noqa: BLE001 - whatever a broken vault raises
            trial.tally.broken += 1
        tally.add(trial.tally)
        trial.vfs.unregister()
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=30_000)
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", default="FULL", help="OFF or NORMAL show what FULL is for")
    given = parser.parse_args()
    begin, tally = time.perf_counter(), Tally()
    each = -(-given.cuts // given.processes)
    with multiprocessing.Pool(given.processes) as pool:
        runs = [(each, given.seed + number, given.synchronous) for number in range(given.processes)]
        for part in pool.starmap(cut_power, runs):
            tally.add(part)
    wall = time.perf_counter() - begin
    print(f"{tally.cuts:,} power cuts in {wall:.0f} s, synchronous={given.synchronous}")
    print(f"{tally.acknowledged:,} units acknowledged in {tally.commits:,} commits")
    print(f"lost {tally.lost}, doubled {tally.doubled}, broken {tally.broken}")
    if tally.lost or tally.doubled or tally.broken:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
