"""Draw a page: what all pages have in common, in the language of the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from tipline.interfaces.doorway.bodies import Scope
from tipline.interfaces.doorway.doorway import Doorway, get_doorway
from tipline.interfaces.public.sentform import SentForm
from tipline.interfaces.public.wording import HTML_LANGUAGES, LANGUAGE_NAMES
from tipline.settings import Settings

RETRY_SECONDS = "5"


@dataclass(frozen=True)
class Link:
    """A link of the head."""

    href: str
    label: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page shows."""

    site_name: str
    html_language: str
    other_href: str
    other_label: str
    other_html_language: str
    links: tuple[Link, ...]
    emergency_number: str
    outcome_days: int
    log_key: str


def find_doorway(request: HttpRequest) -> Doorway:
    """Find the doorway that the gateway put into the request's scope."""
    return get_doorway(find_scope(request))


def find_form(request: HttpRequest) -> SentForm:
    """Find what was posted; an empty form for a GET."""
    form: SentForm = find_scope(request)["form"]
    return form


def find_scope(request: HttpRequest) -> Scope:
    """Find the ASGI scope of the request."""
    scope: Scope = request.scope  # type: ignore[attr-defined]  # Django's ASGIRequest has it
    return scope


def render_page(
    request: HttpRequest,
    name: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw the template ``public/<name>.html``."""
    door = find_doorway(request)
    given = {"page": _make_page(request, door), **(context or {})}
    response = render(request, f"public/{name}.html", given, status=status)
    if status == 503:
        response["Retry-After"] = RETRY_SECONDS
    return response


def name_site(settings: Settings, language: str) -> str:
    """Tell the hotline's name in ``language``."""
    return settings.site_name_zh if language.startswith("zh") else settings.site_name_en


def _make_page(request: HttpRequest, door: Doorway) -> Page:
    language = get_language() or "en"
    other = "en" if language != "en" else "zh-hans"
    names = (
        ("home", _("Start")),
        ("report", _("Report")),
        ("status", _("My report")),
        ("help", _("Help")),
    )
    return Page(
        site_name=name_site(door.settings, language),
        html_language=HTML_LANGUAGES[language],
        other_href=_find_other(request.path, other),
        other_label=LANGUAGE_NAMES[other],
        other_html_language=HTML_LANGUAGES[other],
        links=tuple(
            Link(reverse(name), label, reverse(name) == request.path) for name, label in names
        ),
        emergency_number=door.settings.emergency_number,
        outcome_days=door.settings.outcome_days,
        log_key=door.log_key,
    )


def _find_other(path: str, other: str) -> str:
    # The same page in the other language; pages that only answer a POST lead to the status form.
    _lead, _language, rest = (*path.split("/", 2), "", "")[:3]
    first = rest.partition("/")[0]
    return f"/{other}/{first}/" if first in {"report", "status", "order", "help"} else f"/{other}/"
