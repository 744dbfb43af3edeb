"""Take a report up, put it down, give it to somebody."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_POST

from tipline.interfaces.desk.forms.report import NoteForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.interfaces.desk.views.report import (
    load_report,
    make_assign_form,
    make_route_form,
    render_report,
)
from tipline.interfaces.desk.views.turning import turn
from tipline.services import correction, disposal
from tipline.store.queries import queue

TRIES = 5


@require_POST
def take_next(request: HttpRequest) -> HttpResponseBase:
    """Claim the first free report and open it; of two who ask at once, each gets another."""
    actor = get_actor(request)
    for _try in range(TRIES):
        index = queue.get_next(actor=actor, now=timezone.now())
        if index is None:
            break
        try:
            disposal.claim_report(report=index, by=actor, now=timezone.now(), lasts=_lasts())
        except disposal.ReportHeld:
            continue
        return redirect("report", index)
    messages.info(request, _("Nothing free is waiting for you."))
    return redirect("queue")


@require_POST
def claim(request: HttpRequest, index: int) -> HttpResponseBase:
    """Claim a report, or prolong one's claim."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: disposal.claim_report(report=index, by=actor, now=timezone.now(), lasts=_lasts()),
    )
    return turn(request, _page(index))


@require_POST
def skip(request: HttpRequest, index: int) -> HttpResponseBase:
    """Leave a report to others for now."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: disposal.skip_report(report=index, by=actor, now=timezone.now()),
        done=gettext_noop("Skipped. It stays in the queue for others."),
    )
    return turn(request, "queue")


@require_POST
def release(request: HttpRequest, index: int) -> HttpResponseBase:
    """Give a claim back."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: disposal.release_report(report=index, by=actor, now=timezone.now()),
        done=gettext_noop("Given back. It is free for others."),
    )
    return turn(request, "queue")


@require_POST
def assign(request: HttpRequest, index: int) -> HttpResponseBase:
    """Give a report to an officer."""
    actor = get_actor(request)
    form = make_assign_form(actor, load_report(request, index), request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("This officer cannot be given this report."))
        return redirect("report", index)
    to = form.cleaned_data["officer"]
    attempt(
        request,
        lambda: disposal.assign_report(report=index, to=to, by=actor, now=timezone.now()),
        done=gettext_noop("Assigned."),
    )
    return turn(request, _page(index))


@require_POST
def route(request: HttpRequest, index: int) -> HttpResponseBase:
    """Send a report to another region."""
    actor = get_actor(request)
    form = make_route_form(actor, load_report(request, index), request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("Choose a region."))
        return redirect("report", index)
    region = form.cleaned_data["region"]
    attempt(
        request,
        lambda: correction.route_report(report=index, region=region, by=actor, now=timezone.now()),
        done=gettext_noop("Sent to the other region."),
    )
    return redirect("queue")


@require_POST
def note(request: HttpRequest, index: int) -> HttpResponseBase:
    """Write a note for colleagues."""
    actor, form = get_actor(request), NoteForm(request.POST)
    if not form.is_valid():
        return render_report(request, load_report(request, index), note_form=form, status=422)
    text = form.cleaned_data["text"]
    attempt(
        request,
        lambda: disposal.note_report(report=index, text=text, by=actor, now=timezone.now()),
        done=gettext_noop("The note is kept."),
    )
    return redirect("report", index)


def _lasts() -> timedelta:
    return timedelta(minutes=settings.TIPLINE.claim_minutes)


def _page(index: int) -> str:
    return reverse("report", args=[index])
