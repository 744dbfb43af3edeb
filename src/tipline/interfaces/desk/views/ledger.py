"""The audit: what happened at the desk, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tipline.interfaces.desk.forms.ledger import LedgerForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.bodies import show_body
from tipline.store.queries import audit


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the events that the officer may read."""
    form = LedgerForm(request.GET)
    before = request.GET.get("before", "")
    page = audit.list_events(
        actor=get_actor(request),
        filters=form.read_filter(),
        now=timezone.now(),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0,
    )
    query = request.GET.copy()
    query["before"] = str(page.next)
    shown = {
        "form": form,
        "rows": [(each, show_body(each.subject, each.body)) for each in page.rows],
        "next_query": query.urlencode() if page.next else "",
        "chain": audit.get_chain(),
    }
    return render(request, "desk/ledger.html", shown)
