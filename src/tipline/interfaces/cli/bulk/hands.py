"""The processes that do the work: each has its own tools, and gives lines back as bytes."""

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime

from tipline.domain.triage.chain import Tools, run_stages
from tipline.domain.triage.contract import Line, describe
from tipline.interfaces.cli.bulk.shapes import SHAPES
from tipline.interfaces.cli.bulk.texts import Batch
from tipline.settings import adopt

AHEAD = 2  # batches that wait for each process
_kept: dict[str, Tools] = {}


class Hands:
    """Works on batches in this process, or in several."""

    def __init__(
        self, *, processes: int, now: datetime, given: dict[str, object], shape: str
    ) -> None:
        self._processes = processes
        self._now, self._given, self._shape = now, given, shape

    def work(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Give each batch with its lines, in the order of the batches."""
        if self._processes == 1:
            prepare(self._now)
            yield from ((batch, triage_batch(batch, self._shape)) for batch in batches)
        else:
            yield from self._share_out(batches)

    def _share_out(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        waiting: deque[tuple[Batch, Future[bytes]]] = deque()
        with ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._now, self._given),
        ) as pool:
            for batch in batches:
                waiting.append((batch, pool.submit(triage_batch, batch, self._shape)))
                if len(waiting) > AHEAD * self._processes:
                    yield _take(waiting)
            while waiting:
                yield _take(waiting)


def triage_batch(batch: Batch, shape: str) -> bytes:
    """Triage the texts of one batch and write their lines."""
    columns = run_stages(batch.texts, _kept["tools"])
    lines = list(describe(columns, range(batch.first, batch.first + len(batch.texts))))
    for bad in batch.bad:
        lines[bad.row - batch.first] = Line(bad.row)
    return SHAPES[shape](lines)


def prepare(now: datetime) -> None:
    """Make this process's tools."""
    from tipline.interfaces.cli.bulk.tools import make_tools  # noqa: PLC0415 - sets Django up

    _kept["tools"] = make_tools(now)
    gc.set_threshold(200_000, 20, 100)  # a batch is a hundred thousand objects, none in a circle


def _begin(now: datetime, given: dict[str, object]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    adopt(given)
    prepare(now)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # killed: nobody waits for what this process does


def _take(waiting: deque[tuple[Batch, Future[bytes]]]) -> tuple[Batch, bytes]:
    batch, future = waiting.popleft()
    return batch, future.result()
