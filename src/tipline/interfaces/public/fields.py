"""A form field as the templates draw it: label, hint, value, error, and what describes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field; ``kind`` is textarea, select, file or a type of input."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    kind: str = "text"
    options: Options = ()
    autocomplete: str = "off"
    inputmode: str = ""
    place: str = ""  # tells apart fields of one name on one page
    is_required: bool = False
    is_short: bool = False
    is_plain: bool = False  # no capital letters, no correction: links, codes, accounts

    @property
    def id(self) -> str:
        """Id in the page."""
        return f"{self.name}-{self.place}" if self.place else self.name

    @property
    def described_by(self) -> str:
        """Ids of what explains the field and of what is wrong with it."""
        told = ((self.hint, "hint"), (self.error, "error"))
        return " ".join(f"{self.id}-{suffix}" for text, suffix in told if text)


@dataclass(frozen=True)
class Mistake:
    """One line of the summary of errors: the id of the field, "" for none, and what is wrong."""

    field: str
    text: str


def list_mistakes(fields: Sequence[Field], errors: Mapping[str, str]) -> list[Mistake]:
    """List the errors of ``fields`` in their order on the page, each with its field's label."""
    return [name_mistake(each, errors[each.name]) for each in fields if each.name in errors]


def name_mistake(field: Field, error: str) -> Mistake:
    """Name the field that an error is about."""
    return Mistake(field.id, _("%(label)s: %(error)s") % {"label": field.label, "error": error})
