"""What can be wrong with a submission, each named by field and code."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tipline.domain.words import Param, gettext_noop

FAULTS: Mapping[str, str] = {
    # the body as a whole
    "not_json": gettext_noop("The body is not JSON (near byte %(byte)s)."),
    "cut_short": gettext_noop("The body is empty or ends too early."),
    "not_utf8": gettext_noop("The body is not UTF-8 text."),
    "too_deep": gettext_noop("The body is nested too deeply."),
    "unknown_field": gettext_noop("There is no field of this name."),
    "repeated_field": gettext_noop("This field is given more than once."),
    "missing_field": gettext_noop("This field is missing."),
    "not_text": gettext_noop("This must be text."),
    "not_list": gettext_noop("This must be a list."),
    "not_object": gettext_noop("This must be an object."),
    "not_contact": gettext_noop("This must be text, or an object of name, email, phone, other."),
    "bad_value": gettext_noop("This value cannot be read."),
    # any text
    "empty": gettext_noop("Write something here."),
    "too_long": gettext_noop("This has %(count)s characters; at most %(limit)s are possible."),
    "nul": gettext_noop("The text contains the character U+0000, which cannot be kept."),
    "surrogate": gettext_noop("The text contains half a character (a lone surrogate)."),
    # lists
    "too_many": gettext_noop("There are %(count)s entries; at most %(limit)s are possible."),
    # subjects
    "unknown_kind": gettext_noop("Unknown kind. Known are: %(known)s."),
    # amounts
    "not_amount": gettext_noop("This is not an amount of money."),
    "not_positive": gettext_noop("The amount must be more than zero."),
    "too_precise": gettext_noop("An amount has at most two decimals."),
    "too_much": gettext_noop("The amount is larger than %(limit)s."),
    "not_currency": gettext_noop("Give the currency as three letters, as in CNY or USD."),
    # times
    "not_date": gettext_noop("Give a date as 2026-01-31 or a time as 2026-01-31T18:30."),
    "in_future": gettext_noop("This lies in the future."),
    "too_old": gettext_noop("This lies before %(limit)s."),
    # places and languages
    "unknown_region": gettext_noop("There is no region of this code (GB/T 2260, six digits)."),
    "unknown_language": gettext_noop("Unknown language. Known are: %(known)s."),
}


class Fault(Struct, frozen=True):
    """One thing that is wrong; ``field`` is a path such as ``losses[0].amount``, "" for all."""

    field: str
    code: str
    params: Mapping[str, Param] = {}

    @property
    def message(self) -> str:
        """Message id to show, to be filled with ``params``."""
        return FAULTS[self.code]


class SubmissionRefused(Exception):
    """The submission cannot be taken; ``faults`` says all that was found wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            ", ".join(f"{fault.field or 'body'}: {fault.code}" for fault in self.faults)
        )

    @property
    def field(self) -> str:
        """Path of the first fault's field."""
        return self.faults[0].field

    @property
    def reason(self) -> str:
        """Code of the first fault."""
        return self.faults[0].code
