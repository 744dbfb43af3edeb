"""One report: what was sent, what the machine read, what was done."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_POST, require_safe

from tipline.domain.disposal.outcome import OUTCOMES, REASONS, action_for
from tipline.domain.duties import Action, Actor, NotAllowed, find_grant, may_anywhere
from tipline.interfaces.desk.forms import report as forms
from tipline.interfaces.desk.forms.queue import name_agencies
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.pictures import may_be_picture
from tipline.interfaces.desk.shown.wording import html_language, word_outcome, word_reason
from tipline.interfaces.desk.things import may_do
from tipline.interfaces.desk.views.opinion import draw_opinion
from tipline.services import oversight
from tipline.store.queries import staff
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.cluster import get_place
from tipline.store.queries.page import ReportPage
from tipline.store.queries.report import get_report
from tipline.store.queries.told import MemberRow, list_members

OPENED = "desk_opened"
OPENED_MAX = 50
SIMILAR = 5


@require_safe
def show(request: HttpRequest, index: int) -> HttpResponseBase:
    """Show a report, or first ask why where the officer's role must say so."""
    actor = get_actor(request)
    if needs_reason(actor) and index not in request.session.get(OPENED, []):
        return render(
            request, "desk/why.html", {"index": index, "form": forms.ReasonForm()}, status=200
        )
    return render_report(request, load_report(request, index))


@require_POST
def open_reasoned(request: HttpRequest, index: int) -> HttpResponseBase:
    """Keep the reason for which a report is opened, then show it for this session."""
    form = forms.ReasonForm(request.POST)
    _load(request, index, reason="asked for next")
    if not form.is_valid():
        return render(request, "desk/why.html", {"index": index, "form": form}, status=422)
    reason = form.cleaned_data["reason"]
    oversight.open_report(report=index, reason=reason, by=get_actor(request), now=timezone.now())
    request.session[OPENED] = [*request.session.get(OPENED, []), index][-OPENED_MAX:]
    return redirect("report", index)


@require_safe
def download_text(request: HttpRequest, index: int) -> HttpResponseBase:
    """Give the words exactly as they were sent, as a file that no browser shows."""
    page = load_report(request, index)
    response = HttpResponse(page.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report-{index}.txt"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def needs_reason(actor: Actor) -> bool:
    """Tell whether this officer reads reports only for a written reason."""
    grant = find_grant(actor, Action.READ_REPORT)
    return grant is not None and grant.needs_reason


def load_report(request: HttpRequest, index: int) -> ReportPage:
    """Load a report for the officer who asks.

    Raises:
        ReportUnknown: there is none, or they may not read it.

    """
    is_opened = index in request.session.get(OPENED, [])
    return _load(request, index, reason="opened in this session" if is_opened else "")


def _load(request: HttpRequest, index: int, *, reason: str) -> ReportPage:
    actor = get_actor(request)
    try:
        return get_report(actor=actor, report=index, now=timezone.now(), reason=reason)
    except NotAllowed as refused:
        raise ReportUnknown from refused


def render_report(
    request: HttpRequest,
    page: ReportPage,
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Draw the report page; ``shown`` replaces what would be shown, such as a form with faults."""
    actor = get_actor(request)
    drawn = {
        "report": page,
        "now": timezone.now(),
        **draw_opinion(page),
        "similar": list_similar(actor, page),
        "cluster": find_cluster(actor, page),
        "files": [(each, may_be_picture(each.type, each.name)) for each in page.files],
        "leaf_hash": page.leaf_hash.hex(),
        "agency_name": dict(name_agencies()).get(page.agency, page.agency),
        "outcomes": list_choices(actor, page),
        "decide_form": forms.DecideForm(initial=_begin(page)),
        "ask_form": forms.AskForm(),
        "note_form": forms.NoteForm(),
        "reason_form": forms.ReasonForm(),
        "assign_form": make_assign_form(actor, page),
        "route_form": make_route_form(actor, page),
    }
    return render(request, "desk/report.html", {**drawn, **shown}, status=status)


def list_similar(actor: Actor, page: ReportPage) -> list[MemberRow]:
    """The newest other reports of the same text that this officer may read."""
    if not page.template_group or not may_anywhere(actor, Action.READ_QUEUE):
        return []
    found = list_members(
        actor=actor, group=page.template_group, now=timezone.now(), size=SIMILAR + 1
    )
    return [each for each in found if each.report != page.report][:SIMILAR]


def find_cluster(actor: Actor, page: ReportPage) -> tuple[str, int] | None:
    """Key and size of the report's cluster, for one who may look at it."""
    if not may_anywhere(actor, Action.READ_CLUSTER):
        return None
    return get_place(actor=actor, report=page.report, now=timezone.now())


def list_choices(actor: Actor, page: ReportPage) -> list[dict[str, Any]]:
    """Outcomes that this officer may choose now, each with its reasons in both languages."""
    return [
        {
            "code": outcome.value,
            "name": word_outcome(outcome),
            "reasons": [
                {
                    "value": f"{outcome.value}:{template.key}",
                    "text": word_reason(template.key, {}),
                    "asks_text": template.asks_text,
                    **_word_other(template.key, page.language),
                }
                for template in REASONS[outcome]
            ],
        }
        for outcome in OUTCOMES
        if may_do(actor, action_for(outcome, page.state), page)
    ]


def make_assign_form(actor: Actor, page: ReportPage, data: Any = None) -> forms.AssignForm | None:
    """Form to assign the report, for one who may."""
    if not may_do(actor, Action.ASSIGN_REPORT, page):
        return None
    officers = staff.list_assignable(actor=actor, report=page.report, now=timezone.now())
    return forms.AssignForm(data, officers=[(each.id, each.display_name) for each in officers])


def make_route_form(actor: Actor, page: ReportPage, data: Any = None) -> forms.RouteForm | None:
    """Form to send the report to another region, for one who may."""
    may_route = may_do(actor, Action.ROUTE_REPORT, page)
    return forms.RouteForm(data, region=page.region) if may_route else None


def _word_other(reason: str, language: str) -> dict[str, str]:
    # What the reporter reads, where it is not in the language that the officer reads.
    other = html_language(language)
    if other == html_language(get_language() or "en"):
        return {}
    with override(language or "en"):
        return {"other_text": word_reason(reason, {}), "other_language": other}


def _begin(page: ReportPage) -> dict[str, Any]:
    held = page.held[0] if page.held else ""
    return {"overrides": page.decisions[-1].id if page.decisions else None, "offence": held}
