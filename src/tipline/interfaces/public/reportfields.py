"""The fields of the report form in their order, with what each is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext as _

from tipline.domain.intake.region import list_provinces, name_of
from tipline.domain.intake.submission import CAME_BY, KINDS
from tipline.interfaces.public.draft import Draft
from tipline.interfaces.public.fields import Field

CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "TWD", "MOP", "JPY", "KRW", "SGD", "THB")


@dataclass(frozen=True, kw_only=True)
class ReportFields:
    """All fields of the form in their groups."""

    text: Field
    subject_rows: Sequence[Sequence[Field]]
    circumstances: Sequence[Field]
    loss_rows: Sequence[Sequence[Field]]
    files: Field
    contact: Sequence[Field]
    has_losses: bool
    has_contact: bool

    def list_all(self) -> list[Field]:
        """List all fields in their order on the page."""
        rows = (*self.subject_rows, self.circumstances, *self.loss_rows, [self.files], self.contact)
        return [self.text, *(each for row in rows for each in row)]


class FieldMaker:
    """Makes the fields of one draft, each with what was typed and what is wrong with it."""

    def __init__(self, draft: Draft, errors: Mapping[str, str], file_hint: str) -> None:
        self._draft = draft
        self._errors = errors
        self._file_hint = file_hint

    def make_all(self) -> ReportFields:
        """Make all fields."""
        draft, errors = self._draft, self._errors
        subjects = [self._make_subject(row) for row in range(draft.subject_rows)]
        losses = [self._make_loss(row) for row in range(draft.loss_rows)]
        return ReportFields(
            text=self._make_text(),
            subject_rows=subjects,
            circumstances=self._make_circumstances(),
            loss_rows=losses,
            files=self._make_files(),
            contact=self._make_contact(),
            has_losses=draft.has_losses or any(name.startswith("loss-") for name in errors),
            has_contact=draft.has_contact or any(name.startswith("contact-") for name in errors),
        )

    def _make(self, name: str, label: str, hint: str = "", **more: object) -> Field:
        given = {"value": self._draft.get(name), "error": self._errors.get(name, "")}
        return Field(name=name, label=label, hint=hint, **given, **more)  # type: ignore[arg-type]  # Field's own keywords

    def _make_text(self) -> Field:
        return self._make(
            "text",
            _("What happened?"),
            _("In your own words, in any language. It is kept exactly as you send it."),
            kind="textarea",
            is_required=True,
        )

    def _make_subject(self, row: int) -> list[Field]:
        number = {"number": row + 1}
        kinds = [(kind, _(label)) for kind, label in KINDS.items()]
        return [
            self._make(
                f"subject-{row}-kind",
                _("%(number)s. What it is") % number,
                kind="select",
                options=[("", _("choose, or leave it to us")), *kinds],
            ),
            self._make(
                f"subject-{row}-value",
                _("%(number)s. Address, number or name") % number,
                is_plain=True,
            ),
        ]

    def _make_circumstances(self) -> list[Field]:
        ways = [(way, _(label)) for way, label in CAME_BY.items()]
        language = get_language() or "en"
        regions = [(code, name_of(code, language)) for code in list_provinces()]
        return [
            self._make(
                "came-by",
                _("How did it reach you?"),
                kind="select",
                options=[("", _("not sure")), *ways],
            ),
            self._make("occurred-day", _("On which day?"), kind="date"),
            self._make("occurred-time", _("At what time?"), kind="time"),
            self._make(
                "region",
                _("In which region?"),
                _("Asked so that the right agency reads it first; yours, or where it happened."),
                kind="select",
                options=[("", _("not sure")), *regions],
            ),
        ]

    def _make_loss(self, row: int) -> list[Field]:
        return [
            self._make(f"loss-{row}-amount", _("Amount"), inputmode="decimal"),
            self._make(
                f"loss-{row}-currency",
                _("Currency"),
                kind="select",
                options=[(code, code) for code in CURRENCIES],
            ),
            self._make(f"loss-{row}-from", _("From which account (yours)"), is_plain=True),
            self._make(f"loss-{row}-to", _("To which account or person"), is_plain=True),
        ]

    def _make_files(self) -> Field:
        return self._make(
            "files", _("Pictures, recordings, documents"), self._file_hint, kind="file"
        )

    def _make_contact(self) -> list[Field]:
        return [
            self._make(
                "contact-name",
                _("Name"),
                _("Asked only so that an officer who calls knows whom to ask for."),
                autocomplete="name",
            ),
            self._make(
                "contact-phone",
                _("Phone number"),
                _("Asked so that an officer can call when money can still be stopped."),
                kind="tel",
                autocomplete="tel",
            ),
            self._make(
                "contact-email",
                _("E-mail address"),
                _("Asked so that an officer can write when a question is long."),
                kind="email",
                autocomplete="email",
            ),
            self._make(
                "contact-other",
                _("Another way to reach you"),
                _("Asked for those who would rather use a messenger or a person they trust."),
            ),
        ]
