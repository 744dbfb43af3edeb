"""Decide a report, or ask the reporter first."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from tipline.interfaces.desk.forms.report import AskForm, DecideForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.wording import preview_outcome
from tipline.interfaces.desk.views.attempt import attempt
from tipline.interfaces.desk.views.report import load_report, render_report
from tipline.services import disposal


@require_POST
def decide(request: HttpRequest, index: int) -> HttpResponseBase:
    """Decide the report as the form says; with ``preview``, only show what would be read."""
    page, form = load_report(request, index), DecideForm(request.POST)
    if not form.is_valid():
        return render_report(request, page, decide_form=form, status=422)
    if "preview" in request.POST:
        told = preview_outcome(
            outcome=form.outcome, reason=form.reason, params=form.params, language=page.language
        )
        said = form.cleaned_data["text"]
        return render_report(request, page, decide_form=form, told=told, said=said)
    if not attempt(
        request,
        lambda: disposal.decide_report(
            report=index, ruling=_read_ruling(form), by=get_actor(request), now=timezone.now()
        ),
        done=gettext_noop("Decided. The reporter will be told."),
    ):
        return render_report(request, load_report(request, index), decide_form=form, status=409)
    return redirect("report", index)


@require_POST
def ask(request: HttpRequest, index: int) -> HttpResponseBase:
    """Ask the reporter a question."""
    actor, form = get_actor(request), AskForm(request.POST)
    if not form.is_valid():
        return render_report(request, load_report(request, index), ask_form=form, status=422)
    question = form.cleaned_data["question"]
    attempt(
        request,
        lambda: disposal.ask_reporter(
            report=index, question=question, by=actor, now=timezone.now()
        ),
        done=gettext_noop("Asked. The reporter sees it when they next look."),
    )
    return redirect("report", index)


def _read_ruling(form: DecideForm) -> disposal.Ruling:
    given = form.cleaned_data
    return disposal.Ruling(
        outcome=form.outcome,
        reason=form.reason,
        params=form.params,
        text=given["text"],
        note=given["note"],
        other_report=given["other_report"],
        overrides=given["overrides"],
        offence=given["offence"],
    )
