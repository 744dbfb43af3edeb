"""Words for what stands in a case."""

from typing import Any

from django import template
from django.utils.translation import gettext

from tipline.domain.case.facts import METRICS, Metric
from tipline.domain.case.people import PERSON_FIELDS, PERSON_ROLES, PersonRole
from tipline.domain.case.state import CASE_STATES, HANDOVER_STATES, CaseState, HandoverState
from tipline.domain.case.subjects import SUBJECTS

register = template.Library()


@register.filter
def case_state(code: str) -> str:
    """Name of a case's state."""
    return gettext(CASE_STATES[CaseState(code)])


@register.filter
def handover_state(code: str) -> str:
    """Where a transfer or a referral stands."""
    return gettext(HANDOVER_STATES[HandoverState(code)])


@register.filter
def person_role(code: str) -> str:
    """What somebody is in a case."""
    return gettext(PERSON_ROLES[PersonRole(code)])


@register.filter
def person_field(name: str) -> str:
    """Name of what is kept of a person."""
    return gettext(PERSON_FIELDS[name])


@register.filter
def thing(kind: str) -> str:
    """Name of a kind of thing that a case is about."""
    return gettext(SUBJECTS[kind]) if kind in SUBJECTS else kind


@register.filter
def metric(code: str) -> str:
    """What a figure of a case counts."""
    return gettext(METRICS[Metric(code)])


@register.filter
def figure(told: Any) -> str:
    """Write a figure or a total: "at least 20,000,000 CNY"."""
    value = f"{told.value:,f}"
    value = value.rstrip("0").rstrip(".") if "." in value else value
    return (
        gettext("at least %(value)s") % {"value": value} if told.relation == "at_least" else value
    )
