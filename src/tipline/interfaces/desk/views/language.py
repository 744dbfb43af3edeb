"""Choose the language of the desk."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from tipline.interfaces.desk.forms.account import LanguageForm
from tipline.interfaces.desk.officer import get_officer
from tipline.interfaces.desk.views.turning import turn
from tipline.services import staff

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice in a cookie, and for an officer with their account."""
    response = turn(request, "home")
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return response
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        staff.set_language(officer=get_officer(request).pk, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
