"""A shelf of files that are mapped into memory: eight bytes an entry, the texts stay on the disk.

A list is a folder: ``keys.npy`` has the entries' keys in order (the first 64 bits of SHA-256),
``texts`` the entries in the same order, a line each, and ``marks.npy`` where each 64th line
begins. A look-up searches the keys; only what is found there is read in ``texts`` and compared.
"""

import os
import shutil
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tipline.adapters.shelf.building import KEYS, LINES_A_MARK, MARKS, TEXTS, build_list
from tipline.domain.triage.known import Kept

Keys = npt.NDArray[np.uint64]


def hash_entries(entries: Iterable[str]) -> Keys:
    """Keys of many entries; the same as ``hash_entry`` gives one by one."""
    heads = b"".join([sha256(entry.encode()).digest()[:8] for entry in entries])
    return np.frombuffer(heads, dtype=">u8").astype(np.uint64)


class ListDamaged(ValueError):
    """The parts of a list do not fit together."""


class MappedList:
    """One list, opened.

    Raises:
        OSError, ValueError, EOFError: it is not there, or not whole.

    """

    def __init__(self, folder: Path) -> None:
        self._keys: Keys = np.load(folder / KEYS, mmap_mode="r")
        self._marks: Keys = np.load(folder / MARKS)
        blocks = -(-len(self._keys) // LINES_A_MARK)
        size = (folder / TEXTS).stat().st_size
        if len(self._marks) != blocks + 1 or self._marks[-1] != (size if blocks else 0):
            raise ListDamaged(folder.name)
        self._texts = os.open(folder / TEXTS, os.O_RDONLY)  # read, not mapped: it is seldom asked
        weakref.finalize(self, os.close, self._texts)

    def find(self, entries: Sequence[str], keys: Keys, order: npt.NDArray[np.intp]) -> list[int]:
        """Places in ``entries`` of those held; ``order`` puts their ``keys`` in order."""
        if not len(self._keys):
            return []
        sought = keys[order]  # in order, so that neighbours lie in one page of memory
        spots = np.searchsorted(self._keys, sought)
        spots[spots == len(self._keys)] = 0
        matching = np.flatnonzero(self._keys[spots] == sought)
        found = ((int(order[each]), int(spots[each])) for each in matching)
        return sorted(place for place, spot in found if self._read(spot) == entries[place])

    def _read(self, spot: int) -> str:
        block, line = divmod(spot, LINES_A_MARK)
        start, end = int(self._marks[block]), int(self._marks[block + 1])
        texts = os.pread(self._texts, end - start, start)
        return texts.split(b"\n", line + 1)[line].decode()


class MappedShelf:
    """Lists in folders under ``root``; those opened stay open."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: dict[str, MappedList] = {}

    def keep(
        self,
        *,
        name: str,
        entries: Iterable[str],
        tell: Callable[[int], None] = lambda _done: None,
    ) -> Kept:
        """Put a list there; ten million entries take some 400 MB of memory meanwhile."""
        folder = self._root / name
        if self._get(name) is None:
            shutil.rmtree(folder, ignore_errors=True)
            build_list(entries, folder=folder, hash_entries=hash_entries, tell=tell)
        keys = np.load(folder / KEYS, mmap_mode="r")
        return Kept(name, len(keys), sum(each.stat().st_size for each in folder.iterdir()))

    def has(self, name: str) -> bool:
        """Tell whether a list is there and whole."""
        return self._get(name) is not None

    def find(self, *, names: Sequence[str], entries: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Find which ``entries`` each list holds, by their places."""
        lists = {name: opened for name in names if (opened := self._get(name))}
        keys = hash_entries(entries)
        order = np.argsort(keys)
        return {name: each.find(entries, keys, order) for name, each in lists.items()}

    def forget(self, *, names: Iterable[str]) -> None:
        """Remove lists; a process that has one open may go on reading it."""
        for name in names:
            self._open.pop(name, None)
            shutil.rmtree(self._root / name, ignore_errors=True)

    def _get(self, name: str) -> MappedList | None:
        if name not in self._open:
            try:
                self._open[name] = MappedList(self._root / name)
            except (OSError, ValueError, EOFError):
                return None
        return self._open[name]
