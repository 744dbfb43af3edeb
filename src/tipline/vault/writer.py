"""The one writer: takes units from many callers and keeps them in shared durable commits."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue

from tipline.vault.committer import Committer
from tipline.vault.entries import Appended, Unit
from tipline.vault.plan import Result
from tipline.vault.refusals import VaultBusy, VaultClosed, VaultRefusal, VaultUnavailable

log = logging.getLogger(__name__)

Loop = asyncio.AbstractEventLoop
Waiter = asyncio.Future[Appended] | Future[Appended]
Ticket = tuple[Unit, Waiter]
Answers = list[tuple[asyncio.Future[Appended], Result]]


class Writer:
    """A thread with a bounded queue in front of a ``Committer``.

    While one commit goes to the disk the next ones' callers gather, so that the more there are
    the more share a commit.
    """

    def __init__(self, committer: Committer, *, commit_max: int, queue_max: int) -> None:
        self._committer = committer
        self._commit_max = commit_max
        self._queue_max = queue_max
        self._queue: SimpleQueue[Ticket | None] = SimpleQueue()
        self._held: Ticket | None = None
        self._waiting = 0
        self._is_closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="vault-writer", daemon=True)

    def start(self) -> None:
        """Begin to keep units."""
        self._thread.start()

    def put(self, unit: Unit, waiter: Waiter) -> None:
        """Queue a unit; ``waiter`` hears of it, in its own event loop where it has one.

        Raises:
            VaultBusy: as many entries as may wait do wait; an empty queue takes any unit.
            VaultClosed: the vault is being closed.

        """
        with self._lock:
            if self._is_closed:
                raise VaultClosed("the vault is closed")
            if self._waiting and self._waiting + len(unit.entries) > self._queue_max:
                raise VaultBusy("too many entries wait for the vault")
            self._waiting += len(unit.entries)
            self._queue.put((unit, waiter))

    def close(self) -> None:
        """Keep everything that was queued, then stop."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while tickets := self._gather():
            try:
                results = self._committer.commit([ticket[0] for ticket in tickets])
            except Exception as fault:  # noqa: BLE001 - the thread outlives any commit
                log.error("a commit failed: %s", type(fault).__name__)  # noqa: TRY400 - the text may hold a reporter's words
                results = [VaultUnavailable("the commit failed") for _ in tickets]
            with self._lock:
                self._waiting -= sum(len(ticket[0].entries) for ticket in tickets)
            _answer(tickets, results)

    def _gather(self) -> list[Ticket]:
        """Wait for a unit, then take what else is queued; nothing once all is done."""
        tickets: list[Ticket] = []
        taken = 0
        ticket = self._held or self._queue.get()
        self._held = None
        while ticket is not None:
            taken += len(ticket[0].entries)
            if tickets and taken > self._commit_max:
                self._held = ticket
                break
            tickets.append(ticket)
            try:
                ticket = self._queue.get_nowait()
            except Empty:
                break
        if ticket is None and tickets:
            self._queue.put(None)  # it was the sign to stop: see it again after these
        return tickets


def _answer(tickets: Sequence[Ticket], results: Sequence[Result]) -> None:
    """Tell every caller; all of one event loop by one wake-up."""
    by_loop: dict[Loop, Answers] = {}
    for (_, waiter), result in zip(tickets, results, strict=True):
        if isinstance(waiter, asyncio.Future):
            by_loop.setdefault(waiter.get_loop(), []).append((waiter, result))
        else:
            _tell(waiter, result)
    for loop, answers in by_loop.items():
        with suppress(RuntimeError):  # the loop was closed: nobody waits there any more
            loop.call_soon_threadsafe(_wake, answers)


def _wake(answers: Answers) -> None:
    for waiter, result in answers:
        if not waiter.done():  # else its caller has gone away
            _tell(waiter, result)


def _tell(waiter: Waiter, result: Result) -> None:
    if isinstance(result, VaultRefusal):
        waiter.set_exception(result)
    else:
        waiter.set_result(result)
