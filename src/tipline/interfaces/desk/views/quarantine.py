"""What was set aside for a person to look at."""

import contextlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from tipline import wiring
from tipline.domain.duties import Action, check_may
from tipline.interfaces.desk.forms.report import ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import collect, quarantine
from tipline.settings import Settings
from tipline.store.queries.quarantine import list_quarantined

RETRIED = gettext_noop("It will be tried again.")
DISMISSED = gettext_noop("Dismissed. Your reason is kept.")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List steps that kept failing and records that would not open."""
    return _draw(request)


@require_POST
def retry(request: HttpRequest, job: int) -> HttpResponseBase:
    """Try a step again."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: quarantine.retry_step(job=job, by=actor, now=timezone.now()),
        done=RETRIED,
    )
    return redirect("quarantine")


@require_POST
def dismiss(request: HttpRequest, job: int) -> HttpResponseBase:
    """Give a step up, for a written reason."""
    actor, form = get_actor(request), ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, faulty=("step", job), form=form, status=422)
    reason = form.cleaned_data["reason"]
    attempt(
        request,
        lambda: quarantine.dismiss_step(job=job, reason=reason, by=actor, now=timezone.now()),
        done=DISMISSED,
    )
    return redirect("quarantine")


@require_POST
def retry_record(request: HttpRequest, index: int) -> HttpResponseBase:
    """Try to open a record of the vault again, now."""
    check_may(get_actor(request), Action.RETRY_STEP)
    if _try_record(index, by=get_actor(request).id):
        messages.success(request, _("It was opened, and has come to the desk."))
    else:
        messages.error(request, _("It still does not open."))
    return redirect("quarantine")


@require_POST
def dismiss_record(request: HttpRequest, index: int) -> HttpResponseBase:
    """Give a record up, for a written reason; it stays in the vault."""
    actor, form = get_actor(request), ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, faulty=("record", index), form=form, status=422)
    reason = form.cleaned_data["reason"]
    attempt(
        request,
        lambda: quarantine.dismiss_record(
            leaf_index=index, reason=reason, by=actor, now=timezone.now()
        ),
        done=DISMISSED,
    )
    return redirect("quarantine")


def _try_record(index: int, *, by: int) -> bool:
    house: Settings = settings.TIPLINE
    with contextlib.closing(wiring.connect_vault(house)) as vault:
        try:
            return collect.retry_record(
                index=index,
                vault=vault,
                desk_key=wiring.load_desk_key(house),
                by=by,
                now=timezone.now(),
            )
        except LookupError:
            raise Http404 from None


def _draw(
    request: HttpRequest,
    *,
    faulty: tuple[str, int] | None = None,
    form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list_quarantined(actor=get_actor(request))
    items = [
        (row, form if form and faulty == (row.what, row.id) else _make_form(row.what, row.id))
        for row in rows
    ]
    return render(request, "desk/quarantine.html", {"items": items}, status=status)


def _make_form(what: str, number: int) -> ReasonForm:
    return ReasonForm(auto_id=f"{what}-{number}-%s")
