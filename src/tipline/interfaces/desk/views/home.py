"""Where an officer's work begins."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tipline.domain.duties import Action, may_anywhere
from tipline.interfaces.desk.officer import get_actor

FIRST = (
    ("queue", Action.READ_QUEUE),
    ("ledger", Action.READ_AUDIT),
    ("staff", Action.READ_STAFF),
)


@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Lead to the first page that is part of the officer's role."""
    actor = get_actor(request)
    return redirect(
        next((name for name, action in FIRST if may_anywhere(actor, action)), "account")
    )
