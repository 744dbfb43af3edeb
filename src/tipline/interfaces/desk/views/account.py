"""The officer's own account."""

from allauth.account.views import PasswordChangeView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from tipline.interfaces.desk.accounts import has_second_factor, note_second_factor
from tipline.interfaces.desk.officer import get_officer


@require_safe
def show_account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and lead to what can be changed."""
    shown = {"officer": get_officer(request), "has_second_factor": has_second_factor(request)}
    return render(request, "desk/account.html", shown)


class ChangePasswordView(PasswordChangeView):
    """Change one's password, and go on to where one's work begins."""

    success_url = reverse_lazy("home")


class SetUpFactorView(ActivateTOTPView):
    """Set up an authenticator app; the recovery codes are shown next."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the app, and let this session go on with it."""
        response: HttpResponse = super().form_valid(form)
        note_second_factor(self.request, is_set_up=True)
        return response


class RemoveFactorView(DeactivateTOTPView):
    """Remove the authenticator app; where one is required, the next page sets up another."""

    success_url = reverse_lazy("account")

    def form_valid(self, form: Form) -> HttpResponse:
        """Forget the app, and that this session showed it."""
        response: HttpResponse = super().form_valid(form)
        note_second_factor(self.request, is_set_up=False)
        return response


set_up_factor = SetUpFactorView.as_view()
remove_factor = RemoveFactorView.as_view()
change_password = ChangePasswordView.as_view()
