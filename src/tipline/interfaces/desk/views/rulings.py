"""Decisions on subjects: the list, a new one with its preview, one decision, one subject."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipline.interfaces.desk.forms.rulings import DecideForm, ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import measures
from tipline.store.queries import rulings

PREFILLED = ("kind", "subjects", "evidence", "case", "offences", "overrides")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the newest decisions that the officer may read."""
    state = request.GET.get("state", "")
    rows = rulings.list_rulings(actor=get_actor(request), state=state)
    return render(request, "desk/rulings.html", {"rows": rows, "state": state})


@require_safe
def show_subject(request: HttpRequest, subject: int) -> HttpResponse:
    """Show a subject with every decision about it."""
    page = rulings.get_subject(actor=get_actor(request), subject=subject)
    return render(request, "desk/subject_page.html", {"subject": page})


@require_safe
def show_ruling(request: HttpRequest, ruling: int) -> HttpResponse:
    """Show a decision with its actions."""
    return _draw(request, ruling)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponseBase:
    """Write a decision; with ``preview``, only show what would be done."""
    if request.method != "POST":
        given = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return _draw_form(request, DecideForm(initial=given))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _draw_form(request, form, status=422)
    asked: dict[str, Any] = {
        "verdict": form.read_verdict(),
        "case": form.cleaned_data["case"].strip(),
        "overrides": form.cleaned_data["overrides"],
        "by": get_actor(request),
        "now": timezone.now(),
    }
    made: list[Any] = []
    is_preview = "preview" in request.POST
    work = measures.preview_decision if is_preview else measures.decide_subjects
    done = "" if is_preview else gettext_noop("Decided. Look at what waits for a second person.")
    if not attempt(request, lambda: made.append(work(**asked)), done=done):
        return _draw_form(request, form, status=422)
    if is_preview:
        return _draw_form(request, form, preview=made[0])
    return redirect("ruling", made[0])


@require_POST
def confirm(request: HttpRequest, ruling: int) -> HttpResponseBase:
    """Agree as the second person, or refuse with a reason."""
    given: dict[str, Any] = {"ruling": ruling, "by": get_actor(request), "now": timezone.now()}
    work = partial(measures.confirm_decision, **given)
    done = gettext_noop("Confirmed. It can be carried out.")
    if "refuse" in request.POST:
        reason = request.POST.get("reason", "")
        work = partial(measures.refuse_decision, **given, reason=reason)
        done = gettext_noop("Refused. Nothing of it is carried out.")
    attempt(request, work, done=done)
    return redirect("ruling", ruling)


@require_POST
def perform(request: HttpRequest, ruling: int) -> HttpResponseBase:
    """Say that the chosen actions were carried out."""
    work = partial(
        measures.perform_actions,
        ruling=ruling,
        actions=_read_chosen(request),
        by=get_actor(request),
        now=timezone.now(),
    )
    attempt(request, work, done=gettext_noop("Noted as carried out."))
    return redirect("ruling", ruling)


@require_POST
def reverse(request: HttpRequest, ruling: int) -> HttpResponseBase:
    """Undo the chosen actions."""
    work = partial(
        measures.reverse_actions,
        ruling=ruling,
        actions=_read_chosen(request),
        reason=request.POST.get("reason", ""),
        by=get_actor(request),
        now=timezone.now(),
    )
    attempt(request, work, done=gettext_noop("Reversed. Your reason is kept."))
    return redirect("ruling", ruling)


def _read_chosen(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("action") if each.isdecimal()]


def _draw(request: HttpRequest, ruling: int, *, status: int = 200) -> HttpResponse:
    page = rulings.get_ruling(actor=get_actor(request), ruling=ruling)
    shown = {
        "ruling": page,
        "states": {each.state.value for each in page.actions},
        "reason_form": ReasonForm(auto_id="reverse-%s"),
        "refuse_form": ReasonForm(auto_id="refuse-%s"),
    }
    return render(request, "desk/ruling.html", shown, status=status)


def _draw_form(
    request: HttpRequest,
    form: DecideForm,
    *,
    preview: measures.Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {"form": form, "preview": preview}
    return render(request, "desk/decide_subjects.html", shown, status=status)
