"""The shape of a submission, as JSON and as Python."""

from decimal import Decimal

from msgspec import Struct


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the report is about, as the reporter wrote it."""

    kind: str
    value: str


class Loss(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Money that went, from which account to which."""

    amount: Decimal
    currency: str = "CNY"
    from_: str | None = None
    to: str | None = None


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """How to reach the reporter, if they choose to say; kept sealed apart from the report."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    other: str | None = None


class Submission(Struct, frozen=True, forbid_unknown_fields=True):
    """What a reporter hands in; only the text is asked for."""

    text: str
    subjects: tuple[Subject, ...] = ()
    occurred_at: str | None = None
    came_by: str | None = None
    losses: tuple[Loss, ...] = ()
    contact: str | Contact | None = None
    language: str | None = None
    region: str | None = None
