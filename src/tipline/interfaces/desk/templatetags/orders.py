"""Words of decisions on subjects and of orders, for templates of the desk."""

from django import template
from django.utils.translation import gettext

from tipline.domain.disposal.alarms import BELL_NAMES, Bell
from tipline.domain.disposal.measures import (
    ACTION_STATE_NAMES,
    AUTOMATION,
    MEASURES,
    SUBJECT_NAMES,
    ActionState,
    Measure,
    SubjectKind,
)
from tipline.domain.disposal.orders import ORDER_STATE_NAMES, OrderState
from tipline.domain.disposal.served import RESULTS
from tipline.interfaces.desk.shown import wording

register = template.Library()


@register.filter
def order_state(code: str) -> str:
    """Name of an order's state."""
    return gettext(ORDER_STATE_NAMES[OrderState(code)])


@register.filter
def action_state(code: str) -> str:
    """Name of an action's state."""
    return gettext(ACTION_STATE_NAMES[ActionState(code)])


@register.filter
def measure(code: str) -> str:
    """Name of a measure."""
    return gettext(MEASURES[Measure(code)].name)


@register.filter
def thing_kind(code: str) -> str:
    """Name of a kind of subject that is acted on."""
    return gettext(SUBJECT_NAMES[SubjectKind(code)])


@register.filter
def automation(code: str) -> str:
    """Say how something was found."""
    return gettext(AUTOMATION[code])


@register.filter
def bell(code: str) -> str:
    """Name of what an order's next alarm is for."""
    return gettext(BELL_NAMES[Bell(code)])


@register.filter
def result(code: str) -> str:
    """Say what an inspection came to."""
    return gettext(RESULTS[code]) if code in RESULTS else code


@register.filter
def respondent_act(code: str) -> str:
    """Name of what a respondent sent."""
    return wording.word(wording.RESPONDENT_ACTS, code)


@register.filter
def item_verdict(code: str) -> str:
    """Say what an inspection found of one item."""
    return wording.word(wording.ITEM_VERDICTS, code)
