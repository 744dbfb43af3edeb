"""What every page of the desk shows around its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy as _

from tipline.domain.duties import ROLE_NAMES, Action, Role, may_anywhere
from tipline.domain.intake import region
from tipline.interfaces.desk.accounts import name_site
from tipline.store.queries.search import count_fresh

MENU = (
    ("queue", (Action.READ_QUEUE,), _("Queue")),
    ("search", (Action.SEARCH,), _("Search")),
    ("rulings", (Action.READ_SUBJECTS,), _("Decisions")),
    ("orders", (Action.READ_ORDERS,), _("Orders")),
    ("clusters", (Action.READ_CLUSTER,), _("Clusters")),
    ("cases", (Action.READ_CASE,), _("Cases")),
    ("ledger", (Action.READ_AUDIT, Action.READ_SYSTEM_AUDIT), _("Events")),
    ("quarantine", (Action.READ_QUARANTINE,), _("Quarantine")),
    ("lists", (Action.READ_LISTS,), _("Lists")),
    ("models", (Action.READ_MODELS,), _("Models")),
    ("staff", (Action.READ_STAFF,), _("Staff")),
    ("agencies", (Action.MANAGE_AGENCIES,), _("Agencies")),
    ("routing", (Action.MANAGE_AGENCIES,), _("Routing")),
)
HTML_LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}


def describe_page(request: HttpRequest) -> dict[str, Any]:
    """Name of the hotline, language, and for an officer: their menu, role and region."""
    language = get_language() or "en"
    page: dict[str, Any] = {
        "site_name": name_site(),
        "html_language": HTML_LANGUAGES.get(language, "en"),
        "languages": settings.LANGUAGES,
        "language": language,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        page |= _describe_officer(user, language)
    return {"page": page}


def _describe_officer(user: Any, language: str) -> dict[str, Any]:
    may_search = may_anywhere(user.actor, Action.SEARCH)
    return {
        "fresh_hits": count_fresh(actor=user.actor) if may_search else 0,
        "menu": [
            (name, label)
            for name, actions, label in MENU
            if any(may_anywhere(user.actor, action) for action in actions)
        ],
        "role_name": ROLE_NAMES[Role(user.role)],
        "region_name": region.name_of(user.region, language),
    }
