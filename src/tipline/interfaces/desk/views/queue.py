"""The queue: what waits, the most urgent first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tipline.interfaces.desk.forms.queue import QueueForm
from tipline.interfaces.desk.officer import get_actor
from tipline.store.queries import header, queue

STATES_COUNTED = ("assessed", "in_review", "waiting")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the queue under the filters asked for."""
    actor, now = get_actor(request), timezone.now()
    form = QueueForm(request.GET, actor=actor)
    filters = form.read_filter()
    after = request.GET.get("after", "")
    try:
        page = queue.list_queue(actor=actor, filters=filters, now=now, after=after)
    except queue.AfterRefused:
        page = queue.list_queue(actor=actor, filters=filters, now=now)
    shown = {
        "form": form,
        "page_rows": page.rows,
        "next_query": _query(request, page.next) if page.next else "",
        "first_query": _query(request, ""),
        "is_first": not after,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "count": queue.count_queue(actor=actor, filters=filters, now=now),
        "oldest_at": queue.get_oldest(actor=actor, filters=filters, now=now),
        "head": header.get_header(actor=actor, now=now),
        "template": filters.template if filters.template.isalnum() else "",
        "now": now,
    }
    return render(request, "desk/queue.html", shown)


def _query(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    if after:
        query["after"] = after
    return query.urlencode()
