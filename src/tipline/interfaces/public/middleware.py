"""Language by address, and the headers of every page."""

from collections.abc import Awaitable, Callable

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import async_only_middleware
from django.utils.translation import get_language_from_path, override

from tipline.interfaces.doorway.languages import choose_language
from tipline.interfaces.public.refusals import render_refusal

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Vary": "Accept-Language",
}
Answering = Callable[[HttpRequest], Awaitable[HttpResponse]]


@async_only_middleware
def dress_pages(get_response: Answering) -> Answering:
    """Answer in the language that the address names, else in one that the browser asks for."""

    async def answer(request: HttpRequest) -> HttpResponse:
        accepted = request.headers.get("Accept-Language", "")
        language = get_language_from_path(request.path_info) or choose_language(accepted)
        request.LANGUAGE_CODE = language
        with override(language):
            refusal = request.scope.get("refusal")  # type: ignore[attr-defined]  # ASGIRequest
            response = render_refusal(request, refusal) if refusal else await get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
