"""Pages that say that something cannot be had, and the log that says it without anybody's words."""

import logging
import sys
import traceback

from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tipline.domain.duties import NotAllowed
from tipline.interfaces.desk.shown.wording import fill

_log = logging.getLogger("tipline.desk")


def show_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the request could not be understood."""
    return _say(request, 400, _("This request could not be understood."))


def show_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the officer may not do this, and which part is missing."""
    default = _("Your role does not include this.")
    said = fill(exception.message, {}) if isinstance(exception, NotAllowed) else default
    return _say(request, 403, said)


def show_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that there is no such thing, or none that this officer may know of."""
    return _say(request, 404, _("There is no such page, or it is not for you."))


def show_500(request: HttpRequest) -> HttpResponse:
    """Say that something failed here."""
    return _say(request, 500, _("Something failed here. Nothing that you sent was kept halfway."))


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Refuse a form that did not come from a page of this session."""
    return _say(request, 403, _("This form is too old or did not come from here. Try again."))


@receiver(got_request_exception, dispatch_uid="desk_mishap")
def log_mishap(**_told: object) -> None:
    """Log kind and places of an unexpected exception; never its message: it may quote a person."""
    failed = sys.exc_info()[1]
    frames = traceback.extract_tb(failed.__traceback__ if failed else None)[-6:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _log.error("a page failed: %s at %s", type(failed).__name__, places)


def _say(request: HttpRequest, status: int, said: str) -> HttpResponse:
    return render(request, "desk/error.html", {"status": status, "said": said}, status=status)
