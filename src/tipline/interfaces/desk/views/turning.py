"""Where to go after something was done."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def find_next(request: HttpRequest, default: str) -> str:
    """Give the address that the form asked to go to, if it is one of ours, else ``default``."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else default


def turn(request: HttpRequest, default: str) -> HttpResponseBase:
    """Go to where the form asked, or to ``default``: a route's name or an address."""
    wanted = find_next(request, "")
    return redirect(wanted or default)
