"""Place reports in clusters, link the archive anew, and take officers' words on both.

LINK follows each assessment. SETTLE is a timer: one waits for the coming night from the first
report that was placed, and an officer's word or wish makes one due at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import islice

from django.db import transaction

from tipline.domain.duties import Action, Actor, NotAllowed, check_may, may
from tipline.domain.flow import Step
from tipline.domain.link.archive import ArchiveLinker
from tipline.domain.link.live import Placed, place
from tipline.domain.link.settle import Settled, settle
from tipline.store import queue
from tipline.store.events import read_number
from tipline.store.models import Cluster, ClusterMember, Event, Handling, Job
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.links import (
    find_owners,
    list_clues,
    list_edges,
    list_placed,
    list_rulings,
    list_taken,
)
from tipline.store.queries.scope import limit_to
from tipline.store.record import NewEvent, lock_chain, record, record_many

NIGHT = 3  # the hour at which the archive is linked anew
MOVES_AT_ONCE = 2_000
SUBJECT, NIGHTLY, ASKED = "links:1", "links:night", "links:now"


class ClusterUnknown(LookupError):
    """There is no such cluster, or the actor may not know of it."""


class RulingRefused(ValueError):
    """A report cannot be compared with itself."""


@transaction.atomic
def link_reports(
    *, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime, zone: tzinfo
) -> None:
    """Place reports in clusters as they come: the LINK step.

    Raises:
        LeaseLost: another worker has the steps.

    """
    lock_chain()  # what others place meanwhile must be known
    numbers = sorted({read_number(job.subject) for job in jobs})
    placed = _place(numbers)
    queue.finish(taken=taken, jobs=jobs)
    if not placed:
        return
    told = [[report, each.cluster] for report, each in placed.items()]
    event = record(kind="reports.linked", subject=SUBJECT, by=None, now=now, body={"placed": told})
    if not Job.objects.filter(step=Step.SETTLE.value, subject=NIGHTLY).exists():
        night = _find_night(now, zone)
        timer = queue.NewJob(step=Step.SETTLE, subject=NIGHTLY, event=event.seq, due_at=night)
        queue.put(jobs=[timer])


def _place(numbers: Sequence[int]) -> dict[int, Placed]:
    there = list_placed(numbers)
    clues = list_clues([each for each in numbers if each not in there])
    owners = find_owners({identifier for found in clues.values() for _, identifier in found})
    return place(sorted(clues.items()), owners, list_taken(list(clues)))


def _find_night(now: datetime, zone: tzinfo) -> datetime:
    tonight = now.astimezone(zone).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if tonight > now else tonight + timedelta(days=1)


def settle_archive(
    *,
    taken: queue.Lease,
    jobs: Sequence[queue.LeasedJob],
    linker: ArchiveLinker,
    now: datetime,
) -> None:
    """Link the whole archive anew: the SETTLE step.

    Reports that are placed while the archive is read follow the clusters they were placed in.

    Raises:
        LeaseLost: another worker has the step.

    """
    settle_now(linker=linker, now=now, finishing=(taken, jobs))


def settle_now(
    *,
    linker: ArchiveLinker,
    now: datetime,
    finishing: tuple[queue.Lease, Sequence[queue.LeasedJob]] | None = None,
) -> Settled:
    """Link the whole archive anew and tell what changed."""
    old = _list_members()
    rulings = list_rulings()
    new = linker.link(
        list_edges(),
        must=sorted(pair for pair, is_same in rulings.items() if is_same),
        cannot=sorted(pair for pair, is_same in rulings.items() if not is_same),
    )
    with transaction.atomic():
        lock_chain()
        late = {report: key for report, key in _list_members().items() if old.get(report) != key}
        taken = set(Cluster.objects.values_list("key", flat=True))
        done = settle(
            old=old,
            new={report: label for report, label in new.items() if report not in late},
            late=late,
            taken=taken,
        )
        if finishing:
            queue.finish(taken=finishing[0], jobs=finishing[1])
        record_many(events=list(_tell(done)), now=now)
    return done


def _list_members() -> dict[int, str]:
    return dict(ClusterMember.objects.values_list("report_id", "cluster_id"))


def _tell(done: Settled) -> Iterator[NewEvent]:
    moves = iter(sorted(done.moves.items()))
    while part := list(islice(moves, MOVES_AT_ONCE)):
        yield NewEvent(kind="reports.moved", subject=SUBJECT, body={"moves": part})
    body = {
        "moved": len(done.moves),
        "merged": done.merged,
        "split": done.split,
        "founded": done.founded,
    }
    yield NewEvent(kind="clusters.settled", subject=SUBJECT, body=body)


@transaction.atomic
def ask_settling(*, by: Actor, now: datetime) -> None:
    """Have the archive linked anew as soon as a worker is free.

    Raises:
        NotAllowed: the role of ``by`` links no reports.

    """
    check_may(by, Action.LINK_REPORTS, region=by.region, reason="asked at the desk")
    _put_settling(now)


def _put_settling(now: datetime) -> None:
    if Job.objects.filter(step=Step.SETTLE.value, subject=ASKED, lease="").exists():
        return
    newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    queue.put(jobs=[queue.NewJob(step=Step.SETTLE, subject=ASKED, event=newest, due_at=now)])


@transaction.atomic
def rule_link(
    *, reports: tuple[int, int], is_same: bool, reason: str, by: Actor, now: datetime
) -> None:
    """Keep an officer's word that two reports are the same people's work, or are not.

    It holds in every later run; one is due at once.

    Raises:
        ReportUnknown: there is no such report, or it is out of the reach of ``by``.
        NotAllowed: with ``why``.
        RulingRefused: both are one report.

    """
    one, other = sorted(reports)
    if one == other:
        raise RulingRefused
    for report in (one, other):
        _check_reach(report, by, reason)
    body = {"reports": [one, other], "is_same": is_same, "reason": reason.strip()}
    record(kind="link.ruled", subject=f"report:{one}", by=by.id, now=now, body=body)
    _put_settling(now)


def _check_reach(report: int, by: Actor, reason: str) -> None:
    region = Handling.objects.filter(report=report).values_list("region", flat=True).first()
    if region is None or not may(by, Action.READ_CLUSTER, region=region):
        raise ReportUnknown
    check_may(by, Action.LINK_REPORTS, region=region, reason=reason)


@transaction.atomic
def name_gang(*, cluster: str, name: str, reason: str, by: Actor, now: datetime) -> int:
    """Hold a cluster to be one gang; returns the gang's number.

    Raises:
        ClusterUnknown: there is none of which ``by`` may read a report.
        NotAllowed: with ``why``.

    """
    try:
        limit = limit_to(actor=by, action=Action.READ_CLUSTER, now=now)
    except NotAllowed as refused:
        raise ClusterUnknown from refused
    if not Handling.objects.filter(limit, report__cluster_place__cluster=cluster).exists():
        raise ClusterUnknown
    check_may(by, Action.PROMOTE_GANG, region=by.region, reason=reason)
    body: Mapping[str, str] = {"name": name.strip(), "cluster": cluster, "reason": reason.strip()}
    event = record(kind="gang.named", subject=f"cluster:{cluster}", by=by.id, now=now, body=body)
    return event.seq


__all__ = [
    "ClusterUnknown",
    "ReportUnknown",
    "RulingRefused",
    "ask_settling",
    "link_reports",
    "name_gang",
    "rule_link",
    "settle_archive",
    "settle_now",
]
