"""Builds a list's folder in bounded memory: what was read goes to the disk, keys alone are sorted."""

import mmap
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

KEYS, MARKS, TEXTS = "keys.npy", "marks.npy", "texts"
LINES_A_MARK = 64
_BATCH = 100_000

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
HashEntries = Callable[[Iterable[str]], Keys]


def build_list(
    entries: Iterable[str],
    *,
    folder: Path,
    hash_entries: HashEntries,
    tell: Callable[[int], None],
) -> None:
    """Write the list into ``folder``, which is there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(mkdtemp(dir=folder.parent, prefix=f"{folder.name}.half-"))
    try:
        _write_parts(entries, half, hash_entries=hash_entries, tell=tell)
        _put(half, folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _put(half: Path, folder: Path) -> None:
    for path in (*half.iterdir(), half):
        _sync(path)
    try:
        half.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another process was building the same list
            raise
    _sync(folder.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _write_parts(
    entries: Iterable[str],
    half: Path,
    *,
    hash_entries: HashEntries,
    tell: Callable[[int], None],
) -> None:
    with (half / "read").open("w+b") as read:
        keys, lengths = _read_all(entries, read, hash_entries=hash_entries, tell=tell)
        ends = np.cumsum(lengths, dtype=np.int64)
        del lengths
        order = np.argsort(keys)
        keys = keys[order]
        first = np.ones(len(keys), dtype=bool)
        first[1:] = keys[1:] != keys[:-1]  # the same entry twice counts once
        np.save(half / KEYS, keys[first])
        del keys
        marks = _write_texts(read, half / TEXTS, ends=ends, order=order[first])
    np.save(half / MARKS, marks)
    (half / "read").unlink()


def _read_all(
    entries: Iterable[str],
    read: BinaryIO,
    *,
    hash_entries: HashEntries,
    tell: Callable[[int], None],
) -> tuple[Keys, npt.NDArray[np.uint16]]:
    keys, lengths, done, source = [], [], 0, iter(entries)
    while batch := list(islice(source, _BATCH)):
        texts = [entry.encode() for entry in batch]
        read.writelines(texts)
        keys.append(hash_entries(batch))
        lengths.append(np.fromiter(map(len, texts), dtype=np.uint16, count=len(texts)))
        done += len(batch)
        tell(done)
    none = np.empty(0, dtype=np.uint64)
    return np.concatenate([none, *keys]), np.concatenate([none.astype(np.uint16), *lengths])


def _write_texts(read: BinaryIO, path: Path, *, ends: Places, order: Places) -> Places:
    marks = np.zeros(-(-len(order) // LINES_A_MARK) + 1, dtype=np.int64)
    with path.open("wb") as out:
        for block, lines in enumerate(_gather(read, ends=ends, order=order)):
            out.write(lines)
            marks[block + 1] = out.tell()
        if not len(order):
            out.write(b"\n")  # an empty file cannot be mapped
    return marks


def _gather(read: BinaryIO, *, ends: Places, order: Places) -> Iterator[bytes]:
    if not len(order):
        return
    read.flush()
    with mmap.mmap(read.fileno(), 0, access=mmap.ACCESS_READ) as texts:
        for start in range(0, len(order), LINES_A_MARK):
            chosen = order[start : start + LINES_A_MARK]
            stops = ends[chosen]
            begins = np.where(chosen > 0, ends[chosen - 1], 0)
            spans = zip(begins.tolist(), stops.tolist(), strict=True)
            yield b"".join([texts[begin:stop] + b"\n" for begin, stop in spans])
