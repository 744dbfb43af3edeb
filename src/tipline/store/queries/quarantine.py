"""What was set aside for a person: steps that kept failing, records that would not open."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Actor


class SetAside(Struct, frozen=True, kw_only=True):
    """A step that failed too often (``what`` is "step") or a record that could not be read.

    ``id`` is the job's id or the record's leaf index; ``error`` names the kind of failure and
    never holds a reporter's words.
    """

    what: str
    id: int
    step: str
    subject: str
    tries: int
    error: str
    at: datetime


def list_quarantined(*, actor: Actor, size: int = 200) -> tuple[SetAside, ...]:
    """Give what was set aside, newest first.

    Raises:
        NotAllowed: the actor's role does not read the quarantine.

    """
    raise NotImplementedError


def count_quarantined() -> int:
    """Count what was set aside, for the page's header (at most 1,000)."""
    raise NotImplementedError
