"""Choose the language of an answer: the officer's own, then their cookie, then the browser's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from tipline.interfaces.desk.dress import Answer

SPOKEN = frozenset(code for code, _ in settings.LANGUAGES)


def find_language(request: HttpRequest) -> str:
    """Tell the language of this reader."""
    chosen = getattr(request.user, "language", "") or ""
    if chosen not in SPOKEN:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in SPOKEN else translation.get_language_from_request(request)


def speak_language(answer: Answer) -> Answer:
    """Answer in the reader's language."""

    def speak(request: HttpRequest) -> HttpResponseBase:
        language = find_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = answer(request)
            _render(response)
        response.headers.setdefault("Content-Language", language)
        return response

    return speak


def _render(response: HttpResponseBase) -> None:
    # A lazy template must be rendered while its language is still spoken.
    render = getattr(response, "render", None)
    if render is not None and not getattr(response, "is_rendered", True):
        render()
