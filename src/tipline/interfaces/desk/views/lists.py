"""Lists of known subjects: what there is, what they say of one subject, and what they say wrongly."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from tipline import wiring
from tipline.domain.triage.known import EntryRefused, Shelf
from tipline.domain.triage.known.entries import split_entry
from tipline.interfaces.desk.forms.lists import CorrectForm, EndForm, LookForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt, word_refusal
from tipline.services import known
from tipline.store.queries import lists

REMOVED = gettext_noop("From now on no list accuses it. Your reason is kept.")
RESTORED = gettext_noop("Lists say of it again what they say. Your reason is kept.")
ENDED = gettext_noop("The list says nothing any more. Your reason is kept.")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the lists and, where asked, what they say of one subject."""
    return _draw(request, form=LookForm(request.GET if "value" in request.GET else None))


@require_POST
def remove(request: HttpRequest) -> HttpResponseBase:
    """Except a subject from every list, at once."""
    return _correct(request, known.remove_known, done=REMOVED)


@require_POST
def restore(request: HttpRequest) -> HttpResponseBase:
    """End an exception."""
    return _correct(request, known.restore_known, done=RESTORED)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponseBase:
    """End a whole list."""
    actor, form = get_actor(request), EndForm(request.POST)
    if not form.is_valid():
        return _draw(request, form=LookForm(), ending=(number, form), status=422)
    reason = form.cleaned_data["reason"]
    attempt(
        request,
        lambda: known.remove_list(number=number, reason=reason, by=actor, now=timezone.now()),
        done=ENDED,
    )
    return redirect("lists")


def _correct(request: HttpRequest, correct: Any, *, done: str) -> HttpResponseBase:
    actor, form = get_actor(request), CorrectForm(request.POST)
    subject = {name: request.POST.get(name, "") for name in ("kind", "value")}
    if not form.is_valid():
        return _draw(request, form=LookForm(subject), correcting=form, status=422)
    given = form.cleaned_data
    attempt(request, lambda: correct(**given, by=actor, now=timezone.now()), done=done)
    return redirect(f"{reverse('lists')}?{urlencode(subject)}")


def _draw(
    request: HttpRequest,
    *,
    form: LookForm,
    correcting: CorrectForm | None = None,
    ending: tuple[int, EndForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, shelf, today = get_actor(request), get_shelf(), timezone.now().date()
    rows = lists.list_lists(actor=actor, shelf=shelf, today=today)
    looked = _look_up(request, form)
    shown = {
        "form": form,
        "looked": looked,
        "subject": split_entry(looked.entry) if looked else None,
        "hits": [(hit, split_entry(hit.entry)) for hit in looked.every] if looked else [],
        "correcting": correcting or (_make_correcting(looked.entry) if looked else None),
        "items": [(row, _choose_ending(row.id, ending)) for row in rows],
        "own": lists.count_own(actor=actor),
        "exceptions": [(row, split_entry(row.entry)) for row in lists.list_exceptions(actor=actor)],
    }
    return render(request, "desk/lists.html", shown, status=status)


def _look_up(request: HttpRequest, form: LookForm) -> lists.Looked | None:
    if not form.is_bound or not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return lists.look_up(
            actor=get_actor(request),
            kind=given["kind"],
            value=given["value"],
            shelf=get_shelf(),
            today=timezone.now().date(),
        )
    except EntryRefused as refused:
        form.add_error("value", word_refusal(refused))
        return None


def _make_correcting(entry: str) -> CorrectForm:
    kind, value = split_entry(entry)
    return CorrectForm(initial={"kind": kind, "value": value}, auto_id="correct-%s")


def _choose_ending(number: int, ending: tuple[int, EndForm] | None) -> EndForm:
    if ending and ending[0] == number:
        return ending[1]
    return EndForm(auto_id=f"end-{number}-%s")


@cache
def get_shelf() -> Shelf:
    """Give this process's shelf of imported lists."""
    return wiring.open_shelf(settings.TIPLINE)
