"""Figures for the head of every desk page; cheap enough to ask on each."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Actor
from tipline.store.queries.queue import Bounded


class Header(Struct, frozen=True, kw_only=True):
    """What the desk's header shows."""

    open: Bounded
    mine: Bounded
    oldest_at: datetime | None
    quarantined: int
    queued_steps: Bounded
    events_waiting: Bounded  # for the ledger


def get_header(*, actor: Actor, now: datetime) -> Header:
    """Give the figures that ``actor`` may see; what they may not is zero."""
    raise NotImplementedError
