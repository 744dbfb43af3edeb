"""The audit: what happened, newest first."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Actor
from tipline.store.queries.report import HistoryRow

PAGE_SIZE = 100


class AuditFilter(Struct, frozen=True, kw_only=True):
    """What to show; an empty field shows all. ``kind`` may be a prefix such as "report."."""

    kind: str = ""
    by: int | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditPage(Struct, frozen=True):
    """One page; ``next`` is the ``before`` of the following one, 0 at the end."""

    rows: tuple[HistoryRow, ...]
    next: int


class ChainState(Struct, frozen=True):
    """How the chain of events stands: rows, rows not in the ledger yet, newest hash."""

    events: int
    waiting: int
    newest: bytes


def list_events(
    *, actor: Actor, filters: AuditFilter, before: int = 0, size: int = PAGE_SIZE
) -> AuditPage:
    """Give one page of the events that ``actor`` may read.

    Raises:
        NotAllowed: the actor's role reads no audit.

    """
    raise NotImplementedError


def get_chain() -> ChainState:
    """Tell how the chain stands."""
    raise NotImplementedError
