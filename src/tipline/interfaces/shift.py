"""One worker's loop: collect from the vault, send events to it, take steps from the queue."""

import logging
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from traceback import extract_tb

from django.db import InterfaceError, OperationalError, close_old_connections

from tipline.domain.flow import Step
from tipline.domain.link.archive import ArchiveLinker
from tipline.services import (
    collect,
    deadlines,
    disposal,
    feedback,
    known,
    ledger,
    link,
    measures,
    quarantine,
    search,
    serving,
    templates,
    triage,
)
from tipline.store import queue, turns
from tipline.vault import (
    OpeningKey,
    Vault,
    VaultBusy,
    VaultClosed,
    VaultFull,
    VaultUnavailable,
)

log = logging.getLogger("tipline.worker")
IDLE_SECONDS, TROUBLED_SECONDS, PACK_SECONDS = 0.2, 1.0, 600.0
LASTS = {Step.SETTLE: timedelta(hours=2)}  # a whole archive takes longer than a step
TURN_LASTS = timedelta(seconds=10)
# Not the fault of a step: it runs again as if it had not been tried.
PASSING = (
    VaultBusy,
    VaultClosed,
    VaultFull,
    VaultUnavailable,
    TimeoutError,
    OperationalError,
    InterfaceError,
    queue.LeaseLost,
)


@dataclass(kw_only=True)
class Shift:
    """What one worker works with, and how much it takes at once."""

    vault: Vault
    desk_key: OpeningKey
    machine: triage.Machine
    linker: ArchiveLinker | None = None  # without one, SETTLE waits for a worker that has one
    batch: int = 200
    lease_lasts: timedelta = timedelta(seconds=60)
    tries_max: int = 3
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    stopping: threading.Event = field(default_factory=threading.Event)
    seen: int = -1
    packed_at: float = field(default_factory=monotonic)
    trouble: str = ""  # what the last round waited for; told once, not every second

    def work(self) -> None:
        """Work until ``stopping`` is set; whatever goes wrong, go on."""
        while not self.stopping.is_set():
            self.stopping.wait(self._try_round())
        self._leave()

    def do_all(self) -> None:
        """Work until nothing is due, and then return; for commands and tests."""
        while self.do_round():
            pass
        self._leave()

    def do_round(self) -> int:
        """Do a little of everything; returns how many records, events and steps were done."""
        done = self._collect() + sum(self._take(step) for step in self._list_steps())
        # While there is other work, events go to the ledger in full units only.
        return done + self._send(least=ledger.UNIT if done else 1)

    def _list_steps(self) -> list[Step]:
        return [step for step in TAKES if step is not Step.SETTLE or self.linker]

    def _try_round(self) -> float:
        try:
            done = self.do_round()
        except Exception as wrong:  # noqa: BLE001 - a worker outlives every fault
            self._tell_trouble(f"waiting after {tell_failure(wrong)}")
            close_old_connections()
            return TROUBLED_SECONDS
        if self.trouble:
            log.info("working again")
            self.trouble = ""
        if not done:
            self._pack()
        return 0.0 if done else IDLE_SECONDS

    def _pack(self) -> None:
        # Where many wordings were stored, the look-up of later ones moves from rows into a file.
        index = self.machine.templates
        if index is not None and monotonic() - self.packed_at > PACK_SECONDS:
            self.packed_at = monotonic()
            templates.compact_templates(index=index, now=_now())

    def _tell_trouble(self, words: str) -> None:
        if words != self.trouble:
            log.warning("%s", words)
        self.trouble = words

    def _leave(self) -> None:
        for stream in (turns.COLLECT, turns.LEDGER):
            turns.end_turn(name=stream, holder=self.name)

    def _collect(self) -> int:
        if self.vault.size() <= self.seen + 1 or not self._has_turn(turns.COLLECT):
            return 0
        try:
            found = collect.collect(
                vault=self.vault, desk_key=self.desk_key, now=_now(), seen=self.seen
            )
        except turns.TurnLost:
            return 0
        moved = found.at - self.seen
        self.seen = found.at
        return moved

    def _send(self, least: int) -> int:
        if not ledger.has_events(least=least) or not self._has_turn(turns.LEDGER):
            return 0
        try:
            return ledger.send_events(vault=self.vault)
        except turns.TurnLost:
            return 0

    def _has_turn(self, stream: str) -> bool:
        return turns.take_turn(name=stream, holder=self.name, now=_now(), lasts=TURN_LASTS)

    def _take(self, step: Step) -> int:
        taken = queue.lease(
            step=step, size=self.batch, now=_now(), lasts=LASTS.get(step, self.lease_lasts)
        )
        if taken.jobs and not self._try_together(taken):
            for job in taken.jobs:
                self._try_alone(taken, job)
        return len(taken.jobs)

    def _try_together(self, taken: queue.Lease) -> bool:
        if len(taken.jobs) == 1:
            return False
        try:
            TAKES[taken.jobs[0].step](self, taken, taken.jobs)
        except PASSING:
            self._give_back(taken)
            raise
        except Exception as wrong:  # noqa: BLE001 - each step then runs alone and is judged alone
            log.info("taking a batch apart after %s", tell_failure(wrong))
            return False
        return True

    def _try_alone(self, taken: queue.Lease, job: queue.LeasedJob) -> None:
        if job.tries > self.tries_max:
            self._fail(taken, job, "its worker died")
            return
        try:
            TAKES[job.step](self, taken, (job,))
        except PASSING:
            self._give_back(taken)
            raise
        except Exception as wrong:  # noqa: BLE001 - told, tried again, then set aside
            self._fail(taken, job, tell_failure(wrong))

    def _fail(self, taken: queue.Lease, job: queue.LeasedJob, error: str) -> None:
        if quarantine.fail_step(
            taken=taken, job=job, error=error, now=_now(), tries_max=self.tries_max
        ):
            log.warning("set aside %s %s: %s", job.step, job.subject, error)

    def _give_back(self, taken: queue.Lease) -> None:
        try:
            queue.give_back(taken=taken, now=_now())
        except (OperationalError, InterfaceError):
            log.info("the lease will run out by itself")


def tell_failure(wrong: BaseException) -> str:
    """Name a failure and its place in the code, without a word of what was worked on."""
    frames = [each for each in extract_tb(wrong.__traceback__) if "tipline" in each.filename]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(wrong).__name__}{place}"


Jobs = Sequence[queue.LeasedJob]


def _assess(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    triage.assess_reports(taken=taken, jobs=jobs, now=_now(), machine=shift.machine)


def _tell(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    feedback.tell_reporters(vault=shift.vault, taken=taken, jobs=jobs, now=_now())


def _release(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    disposal.release_expired(taken=taken, jobs=jobs, now=_now())


def _list(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    known.list_decided(taken=taken, jobs=jobs, shelf=shift.machine.shelf, now=_now())


def _expire(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    measures.expire_decisions(taken=taken, jobs=jobs, now=_now())


def _serve(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    serving.serve_orders(vault=shift.vault, taken=taken, jobs=jobs, now=_now())


def _watch(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    deadlines.watch_orders(taken=taken, jobs=jobs, now=_now())


def _look(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    deadlines.look_again(taken=taken, jobs=jobs, now=_now())


def _judge(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    deadlines.judge_inspections(taken=taken, jobs=jobs, now=_now())


def _index(_shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    search.index_records(taken=taken, jobs=jobs, now=_now())


def _link(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    link.link_reports(taken=taken, jobs=jobs, now=_now(), zone=shift.machine.zone)


def _settle(shift: Shift, taken: queue.Lease, jobs: Jobs) -> None:
    if shift.linker is None:
        raise LookupError("no linker")
    link.settle_archive(taken=taken, jobs=jobs, linker=shift.linker, now=_now())


TAKES: Mapping[Step, Callable[[Shift, queue.Lease, Jobs], None]] = {
    Step.ASSESS: _assess,
    Step.TELL: _tell,
    Step.RELEASE: _release,
    Step.LINK: _link,
    Step.SETTLE: _settle,
    Step.LIST: _list,
    Step.EXPIRE: _expire,
    Step.SERVE: _serve,
    Step.WATCH: _watch,
    Step.LOOK: _look,
    Step.JUDGE: _judge,
    Step.INDEX: _index,
}


def _now() -> datetime:
    return datetime.now(UTC)
