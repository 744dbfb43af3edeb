"""Look through everything an officer may read; keep searches and see what they found."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from tipline.domain.triage.search import Query, QueryRefused, read_query
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import search
from tipline.store.queries.search import (
    PAGE,
    REACHES,
    find_elsewhere,
    find_records,
    list_fresh_hits,
    list_saved,
)

SAVED = gettext_noop("The search is kept. New hits are told here and in the menu.")
ENDED = gettext_noop("The search is kept no longer.")
_PAGES = {"report": "report"}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the search, what it finds, and the searches that are kept."""
    asked = request.GET.get("q", "")
    shown: dict[str, Any] = {"asked": asked, "saved": list_saved(actor=get_actor(request))}
    if asked:
        try:
            shown |= _find(request, read_query(asked))
        except QueryRefused as refused:
            shown["refused"] = gettext(refused.message) % refused.params
    return render(request, "desk/search.html", shown, status=422 if "refused" in shown else 200)


@require_POST
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep a search."""
    actor, asked = get_actor(request), request.POST.get("q", "")
    attempt(
        request,
        lambda: search.save_search(query=asked, by=actor, now=timezone.now()),
        done=SAVED,
    )
    return redirect(f"{reverse('search')}?{urlencode({'q': asked})}")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponseBase:
    """Keep a search no longer."""
    actor = get_actor(request)
    attempt(
        request,
        lambda: search.end_search(search=number, by=actor, now=timezone.now()),
        done=ENDED,
    )
    return redirect("search")


@require_safe
def show_hits(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show what a search found since it was last looked at."""
    actor, now = get_actor(request), timezone.now()
    saved = next((each for each in list_saved(actor=actor) if each.id == number), None)
    if saved is None:
        messages.error(request, gettext("You keep no such search."))
        return redirect("search")
    hits = list_fresh_hits(actor=actor, search=number, now=now)
    shown = {"found": saved, "hits": [(kind, link_record(kind, each)) for kind, each in hits]}
    return render(request, "desk/search_hits.html", shown)


@require_POST
def see(request: HttpRequest, number: int) -> HttpResponseBase:
    """Note that the officer has seen what a search found."""
    actor = get_actor(request)
    attempt(request, lambda: search.see_hits(search=number, by=actor, now=timezone.now()))
    return redirect("search")


def link_record(kind: str, number: int) -> tuple[str, int]:
    """Give where a record is shown, and its number."""
    return reverse(_PAGES[kind], args=(number,)), number


def _find(request: HttpRequest, query: Query) -> dict[str, Any]:
    actor, now = get_actor(request), timezone.now()
    kind, before = request.GET.get("kind", ""), request.GET.get("before", "")
    rows = find_records(
        actor=actor,
        query=query,
        now=now,
        kind=kind if kind in REACHES else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    return {
        "query": query,
        "kind": kind,
        "rows": [(each, link_record(each.kind, each.number)[0]) for each in rows[:PAGE]],
        "next_before": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "elsewhere": [
            zh if (get_language() or "").startswith("zh") else en
            for en, zh in find_elsewhere(actor=actor, query=query, now=now)
        ],
        "is_kept": any(each.query == shape(request) for each in list_saved(actor=actor)),
    }


def shape(request: HttpRequest) -> str:
    """Give the query as it would be kept."""
    return request.GET.get("q", "").strip()
