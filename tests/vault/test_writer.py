"""The writer: shared commits, a bounded queue, callers told at once, nothing left behind."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from tipline.vault import Appended, Entry, Retry, Unit, UnitRefused, VaultBusy, VaultClosed
from tipline.vault.writer import Writer

ONE = Unit((Entry(kind="event"),))


class SlowCommitter:
    """Stands still until told to go on, and keeps a list of what came in each commit."""

    def __init__(self) -> None:
        self.commits: list[int] = []
        self.may_go = threading.Event()
        self.has_begun = threading.Event()

    def commit(self, units):
        self.commits.append(sum(len(unit.entries) for unit in units))
        self.has_begun.set()
        self.may_go.wait(10)
        return [Appended(0, len(unit.entries), b"", replayed=False, size=0) for unit in units]


@pytest.fixture
def committer():
    return SlowCommitter()


@pytest.fixture
def writer(committer):
    made = Writer(committer, commit_max=10, queue_max=20)
    made.start()
    yield made
    committer.may_go.set()
    made.close()


def put(writer: Writer, unit: Unit = ONE) -> "Future[Appended]":
    waiter: Future[Appended] = Future()
    writer.put(unit, waiter)
    return waiter


def start_one(writer: Writer, committer: SlowCommitter) -> "Future[Appended]":
    first = put(writer)
    committer.has_begun.wait(10)
    return first


def test_those_who_wait_share_a_commit(writer, committer):
    waiting = [start_one(writer, committer), *(put(writer) for _ in range(8))]
    committer.may_go.set()
    assert all(each.result(10) for each in waiting)
    assert committer.commits == [1, 8]


def test_a_commit_holds_no_more_than_it_may(writer, committer):
    six = Unit(ONE.entries * 6)
    waiting = [start_one(writer, committer), put(writer, six), put(writer, six), put(writer)]
    committer.may_go.set()
    assert all(each.result(10) for each in waiting)
    assert committer.commits == [1, 6, 7]


def test_a_unit_larger_than_a_commit_goes_alone(writer, committer):
    waiting = [start_one(writer, committer), put(writer, Unit(ONE.entries * 15)), put(writer)]
    committer.may_go.set()
    assert all(each.result(10) for each in waiting)
    assert committer.commits == [1, 15, 1]


def test_a_full_queue_is_busy_and_recovers(writer, committer):
    waiting = [start_one(writer, committer), *(put(writer) for _ in range(19))]
    with pytest.raises(VaultBusy):
        put(writer)
    committer.may_go.set()
    assert all(each.result(10) for each in waiting)
    assert put(writer).result(10)


def test_an_empty_queue_takes_any_unit(writer, committer):
    committer.may_go.set()
    assert put(writer, Unit(ONE.entries * 500)).result(10).count == 500


def test_closing_keeps_what_was_queued(writer, committer):
    waiting = [start_one(writer, committer), *(put(writer) for _ in range(15))]
    closing = threading.Thread(target=writer.close)
    closing.start()
    committer.may_go.set()
    closing.join(10)
    assert all(each.done() for each in waiting)
    assert sum(committer.commits) == 16
    with pytest.raises(VaultClosed):
        put(writer)


def test_a_commit_that_breaks_is_told_to_its_callers_only(writer, committer, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(committer, "commit", lambda _: 1 / 0)
        broken = put(writer)
        with pytest.raises(Exception, match="the commit failed"):
            broken.result(10)
    committer.may_go.set()
    assert put(writer).result(10)


def test_all_callers_of_a_loop_are_told_by_one_wake_up(home):
    vault = home.open()

    async def run() -> tuple[list[Appended], int]:
        loop, wakes = asyncio.get_running_loop(), []
        wake = loop.call_soon_threadsafe
        loop.call_soon_threadsafe = lambda *given: wakes.append(given) or wake(*given)  # type: ignore[method-assign]
        kept = await asyncio.gather(*(vault.append_async(ONE) for _ in range(200)))
        return kept, len(wakes)

    kept, wakes = asyncio.run(run())
    assert sorted(each.first_index for each in kept) == list(range(200))
    assert wakes <= len({each.size for each in kept})


def test_a_caller_that_went_away_harms_nobody(home):
    vault = home.open()

    async def run() -> Appended:
        gone = vault.append_async(ONE)
        gone.cancel()
        return await vault.append_async(ONE)

    assert asyncio.run(run()).first_index == 1


def test_a_loop_that_closed_harms_nobody(home):
    vault = home.open()

    async def leave() -> None:
        vault.append_async(ONE)

    asyncio.run(leave())
    assert vault.append(ONE).result(10).first_index == 1


def test_refusals_reach_a_loop_too(home):
    vault = home.open()

    async def run() -> None:
        await vault.append_async(Unit((), Retry(b"k", bytes(32), b"")))

    with pytest.raises(UnitRefused):
        asyncio.run(run())
