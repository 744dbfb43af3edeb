"""Officers and agencies, kept by an administrator."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipline.domain.duties import NotAllowed
from tipline.interfaces.desk.forms.queue import name_agencies
from tipline.interfaces.desk.forms.staff import (
    AgencyForm,
    NewOfficerForm,
    OfficerForm,
    read_agency,
    read_officer,
)
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.wording import fill
from tipline.interfaces.desk.views.attempt import attempt, word_refusal
from tipline.services import staff
from tipline.store.queries.staff import OfficerRow, get_officer, list_agencies, list_officers

PASSWORD_GROUPS, GROUP_LETTERS = 4, "abcdefghjkmnpqrstuvwxyz23456789"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the officers that the reader may know of."""
    names = dict(name_agencies())
    rows = list_officers(actor=get_actor(request))
    officers = [(row, names.get(row.agency, row.agency)) for row in rows]
    return render(request, "desk/staff.html", {"officers": officers})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Add an officer; their one-time password is shown on this answer and nowhere else."""
    form = NewOfficerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _draw_form(request, form, status=422 if form.is_bound else 200)
    password = make_password()
    given = form.cleaned_data
    new = staff.NewOfficer(
        username=given["username"],
        display_name=given["display_name"],
        role=form.chosen_role,
        region=given["region"],
        agency=given["agency"],
        password=password,
        must_change_password=True,
    )
    actor, reason = get_actor(request), given["reason"]
    is_done = _try_on(
        form,
        lambda: staff.make_officer(officer=new, by=actor, now=timezone.now(), reason=reason),
    )
    if not is_done:
        return _draw_form(request, form, status=422)
    return _show_password(request, username=new.username, password=password)


@require_http_methods(["GET", "POST"])
def alter(request: HttpRequest, officer: int) -> HttpResponseBase:
    """Change an officer's role, agency or region; their sessions end at once."""
    row = _find(officer)
    form = OfficerForm(request.POST or None, initial=read_officer(row))
    if not form.is_valid():
        return _draw_form(request, form, row=row, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    post = staff.Post(role=form.chosen_role, region=given["region"], agency=given["agency"])
    actor, reason = get_actor(request), given["reason"]
    is_done = _try_on(
        form,
        lambda: staff.change_role(
            officer=officer, post=post, by=actor, now=timezone.now(), reason=reason
        ),
    )
    if not is_done:
        return _draw_form(request, form, row=row, status=422)
    messages.success(request, _("Changed. Their sessions have ended."))
    return redirect("staff")


@require_POST
def renew_password(request: HttpRequest, officer: int) -> HttpResponseBase:
    """Give an officer a one-time password, shown on this answer and nowhere else."""
    row, password, actor = _find(officer), make_password(), get_actor(request)
    is_done = attempt(
        request,
        lambda: staff.set_password(
            officer=officer, password=password, by=actor, now=timezone.now(), must_change=True
        ),
    )
    if not is_done:
        return redirect("staff")
    return _show_password(request, username=row.username, password=password)


@require_POST
def end_access(request: HttpRequest, officer: int) -> HttpResponseBase:
    """Shut an officer out, at once and everywhere."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: staff.deactivate(officer=officer, by=actor, now=timezone.now()),
        done=gettext_noop("They are shut out, and their sessions have ended."),
    )
    return redirect("staff")


@require_POST
def renew_access(request: HttpRequest, officer: int) -> HttpResponseBase:
    """Let an officer in again."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: staff.reactivate(officer=officer, by=actor, now=timezone.now()),
        done=gettext_noop("They may sign in again."),
    )
    return redirect("staff")


@require_http_methods(["GET", "POST"])
def keep_agencies(request: HttpRequest) -> HttpResponseBase:
    """List the agencies, add one, or alter the one whose code is given."""
    agencies = list_agencies()
    chosen = next((each for each in agencies if each.code == request.GET.get("code")), None)
    initial = read_agency(chosen) if chosen else None
    form = AgencyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _keep(request, form, is_known=_knows(form, agencies)):
        return redirect("agencies")
    shown = {"form": form, "agencies": agencies, "chosen": chosen}
    return render(request, "desk/agencies.html", shown, status=422 if form.errors else 200)


def make_password() -> str:
    """Make a one-time password that can be read out: 16 letters and digits in groups of four."""
    groups = (
        "".join(secrets.choice(GROUP_LETTERS) for _letter in range(4))
        for _group in range(PASSWORD_GROUPS)
    )
    return "-".join(groups)


def _keep(request: HttpRequest, form: AgencyForm, *, is_known: bool) -> bool:
    actor, agency = get_actor(request), staff.NewAgency(**form.cleaned_data)
    keep = staff.alter_agency if is_known else staff.make_agency
    is_kept = _try_on(form, lambda: keep(agency=agency, by=actor, now=timezone.now()))
    if is_kept:
        messages.success(request, _("The agency is kept."))
    return is_kept


def _knows(form: AgencyForm, agencies: tuple[Any, ...]) -> bool:
    return any(each.code == form.cleaned_data["code"] for each in agencies)


def _try_on(form: Any, work: Callable[[], Any]) -> bool:
    try:
        work()
    except staff.StaffRefused as refused:
        form.add_error(
            refused.field if refused.field in form.fields else None, word_refusal(refused)
        )
    except NotAllowed as refused:
        form.add_error("reason" if refused.why == "reason" else None, fill(refused.message, {}))
    return not form.errors


def _find(officer: int) -> OfficerRow:
    row = get_officer(officer=officer)
    if row is None:
        raise Http404
    return row


def _draw_form(
    request: HttpRequest, form: OfficerForm, *, row: OfficerRow | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "desk/officer.html", {"form": form, "row": row}, status=status)


def _show_password(request: HttpRequest, **shown: str) -> HttpResponse:
    return render(request, "desk/password_once.html", shown)
