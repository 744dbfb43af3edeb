"""Ask a service to do something, and say how it went."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from tipline.domain.case.facts import WHY_NOT as WHY_NO_FIGURE, FigureRefused
from tipline.domain.case.people import PersonRefused
from tipline.domain.case.state import CaseStateRefused
from tipline.domain.disposal.measures import MeasureRefused
from tipline.domain.disposal.orders import OrderRefused
from tipline.domain.disposal.outcome import DecisionRefused
from tipline.domain.disposal.state import TransitionRefused
from tipline.domain.triage.correction import WHY_NOT, CorrectionRefused
from tipline.domain.triage.known import EntryRefused
from tipline.domain.triage.known.entries import WHY_REFUSED
from tipline.domain.triage.search import QueryRefused
from tipline.interfaces.desk.shown.wording import CASE_REFUSALS, fill
from tipline.services import (
    contact,
    correction,
    disposal,
    known,
    link,
    quarantine,
    routing,
    search,
    staff,
)
from tipline.services.case.opening import CaseRefused
from tipline.services.case.people import PersonSealed
from tipline.store.queries.case_access import CaseUnknown, ReportsUnfit

REFUSALS: Mapping[type[Exception], str | Promise] = {
    disposal.ReportHeld: _("Another officer has this report in hand."),
    disposal.ReportFree: _("Nobody has this report in hand."),
    disposal.WordsMissing: _("Write something first."),
    contact.ContactMissing: _("The reporter left no contact."),
    contact.ContactSealed: _("The contact does not open with this desk's key."),
    disposal.DecisionStale: _(
        "Somebody else decided this report meanwhile. Look at their decision first."
    ),
    disposal.OfficerUnfit: _("This officer cannot be given this report."),
    routing.RuleRefused: _("There is no such rule."),
    quarantine.SetAsideUnknown: _("This was dealt with meanwhile."),
    correction.RegionUnknown: _("There is no such officer, agency or region."),
    known.ListRefused: _("There is no such list, or it has ended."),
    known.KnownUnchanged: _("It is so already."),
    search.SearchUnknown: _("You keep no such search."),
    search.SearchesFull: _("You keep as many searches as one may. Remove one first."),
    link.RulingRefused: _("Name two different reports."),
    link.ClusterUnknown: _("There is no such cluster."),
    CaseUnknown: _("There is no such case, or it is not for you."),
    CaseStateRefused: _("The state of the case does not allow this."),
    PersonRefused: _("Say something of the person."),
    PersonSealed: _("What is kept of the person does not open with this desk's key."),
    TransitionRefused: _("The report's state no longer allows this."),
}

FAULTS = {
    "taken": _("This name or code is taken."),
    "unknown": _("There is no such officer, agency or region."),
    "missing": _("Fill in every field."),
}


WORDED: tuple[type[Exception], ...] = (
    *REFUSALS,
    CaseRefused,
    FigureRefused,
    ReportsUnfit,
    CorrectionRefused,
    DecisionRefused,
    EntryRefused,
    QueryRefused,
    MeasureRefused,
    OrderRefused,
    staff.StaffRefused,
)


def word_refusal(refused: Exception) -> str:
    """Say in the reader's language what was refused.

    Raises:
        KeyError: the refusal is none that a page words.

    """
    if isinstance(refused, DecisionRefused | QueryRefused | MeasureRefused | OrderRefused):
        return fill(refused.message, getattr(refused, "params", {}))
    if isinstance(refused, CaseRefused | FigureRefused | ReportsUnfit):
        return _word_of_case(refused)
    if isinstance(refused, staff.StaffRefused):
        return str(FAULTS[refused.why])
    if isinstance(refused, (CorrectionRefused, EntryRefused)):
        return gettext({**WHY_NOT, **WHY_REFUSED}[refused.why])
    return str(REFUSALS[type(refused)])


def _word_of_case(refused: Exception) -> str:
    if isinstance(refused, CaseRefused):
        return str(CASE_REFUSALS[refused.why])
    if isinstance(refused, FigureRefused):
        return gettext(WHY_NO_FIGURE[refused.why])
    if isinstance(refused, ReportsUnfit):
        numbers = gettext(", ").join(map(str, refused.reports[:20]))
        return gettext("These reports are not free for this: %(numbers)s.") % {"numbers": numbers}
    return ""


def attempt(request: HttpRequest, work: Callable[[], Any], *, done: str = "") -> bool:
    """Do ``work`` and tell the officer on the next page; gives whether it was done."""
    try:
        work()
    except WORDED as refused:
        messages.error(request, word_refusal(refused))
        return False
    if done:
        messages.success(request, gettext(done))
    return True
