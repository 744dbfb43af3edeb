"""Which model reads reports, how it does week by week, and how often officers agreed with it."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tipline.domain.triage.examples import give_example
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.desk.shown.trend import draw_weeks
from tipline.store.queries import training

_SHOWN = timedelta(weeks=26)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the model in use, its weeks, its precision, and all that were fitted here."""
    weeks = training.list_weeks(since=timezone.now() - _SHOWN)
    shown = {
        "in_use": training.get_model_in_use(),
        "weeks": weeks,
        "trend": draw_weeks(weeks),
        "precisions": training.list_precisions(),
        "versions": training.list_models(),
        "uses": training.list_uses(),
        "offences": list(list_offences()),
    }
    return render(request, "desk/models.html", shown)


def list_offences() -> Iterator[dict[str, str]]:
    """Give code, name, definition and example of each offence in the reader's language."""
    language = get_language() or "en"
    for code, each in OFFENCES.items():
        yield {
            "code": code,
            "name": each.name(language),
            "definition": each.define(language),
            "example": give_example(code, language),
        }
