"""Pages for requests that cannot be answered: nothing there, too large, failed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from tipline.interfaces.public.rendering import render_page

# name: status, heading, what to do
REFUSALS = {
    "missing": (
        404,
        _("There is nothing at this address"),
        _(
            "It may have been mistyped. All that this site offers can be reached from its first page."
        ),
    ),
    "broken": (
        400,
        _("This could not be read"),
        _("What your browser sent is not a form of this site. Please open the form again."),
    ),
    "large": (
        413,
        _("This was too much at once"),
        _("Go back, send fewer or smaller files; you can add more later with your code."),
    ),
    "slow": (
        408,
        _("The connection was too slow"),
        _("Go back and send it again, perhaps first without files; you can add them later."),
    ),
    "failed": (
        500,
        _("Something went wrong on our side"),
        _("Nothing you did caused it. If you were sending a report, go back and send it again."),
    ),
}


def render_refusal(request: HttpRequest, name: str) -> HttpResponse:
    """Draw the page of a refusal of ``REFUSALS``."""
    status, heading, told = REFUSALS[name]
    return render_page(request, "plain", {"heading": heading, "told": told}, status=status)


def show_missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's handler404
    """Answer for an address that is not there; one without its last slash leads on."""
    try:
        resolve(request.path_info + "/")
    except Resolver404:
        return render_refusal(request, "missing")
    return HttpResponseRedirect(request.path_info + "/")


def show_failed(request: HttpRequest) -> HttpResponse:
    """Answer when a page failed."""
    return render_refusal(request, "failed")
