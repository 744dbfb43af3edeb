"""The officer's own account."""

from allauth.account.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from tipline.interfaces.desk.accounts import has_second_factor
from tipline.interfaces.desk.officer import get_officer


@require_safe
def show_account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and lead to what can be changed."""
    shown = {"officer": get_officer(request), "has_second_factor": has_second_factor(request)}
    return render(request, "desk/account.html", shown)


class ChangePasswordView(PasswordChangeView):  # type: ignore[misc] - the library has no types
    """Change one's password, and go on to where one's work begins."""

    success_url = reverse_lazy("home")


change_password = ChangePasswordView.as_view()
