"""The queue page: which reports wait, in which order, how many and how old.

Nothing here counts a whole table or sorts one: pages are cut by the key of the last row shown,
counts stop at a limit.
"""

from datetime import datetime

from msgspec import Struct

from tipline.domain.disposal.state import OPEN_STATES, ReportState
from tipline.domain.duties import Actor

PAGE_SIZE = 50
COUNT_LIMIT = 1_000
OPEN = tuple(each.value for each in OPEN_STATES)


class QueueFilter(Struct, frozen=True, kw_only=True):
    """What to show; an empty field shows all.

    ``region`` shows it and all within it. ``identifier`` is a value as triage writes it, or as a
    person types it. ``held``: "mine" (claimed by or assigned to the reader), "free" (claimed by
    nobody and not skipped by the reader) or nothing. ``lane`` is the report's, "slow" for one.
    """

    states: tuple[str, ...] = OPEN
    region: str = ""
    agency: str = ""
    offence: str = ""
    outcome: str = ""
    identifier: str = ""
    held: str = ""
    lane: str = ""


class QueueRow(Struct, frozen=True, kw_only=True):
    """One line of the queue. ``excerpt`` is the text's beginning, on one line, as plain text."""

    report: int
    place: int
    state: ReportState
    priority: int
    region: str
    agency: str
    offence: str
    outcome: str
    lane: str
    language: str
    received_at: datetime
    excerpt: str
    claimed_by: int | None
    claimed_by_name: str
    claimed_until: datetime | None
    assigned_to: int | None
    assigned_to_name: str
    unread_replies: int
    is_skipped: bool  # by the reader


class QueuePage(Struct, frozen=True):
    """One page; ``next`` is the ``after`` of the following one, nothing at the end."""

    rows: tuple[QueueRow, ...]
    next: str


class Bounded(Struct, frozen=True):
    """A count that stops at a limit: show ``count`` and a plus sign where ``is_more``."""

    count: int
    is_more: bool


def list_queue(
    *,
    actor: Actor,
    filters: QueueFilter,
    now: datetime,
    after: str = "",
    size: int = PAGE_SIZE,
) -> QueuePage:
    """Give one page of what ``actor`` may see: highest priority first, then oldest.

    A claim that ran out by ``now`` is shown as no claim.

    Raises:
        NotAllowed: the actor's role reads no queue.
        AfterRefused: ``after`` is not one of ours.

    """
    raise NotImplementedError


def count_queue(
    *, actor: Actor, filters: QueueFilter, now: datetime, limit: int = COUNT_LIMIT
) -> Bounded:
    """Count what ``list_queue`` would show, up to ``limit``."""
    raise NotImplementedError


def get_oldest(*, actor: Actor, filters: QueueFilter, now: datetime) -> datetime | None:
    """When the oldest report of what ``list_queue`` would show was received."""
    raise NotImplementedError


def get_next(*, actor: Actor, now: datetime) -> int | None:
    """Report to take up next: the first that is free, not skipped by the actor, and open."""
    raise NotImplementedError
