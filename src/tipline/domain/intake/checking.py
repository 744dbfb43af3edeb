"""Judges a submission's values: every fault is named by its field's path."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from msgspec import Struct, structs

from tipline.domain.intake.faults import Fault
from tipline.domain.intake.languages import LANGUAGES, find_language
from tipline.domain.intake.region import is_known
from tipline.domain.intake.shape import Contact, Loss, Submission
from tipline.domain.intake.subjects import KINDS, find_kind

_CURRENCY = re.compile(r"[A-Za-z]{3}\Z", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OLDEST = date(1990, 1, 1)
_AHEAD = timedelta(days=1)  # somewhere on earth it is tomorrow already


class Limits(Struct, frozen=True, kw_only=True):
    """How much one submission may hold."""

    text_chars_max: int = 20_000
    value_chars_max: int = 2_000
    subjects_max: int = 100
    losses_max: int = 100
    amount_max: Decimal = Decimal(1_000_000_000_000)


DEFAULT_LIMITS = Limits()


def check_submission(
    submission: Submission, limits: Limits = DEFAULT_LIMITS, *, now: datetime | None = None
) -> tuple[Fault, ...]:
    """List all that is wrong with the submission's values; an empty tuple if nothing is.

    ``now`` (aware) lets times that lie ahead be refused.
    """
    return tuple(_list_faults(submission, limits, now))


def _list_faults(submission: Submission, limits: Limits, now: datetime | None) -> Iterator[Fault]:
    yield from _check_text("text", submission.text, limits.text_chars_max)
    yield from _check_subjects(submission, limits)
    yield from _check_losses(submission, limits)
    yield from _check_contact(submission, limits)
    yield from _check_optional("came_by", submission.came_by, limits)
    yield from _check_time(submission.occurred_at, now)
    if submission.language and not find_language(submission.language):
        yield Fault("language", "unknown_language", {"known": ", ".join(LANGUAGES)})
    if submission.region and not is_known(submission.region):
        yield Fault("region", "unknown_region")


def _check_text(field: str, text: str, chars_max: int) -> Iterator[Fault]:
    if not text or text.isspace():
        yield Fault(field, "empty")
    yield from _check_characters(field, text)
    if len(text) > chars_max:
        yield Fault(field, "too_long", {"count": len(text), "limit": chars_max})


def _check_characters(field: str, text: str) -> Iterator[Fault]:
    if "\0" in text:
        yield Fault(field, "nul")
    if not text.isascii() and _SURROGATE.search(text):
        yield Fault(field, "surrogate")


def _check_optional(field: str, text: str | None, limits: Limits) -> Iterator[Fault]:
    if text:
        yield from _check_characters(field, text)
        if len(text) > limits.value_chars_max:
            yield Fault(field, "too_long", {"count": len(text), "limit": limits.value_chars_max})


def _check_subjects(submission: Submission, limits: Limits) -> Iterator[Fault]:
    yield from _check_count("subjects", len(submission.subjects), limits.subjects_max)
    for number, subject in enumerate(submission.subjects[: limits.subjects_max]):
        field = f"subjects[{number}]"
        if find_kind(subject.kind) is None:
            yield Fault(f"{field}.kind", "unknown_kind", {"known": ", ".join(KINDS)})
        yield from _check_text(f"{field}.value", subject.value, limits.value_chars_max)


def _check_losses(submission: Submission, limits: Limits) -> Iterator[Fault]:
    yield from _check_count("losses", len(submission.losses), limits.losses_max)
    for number, loss in enumerate(submission.losses[: limits.losses_max]):
        field = f"losses[{number}]"
        yield from _check_amount(f"{field}.amount", loss, limits)
        if not _CURRENCY.match(loss.currency):
            yield Fault(f"{field}.currency", "not_currency")
        yield from _check_optional(f"{field}.from", loss.from_, limits)
        yield from _check_optional(f"{field}.to", loss.to, limits)


def _check_count(field: str, count: int, count_max: int) -> Iterator[Fault]:
    if count > count_max:
        yield Fault(field, "too_many", {"count": count, "limit": count_max})


def _check_amount(field: str, loss: Loss, limits: Limits) -> Iterator[Fault]:
    # Compared before anything is computed: 1e999999 must not be written out.
    amount = loss.amount
    if not amount.is_finite():
        yield Fault(field, "not_amount")
    elif amount <= 0:
        yield Fault(field, "not_positive")
    elif amount > limits.amount_max:
        yield Fault(field, "too_much", {"limit": f"{limits.amount_max:f}"})
    elif amount != amount.quantize(Decimal("0.01")):
        yield Fault(field, "too_precise")


def _check_contact(submission: Submission, limits: Limits) -> Iterator[Fault]:
    contact = submission.contact
    if isinstance(contact, Contact):
        for name, value in structs.asdict(contact).items():
            yield from _check_optional(f"contact.{name}", value, limits)
    else:
        yield from _check_optional("contact", contact, limits)


def _check_time(occurred_at: str | None, now: datetime | None) -> Iterator[Fault]:
    if not occurred_at:
        return
    moment = read_moment(occurred_at)
    if moment is None:
        yield Fault("occurred_at", "not_date")
    elif moment.date() < _OLDEST:
        yield Fault("occurred_at", "too_old", {"limit": _OLDEST.isoformat()})
    elif now is not None and moment > now + _AHEAD:
        yield Fault("occurred_at", "in_future")


def read_moment(text: str) -> datetime | None:
    """Read an ISO 8601 date or time, one without a zone as UTC; None if it is neither."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
