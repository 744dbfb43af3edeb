"""Pages that only tell: first page, help, and the way out."""

import calendar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from tipline.interfaces.public.rendering import find_doorway, render_page
from tipline.interfaces.public.wording import HTML_LANGUAGES

CLEAR = '"cache", "cookies", "storage"'


@require_safe
async def choose_home(_request: HttpRequest) -> HttpResponse:
    """Lead to the first page in the language that suits the browser."""
    return HttpResponseRedirect(f"/{get_language()}/")


@require_safe
async def show_home(request: HttpRequest) -> HttpResponse:
    """Draw the first page."""
    return render_page(request, "home")


@require_safe
async def show_help(request: HttpRequest) -> HttpResponse:
    """Draw the page that explains how it works, what is kept, how to check a receipt."""
    return render_page(request, "help")


@require_safe
async def leave(request: HttpRequest) -> HttpResponse:
    """Lead out quickly to a page that says nothing, and let the browser forget this site."""
    exit_url = find_doorway(request).settings.exit_url
    response = HttpResponse(status=303) if exit_url else _draw_calendar(request)
    if exit_url:
        response["Location"] = exit_url
    response["Clear-Site-Data"] = CLEAR
    return response


def _draw_calendar(request: HttpRequest) -> HttpResponse:
    today = localdate()
    title = _("%(month)s %(year)s") % {"month": MONTHS[today.month], "year": today.year}
    context = {
        "title": title,
        "html_language": HTML_LANGUAGES[get_language() or "en"],
        "names": [WEEKDAYS_ABBR[day] for day in range(7)],
        "weeks": calendar.monthcalendar(today.year, today.month),
    }
    return render(request, "public/calendar.html", context)
