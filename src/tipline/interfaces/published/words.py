"""The domain's codes as sentences in the language that is being written."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_noop

from tipline.domain.disposal.measures import SUBJECT_NAMES, SubjectKind
from tipline.domain.disposal.orders import ORDER_STATE_NAMES, OrderState
from tipline.domain.disposal.served import RESULTS, SAID
from tipline.domain.triage.offences import OFFENCES
from tipline.store.queries.published import PublicOrder, PublicStep

DONE_BY_RECIPIENT: Mapping[str, str] = {
    "order.acknowledged": gettext_noop("The recipient acknowledged the order"),
    "order.answered": gettext_noop("The recipient answered"),
}
VERDICTS: Mapping[str, str] = {
    "removed": gettext_noop("removed"),
    "changed": gettext_noop("changed"),
    "still_present": gettext_noop("still there"),
    "moved": gettext_noop("moved elsewhere"),
    "cloaked": gettext_noop("shown to some visitors only"),
    "inconclusive": gettext_noop("not settled"),
}


def word_day(moment: datetime) -> str:
    """Write the day of ``moment``, where the hotline is."""
    return date_format(localtime(moment), "DATE_FORMAT")


def word_state(state: OrderState) -> str:
    """Name a state of an order."""
    return gettext(ORDER_STATE_NAMES[state])


def word_kind(kind: str) -> str:
    """Name a kind of thing."""
    return gettext(SUBJECT_NAMES[SubjectKind(kind)])


def word_verdict(verdict: str) -> str:
    """Say what an inspection found of one item; "" while there was none."""
    return gettext(VERDICTS[verdict]) if verdict in VERDICTS else verdict


def word_result(result: str) -> str:
    """Say what an inspection came to; "" for none."""
    return gettext(RESULTS[result]) if result in RESULTS else ""


def word_offences(codes: tuple[str, ...]) -> str:
    """Name the offences, one after the other."""
    language = get_language() or "en"
    return ("、" if language.startswith("zh") else "; ").join(
        OFFENCES[code].name(language) for code in codes
    )


def word_agency(order: PublicOrder) -> str:
    """Name the agency that carries the order out."""
    is_chinese = (get_language() or "en").startswith("zh")
    return order.agency_zh if is_chinese else order.agency_en


def word_step(step: PublicStep) -> str:
    """Say what happened, and what came of it."""
    said = gettext({**SAID, **DONE_BY_RECIPIENT}[step.kind])
    came = _word_outcome(step)
    return gettext("%(said)s: %(came)s") % {"said": said, "came": came} if came else said


def _word_outcome(step: PublicStep) -> str:
    if step.kind == "order.inspected":
        return word_result(step.result)
    if step.kind == "order.ruled":
        return word_state(OrderState(step.state))
    if step.kind in {"order.extended", "order.reopened"} and step.deadline:
        return word_day(datetime.fromisoformat(step.deadline))
    return ""
