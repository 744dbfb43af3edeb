"""Reports that tell the same text: how often, since when, with which numbers, in which words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tipline.interfaces.desk.officer import get_actor
from tipline.store.queries.told import PAGE, WordingRow, get_group, list_members

TEXT_MAX = 1_000


@require_safe
def show(request: HttpRequest, group: str) -> HttpResponse:
    """Show a group of which the officer may read at least one report."""
    actor, now = get_actor(request), timezone.now()
    found = get_group(actor=actor, group=group, now=now)
    if found is None or not found.visible:
        raise Http404
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    members = list_members(actor=actor, group=group, now=now, before=before)
    shown = {
        "group": found,
        "most": max((count for _, count in found.weeks), default=1),
        "wordings": [_shorten(each) for each in found.wordings],
        "members": [(each, round(each.likeness * 100)) for each in members],
        "next_before": members[-1].report if len(members) == PAGE else None,
    }
    return render(request, "desk/group.html", shown)


def _shorten(wording: WordingRow) -> WordingRow:
    if len(wording.text) <= TEXT_MAX:
        return wording
    return WordingRow(f"{wording.text[:TEXT_MAX]}…", wording.count, wording.report)
