"""Check a vault span by span, on several processors where it is large."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct

from tipline.vault.engines import FORMAT, Extent, Reads
from tipline.vault.engines.postgres import PostgresEngine, is_postgres
from tipline.vault.engines.sqlite import SqliteReader
from tipline.vault.entries import Stored
from tipline.vault.files import list_orphans
from tipline.vault.fsck.faults import Fault, name_commit, name_file, name_record, name_tile
from tipline.vault.fsck.spans import Checked, Span, SpanChecker
from tipline.vault.ledger.merkle import TILE_HEIGHT
from tipline.vault.ledger.note import NoteVerifier
from tipline.vault.opening import list_files
from tipline.vault.refusals import SealBroken, VaultUnavailable
from tipline.vault.sealing import OpeningKey

SPAN = 16_384  # leaves that one process checks at a time
# What a file raises that is so broken that its columns hold values of other kinds.
UNREADABLE = (VaultUnavailable, TypeError, ValueError, OverflowError)
_LAST = 2**63 - 1

Tell = Callable[["Progress"], None]


class Progress(Struct, frozen=True):
    """How far a check has come."""

    leaves: int
    total: int
    files: int


class Counter:
    """Counts what was checked and tells of it."""

    def __init__(self, total: int, processes: int, tell: Tell) -> None:
        self.processes = processes
        self._total = total
        self._tell = tell
        self._files = 0

    def add(self, checked: Checked) -> None:
        """Count a span."""
        self._files += checked.files
        self._tell(Progress(checked.span.stop, self._total, self._files))


class Target(Struct, frozen=True):
    """Which vault to check and by what; travels to the other processes."""

    where: Path | str
    vkey: str
    files_dir: Path | None = None
    desk_key: bytes = b""


class Whole(Struct, frozen=True):
    """What is known of a vault as a whole: leaves to check, and its two ends."""

    size: int
    extent: Extent
    orphans_before: datetime | None


def check_vault(
    target: Target,
    *,
    processes: int = 2,
    orphans_before: datetime | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Fault]:
    """Check a vault; gives what is wrong as it is found, nothing where all is well.

    The vault may be in use. ``orphans_before`` (aware) also notes the sealed files last written
    before then that no record names. ``tell`` hears of progress.
    """
    try:
        with closing(_open_reader(target.where)) as engine:
            extent = engine.get_extent()
            size = min(extent.last_index + 1, extent.largest_size)
            yield from _check_whole(target, engine, Whole(size, extent, orphans_before))
        spans = [Span(start, min(start + SPAN, size)) for start in range(0, size, SPAN)]
        check_spans = _check_shared if processes > 1 and len(spans) > 1 else _check_alone
        yield from check_spans(target, spans, Counter(size, processes, tell))
    except UNREADABLE as broken:
        yield Fault("storage", str(broken))


def _check_whole(target: Target, engine: Reads, whole: "Whole") -> Iterator[Fault]:
    for check in (
        partial(_check_meta, engine, NoteVerifier.read(target.vkey).name),
        partial(_check_ends, engine, whole.size, whole.extent),
        partial(_check_tile_places, engine, whole.size),
        partial(_check_file_table, engine),
        partial(_note_orphans, engine, target.files_dir, whole.orphans_before),
    ):
        yield from _guard(check)


def _check_alone(target: Target, spans: Sequence[Span], counter: "Counter") -> Iterator[Fault]:
    yield from _list_storage_faults(target)
    yield from _chain(target, map(partial(_check_span, target), spans), counter)


def _check_shared(target: Target, spans: Sequence[Span], counter: "Counter") -> Iterator[Fault]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(counter.processes, mp_context=spawn) as pool:
        storage = pool.submit(_list_storage_faults, target)
        yield from _chain(target, pool.map(partial(_check_span, target), spans), counter)
        yield from storage.result()


def _chain(target: Target, found: Iterator[Checked], counter: "Counter") -> Iterator[Fault]:
    """Give the faults of all spans; one that began with a wrong edge is checked again."""
    edge = b""
    for checked in found:
        if edge and checked.edge_before != edge:
            span = Span(checked.span.start, checked.span.stop, edge)
            checked = _check_span(target, span)  # noqa: PLW2901 - the second look replaces the first
        yield from checked.faults
        edge = checked.edge_after
        counter.add(checked)
    _close_checker(target)


def _check_span(target: Target, span: Span) -> Checked:
    try:
        return _make_checker(target).check(span)
    except UNREADABLE as broken:
        fault = Fault(f"records {span.start} to {span.stop - 1}", f"cannot be read ({broken})")
        return Checked(span, (fault,), b"", b"", 0)


def _list_storage_faults(target: Target) -> list[Fault]:
    with closing(_open_reader(target.where)) as engine:
        return list(_guard(partial(_check_storage, engine)))


@lru_cache(maxsize=1)
def _make_checker(target: Target) -> SpanChecker:
    desk_key = OpeningKey(target.desk_key) if target.desk_key else None
    return SpanChecker(
        _open_reader(target.where),
        NoteVerifier.read(target.vkey),
        files_dir=target.files_dir,
        desk_key=desk_key,
    )


def _close_checker(target: Target) -> None:
    if _make_checker.cache_info().currsize:
        _make_checker(target).close()
        _make_checker.cache_clear()


def _open_reader(where: Path | str) -> PostgresEngine | SqliteReader:
    return PostgresEngine(str(where)) if is_postgres(where) else SqliteReader(Path(where))


def _guard(check: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
    try:
        yield from check()
    except UNREADABLE as broken:
        yield Fault("storage", str(broken))


def _check_storage(engine: Reads) -> Iterator[Fault]:
    for problem in engine.check_storage():
        yield Fault("storage", problem)
    for index in engine.list_retry_doubles():
        yield Fault(name_record(index), "it shares its retry key with an earlier one")


def _check_meta(engine: Reads, origin: str) -> Iterator[Fault]:
    expected = {"format": FORMAT, "origin": origin}
    found = engine.list_meta()
    for name in sorted(expected.keys() | found.keys()):
        if found.get(name) != expected.get(name):
            yield Fault(f"setting {name}", f"is {found.get(name)} and not {expected.get(name)}")


def _check_ends(engine: Reads, size: int, extent: Extent) -> Iterator[Fault]:
    """Nothing lies before the first leaf or after the last one that a checkpoint covers."""
    for start, stop in ((-_LAST, 0), (size, extent.last_index + 1)):
        for row in engine.scan_records(start, stop):
            yield Fault(name_record(row[0]), "no checkpoint covers it")
    for after, upto in ((-_LAST, 0), (size, extent.largest_size)):
        for commit in engine.scan_commits(after, upto):
            yield Fault(name_commit(commit.number), "it covers records that are not there")


def _check_tile_places(engine: Reads, size: int) -> Iterator[Fault]:
    for level, number in engine.scan_tile_places():
        if level < 0 or not 0 <= number < size >> (TILE_HEIGHT * (level + 1)):
            yield Fault(name_tile(level, number), "it belongs to no leaves")


def _check_file_table(engine: Reads) -> Iterator[Fault]:
    for file_id, index in engine.scan_files():
        record = engine.get_record(index)
        if record is None or not _names_file(record, file_id):
            yield Fault(name_file(file_id), f"{name_record(index)} does not name it")


def _names_file(record: Stored, file_id: str) -> bool:
    try:
        return any(each.file_id == file_id for each in list_files(record.files))
    except SealBroken:
        return False


def _note_orphans(
    engine: Reads, files_dir: Path | None, before: datetime | None
) -> Iterator[Fault]:
    if files_dir is None or before is None or not files_dir.is_dir():
        return
    orphans = list_orphans(
        files_dir, is_kept=lambda file_id: bool(engine.find_files([file_id])), before=before
    )
    for path in orphans:
        yield Fault(name_file(path.name), "no record names it", is_note=True)
