"""The report form: its fields as a table, what was typed into them, and what that submits."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tipline.domain.intake.faults import Fault
from tipline.domain.intake.submission import Contact, Loss, Subject, Submission
from tipline.interfaces.public.sentform import SentForm

ROWS_MAX = 30
LOSS_PARTS = ("amount", "from", "to")
CONTACT_PARTS = ("name", "phone", "email", "other")
PLAIN_FIELDS = {"occurred_at": "occurred-day", "came_by": "came-by", "language": "text"}
TEN_THOUSAND = Decimal(10_000)
_PATH = re.compile(r"(?P<list>subjects|losses)\[(?P<at>\d+)\](?:\.(?P<part>\w+))?")
_MONEY_MARKS = re.compile(r"[\s,，'’]|CNY|RMB|[¥￥元圆块$€]", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """What a person has typed so far."""

    form: SentForm
    subject_rows: int = 2
    loss_rows: int = 1

    @classmethod
    def read(cls, form: SentForm) -> "Draft":
        """Read a posted form; a pressed "add another" counts as one more row."""
        added = form.get("add")
        return cls(
            form,
            _count(form.get("subject_rows"), least=2) + (added == "subject"),
            _count(form.get("loss_rows"), least=1) + (added == "loss"),
        )

    def get(self, name: str) -> str:
        """Get what was typed into a field, exactly."""
        return self.form.get(name)

    @property
    def has_losses(self) -> bool:
        """Whether anything about money was typed, or a row for it asked for."""
        return self.loss_rows > 1 or bool(self._list_filled("loss", self.loss_rows, LOSS_PARTS))

    @property
    def has_contact(self) -> bool:
        """Whether any way to reach the reporter was typed."""
        return any(self.get(f"contact-{part}") for part in CONTACT_PARTS)

    def list_subjects(self) -> list[int]:
        """List the rows in which a subject was typed."""
        return self._list_filled("subject", self.subject_rows, ("value",))

    def list_losses(self) -> list[int]:
        """List the rows in which a loss was typed."""
        return self._list_filled("loss", self.loss_rows, LOSS_PARTS)

    def _list_filled(self, name: str, rows: int, parts: Sequence[str]) -> list[int]:
        return [
            row
            for row in range(rows)
            if any(self.get(f"{name}-{row}-{part}").strip() for part in parts)
        ]


def submit_draft(draft: Draft, *, language: str) -> Submission:
    """Make the submission that a draft stands for; the domain judges it."""
    when = [part for part in (draft.get("occurred-day"), draft.get("occurred-time")) if part]
    contact = {part: draft.get(f"contact-{part}") or None for part in CONTACT_PARTS}
    return Submission(
        text=draft.get("text"),
        subjects=tuple(
            Subject(draft.get(f"subject-{row}-kind") or "other", draft.get(f"subject-{row}-value"))
            for row in draft.list_subjects()
        ),
        occurred_at="T".join(when) or None,
        came_by=draft.get("came-by") or None,
        losses=tuple(_submit_loss(draft, row) for row in draft.list_losses()),
        contact=Contact(**contact) if any(contact.values()) else None,
        language=language,
        region=draft.get("region") or None,
    )


def _submit_loss(draft: Draft, row: int) -> Loss:
    return Loss(
        amount=read_amount(draft.get(f"loss-{row}-amount")),
        currency=draft.get(f"loss-{row}-currency") or "CNY",
        from_=draft.get(f"loss-{row}-from") or None,
        to=draft.get(f"loss-{row}-to") or None,
    )


def read_amount(typed: str) -> Decimal:
    """Read an amount as people write it (1,200.50, ￥1200, 1.2万); NaN when it is none."""
    plain = _MONEY_MARKS.sub("", unicodedata.normalize("NFKC", typed))
    times = TEN_THOUSAND if plain.endswith("万") else 1
    try:
        return Decimal(plain.removesuffix("万")) * times
    except ArithmeticError:
        return Decimal("NaN")


def name_field(fault: Fault, draft: Draft) -> str:
    """Name the form's field that a fault of the submission is about."""
    found = _PATH.fullmatch(fault.field)
    if not found:
        return PLAIN_FIELDS.get(fault.field, fault.field.replace("contact.", "contact-"))
    is_subject = found["list"] == "subjects"
    rows = draft.list_subjects() if is_subject else draft.list_losses()
    row, default = rows[int(found["at"])], "value" if is_subject else "amount"
    return f"{'subject' if is_subject else 'loss'}-{row}-{found['part'] or default}"


def _count(typed: str, *, least: int) -> int:
    return max(least, min(int(typed), ROWS_MAX)) if typed.isascii() and typed.isdigit() else least
