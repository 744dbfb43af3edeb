"""Cases: the list, a new one, and all that one case holds."""

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from tipline.domain.case.facts import METRICS
from tipline.domain.case.state import CASE_TRANSITIONS
from tipline.domain.disposal.outcome import REASONS
from tipline.domain.duties import Action, Actor, may
from tipline.interfaces.desk.forms import case as forms
from tipline.interfaces.desk.forms.cases import CaseFilterForm
from tipline.interfaces.desk.forms.queue import name_agencies
from tipline.interfaces.desk.forms.report import NoteForm, ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.flows import draw_flows
from tipline.interfaces.desk.shown.wording import word_outcome, word_reason
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services.case import closing, opening
from tipline.store.queries import cases
from tipline.store.queries.case_access import find_case
from tipline.store.queries.case_page import get_case, list_offers
from tipline.store.queries.case_rows import CasePage
from tipline.store.queries.staff import list_serving

ON_CASE = (
    Action.WORK_CASE,
    Action.STATE_FACT,
    Action.LEAD_CASE,
    Action.TRANSFER_CASE,
    Action.CLOSE_CASE,
    Action.REVEAL_PERSON,
)
FORMS = {
    "describe": forms.DescribeForm,
    "extend": forms.PartsForm,
    "reduce": forms.PartsForm,
    "note": NoteForm,
    "task": forms.TaskForm,
    "done": forms.DoneForm,
    "fact": forms.FactForm,
    "fact_withdraw": forms.WithdrawForm,
    "flow": forms.FlowForm,
    "flow_withdraw": forms.WithdrawForm,
    "person": forms.PersonForm,
    "reveal": ReasonForm,
    "lead": forms.LeadForm,
    "place": forms.ParentForm,
    "refer": forms.ReferForm,
    "answer": forms.AnswerForm,
    "offer": forms.OfferForm,
    "merge": forms.OtherForm,
    "split": forms.SplitForm,
    "suspend": forms.TurnForm,
    "resume": forms.TurnForm,
    "close": forms.CloseForm,
}


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the cases that the officer may read, and those offered to their agency."""
    actor = get_actor(request)
    form = CaseFilterForm(request.GET, actor=actor)
    before = request.GET.get("before", "")
    page = cases.list_cases(
        actor=actor,
        filters=form.read_filter(),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else 0,
    )
    query = request.GET.copy()
    query["before"] = str(page.next)
    shown = {
        "form": form,
        "list": page,
        "next_query": query.urlencode() if page.next else "",
        "offers": list_offers(actor=actor),
        "agencies": dict(name_agencies()),
    }
    return render(request, "desk/cases.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponseBase:
    """Open a case, with the reports that the address or the form names."""
    actor = get_actor(request)
    if request.method != "POST":
        begin = {
            "reports": " ".join(request.GET.getlist("report")),
            "gang": request.GET.get("gang"),
            "agency": actor.agency,
            "title": request.GET.get("title", ""),
        }
        return render(request, "desk/case_open.html", {"form": forms.OpenForm(initial=begin)})
    form = forms.OpenForm(request.POST)
    made: list[str] = []
    if form.is_valid() and attempt(
        request, lambda: made.append(_open(form.cleaned_data, actor)), done=gettext_noop("Opened.")
    ):
        return redirect("case", made[0])
    return render(request, "desk/case_open.html", {"form": form}, status=422)


@require_safe
def show(request: HttpRequest, case: str) -> HttpResponse:
    """Show one case."""
    return render_case(request, load_case(request, case))


def load_case(request: HttpRequest, number: str) -> CasePage:
    """Load a case by its number for the officer who asks.

    Raises:
        CaseUnknown: there is none, or they may not read it.

    """
    return get_case(actor=get_actor(request), case=find_case(number=number))


def render_case(
    request: HttpRequest,
    page: CasePage,
    *,
    faulty: dict[str, Any] | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Draw the page of a case; ``faulty`` replaces those that have faults."""
    actor = get_actor(request)
    access = page.access
    can = {
        action.value: may(actor, action, region=access.region, is_decided=access.is_over)
        for action in ON_CASE
    }
    drawn = {
        "case": page,
        "now": timezone.now(),
        "can": can,
        "turns": {state.value for state in CASE_TRANSITIONS[access.state]},
        "is_at_work": not access.is_over,
        "picture": draw_flows(page.flows),
        "metrics": METRICS,
        "agencies": dict(name_agencies()),
        "forms": {
            **{name: make_form(each, page) for name, each in FORMS.items()},
            **(faulty or {}),
        },
    }
    return render(request, "desk/case.html", {**drawn, **shown}, status=status)


def make_form(kind: Any, page: CasePage, data: Any = None) -> Any:
    """Make one of the page's forms, with what there is to choose from."""
    more: dict[str, Any] = {}
    if kind in {forms.TaskForm, forms.LeadForm}:
        officers = list_serving(region=page.access.region)
        more["officers"] = [(each.id, each.display_name) for each in officers]
    if kind is forms.CloseForm:
        more["choices"] = list_outcomes()
    if kind is forms.DescribeForm:
        told = {"title": page.title, "method": page.method, "offences": page.access.offences}
        more["initial"] = told
    made: django_forms.Form = kind(data, auto_id=f"{kind.__name__.lower()}-%s", **more)
    return made


def list_outcomes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Outcomes that may settle the reports of a case, each with its reasons."""
    return [
        (
            word_outcome(outcome),
            [
                (f"{outcome.value}:{template.key}", word_reason(template.key, {}))
                for template in REASONS[outcome]
            ],
        )
        for outcome in closing.CLOSING
    ]


def _open(given: dict[str, Any], actor: Actor) -> str:
    number = given["parent"]
    case = opening.NewCase(
        title=given["title"],
        agency=given["agency"],
        offences=tuple(given["offences"]),
        method=given["method"],
        reports=given["reports"],
        gang=given["gang"],
        parent=find_case(number=number) if number else None,
        lead=actor.id,
    )
    made = opening.open_case(case=case, by=actor, now=timezone.now())
    return get_case(actor=actor, case=made).access.number
