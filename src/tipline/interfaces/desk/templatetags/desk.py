"""What templates of the desk may call: duties, words, and text made safe to look at."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tipline.domain.duties import ROLE_NAMES, Action, Role, may_anywhere
from tipline.domain.intake import region as regions
from tipline.domain.intake.subjects import CAME_BY, KINDS
from tipline.interfaces.desk.shown import kinds, text as texts, wording
from tipline.interfaces.desk.things import may_do

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Mapping[str, Any], action: str, thing: Any = None) -> bool:
    """Tell whether the officer may do this to a report, or anywhere where none is given."""
    actor = context["request"].user.actor
    return may_anywhere(actor, Action(action)) if thing is None else may_do(actor, action, thing)


@register.simple_tag
def original(
    text: str, marks: Iterable[texts.Mark] = (), whys: Iterable[tuple[int, int]] = ()
) -> SafeString:
    """Show a reporter's words, with what the machine recognised marked."""
    return texts.show_text(text, marks, whys)


@register.filter
def line(text: str) -> SafeString:
    """Show an excerpt of a reporter's words."""
    return texts.show_line(str(text))


@register.filter
def visible(text: str) -> SafeString:
    """Show a short text with what cannot be seen in it made visible."""
    return texts.show_unseen(str(text))


@register.filter
def spelled(text: str) -> str:
    """Show a short text in an attribute, with what cannot be seen in it spelled out."""
    return texts.spell_unseen(str(text))


@register.filter
def defanged(value: str, kind: str) -> SafeString:
    """Show an identifier so that no program follows it."""
    return texts.show_unseen(texts.defang(value, kind))


@register.filter
def state(code: str) -> str:
    """Name of a report's state."""
    return wording.word(wording.STATES, code)


@register.filter
def event(kind: str) -> str:
    """Name of an event."""
    return wording.word(wording.EVENTS, kind)


@register.filter
def lane(code: str) -> str:
    """Name of the lane in which a report came in."""
    return wording.word(wording.LANES, code)


@register.filter
def step(code: str) -> str:
    """Name of a worker's step."""
    return wording.word(wording.STEPS, code)


@register.filter
def letter(kind: str) -> str:
    """Name of a kind of letter."""
    return wording.word(wording.LETTERS, kind)


@register.filter
def identifier_kind(kind: str) -> str:
    """Name of a kind of identifier."""
    return wording.word(kinds.IDENTIFIERS, kind)


@register.filter
def verdict(code: str) -> str:
    """What a person made of a part of the opinion."""
    return wording.word(kinds.VERDICTS, code)


@register.filter
def standing(code: str) -> str:
    """Name of what lists say of a subject, taken together."""
    return wording.word(wording.STANDINGS, code)


@register.simple_tag
def query_subject(subject: tuple[str, str]) -> str:
    """Query that looks a subject up, given its kind and value."""
    kind, value = subject
    return urlencode({"kind": kind, "value": value})


@register.simple_tag
def query_more(asked: str, kind: str, before: int | str | None) -> str:
    """Query that looks for ``asked``, from ``before`` on where that is given."""
    given = {"q": asked, "kind": kind, "before": before or ""}
    return urlencode({name: value for name, value in given.items() if value != ""})


@register.filter
def mark_class(kind: str) -> str:
    """Style of a mark of this kind of identifier."""
    return texts.name_class(kind)


@register.filter
def part(name: str) -> str:
    """Name of a part of the priority."""
    return wording.word(wording.PARTS, name)


@register.filter
def subject_kind(kind: str) -> str:
    """Name of what a report is about."""
    return gettext(KINDS[kind]) if kind in KINDS else str(kind)


@register.filter
def came_by(code: str) -> str:
    """Name of how something came to the reporter."""
    return gettext(CAME_BY[code]) if code in CAME_BY else str(code)


@register.filter
def role(code: str) -> str:
    """Name of a role."""
    return gettext(ROLE_NAMES[Role(code)])


@register.filter
def region(code: str) -> str:
    """Name of a region."""
    return regions.name_of(code, get_language() or "en")


@register.filter
def offence(code: str) -> str:
    """Name of an offence."""
    return wording.word_offence(code)


@register.filter
def outcome(code: str) -> str:
    """Public name of an outcome."""
    return wording.word_outcome(code)


@register.simple_tag
def reason(key: str, params: Mapping[str, Any]) -> str:
    """Text of a decision's reason."""
    return wording.word_reason(key, params)


@register.simple_tag
def judgement(key: str, params: Mapping[str, Any]) -> str:
    """Say why the machine judged so."""
    return wording.word_judgement(key, params)


@register.simple_tag
def age(since: datetime, now: datetime) -> SafeString:
    """Say how long ago, with the time itself for those who want it."""
    local = timezone.localtime(since)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        since.isoformat(),
        local.strftime("%Y-%m-%d %H:%M"),
        wording.word_age(now - since),
    )


@register.filter
def moment(at: datetime | None) -> SafeString:
    """Show a time to the minute, in the desk's zone."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at)
    shown = local.strftime("%Y-%m-%d %H:%M")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.filter
def day(at: datetime) -> SafeString:
    """Show the day of a time, in the desk's zone."""
    shown = timezone.localtime(at).strftime("%Y-%m-%d")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.filter
def minutes_left(until: datetime | None, now: datetime) -> int:
    """Whole minutes until a time; none once it has gone by."""
    left = (until - now if until else timedelta()).total_seconds()
    return max(int(left // 60), 0)


@register.filter
def html_language(code: str) -> str:
    """Language tag of a report's language for a page."""
    return wording.html_language(code)


@register.filter
def as_json(value: Any) -> SafeString:
    """Show an event's body as text."""
    return texts.show_line(msgspec.json.encode(value).decode())


@register.filter
def hex(value: bytes) -> str:  # noqa: A001 - the filter's name
    """Show bytes as hexadecimal digits."""
    return value.hex()


@register.filter
def report_number(subject: str) -> int | None:
    """Number of the report that an event is about; None where it is about something else."""
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "report" and number.isdigit() else None


@register.filter
def founder(key: str) -> str:
    """Number of the report after which a cluster is named."""
    return str(key).partition("-")[0]


@register.filter
def contact_field(name: str) -> str:
    """Name of a field of a contact."""
    return wording.word(wording.CONTACTS, name)


@register.filter
def count(bounded: Any) -> str:
    """Show a count that stops at a limit."""
    return f"{bounded.count}+" if bounded.is_more else str(bounded.count)
