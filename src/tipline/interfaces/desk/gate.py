"""The gate before every page: who is there, is the session still good, may they come here."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tipline.domain.duties import NotAllowed, may_anywhere
from tipline.interfaces.desk.accounts import EPOCH, SINCE, has_second_factor, showed_second_factor
from tipline.interfaces.desk.dress import Answer
from tipline.interfaces.desk.officer import get_actor, get_officer
from tipline.interfaces.desk.routes import BY_NAME, Door, Route
from tipline.interfaces.desk.views import errors
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.case_access import CaseUnknown
from tipline.store.queries.rulings import SubjectUnknown
from tipline.store.queries.standing import OrderUnknown, RulingUnknown

OUT_OF_REACH = frozenset({"region", "case", "own"})
UNKNOWN = (ReportUnknown, CaseUnknown, OrderUnknown, RulingUnknown, SubjectUnknown)
Check = Callable[[HttpRequest, Route], HttpResponseBase | None]


def _check_signed_in(request: HttpRequest, _route: Route) -> HttpResponseBase | None:
    return None if request.user.is_authenticated else _send_to_login(request)


def _check_session(request: HttpRequest, _route: Route) -> HttpResponseBase | None:
    age = timezone.now().timestamp() - request.session.get(SINCE, 0)
    is_same = request.session.get(EPOCH) == get_officer(request).session_epoch
    if is_same and 0 <= age < settings.TIPLINE.session_minutes * 60:
        return None
    return _end_session(request)


def _check_password(request: HttpRequest, route: Route) -> HttpResponseBase | None:
    if route.needs is Door.ENROL or not get_officer(request).must_change_password:
        return None
    messages.info(request, _("Choose a password of your own first."))
    return redirect("account_change_password")


def _check_second_factor(request: HttpRequest, route: Route) -> HttpResponseBase | None:
    if settings.TIPLINE.second_factor != "required" or route.needs is Door.ENROL:
        return None
    if showed_second_factor(request):
        return None
    if has_second_factor(request):  # set up elsewhere since: sign in again, with it
        return _end_session(request)
    messages.info(request, _("Set up your second factor first."))
    return redirect("mfa_activate_totp")


def _check_duty(request: HttpRequest, route: Route) -> HttpResponseBase | None:
    actor = get_actor(request)
    if route.actions and not any(may_anywhere(actor, action) for action in route.actions):
        raise PermissionDenied
    return None


CHECKS: tuple[Check, ...] = (
    _check_signed_in,
    _check_session,
    _check_password,
    _check_second_factor,
    _check_duty,
)


class Gate:
    """Middleware that lets a request through to its page, sends it elsewhere or refuses it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the work is done once the page is known."""
        return self._answer(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: object,
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Ask every question in turn; the first that has an answer decides.

        Raises:
            Http404: the page has no row in the table of routes.
            PermissionDenied: the officer's role has no part in the page's action.

        """
        match = request.resolver_match
        route = BY_NAME.get(match.url_name or "") if match else None
        if route is None:
            raise Http404
        if route.needs is Door.OPEN:
            return None
        return next((sent for check in CHECKS if (sent := check(request, route))), None)

    def process_exception(
        self, request: HttpRequest, refused: Exception
    ) -> HttpResponseBase | None:
        """Answer what the table of duties refused; whether a report exists is not told."""
        if isinstance(refused, UNKNOWN) or getattr(refused, "why", "") in OUT_OF_REACH:
            return errors.show_404(request, refused)
        if isinstance(refused, NotAllowed):
            return errors.show_403(request, refused)
        return None


def _end_session(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    messages.info(request, _("Your session has ended. Please sign in again."))
    return _send_to_login(request)


def _send_to_login(request: HttpRequest) -> HttpResponseBase:
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    query = f"?{urlencode(back)}" if back and request.path != "/" else ""
    return redirect(reverse("account_login") + query)
