"""Show a reporter's contact, once, for a written reason."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from tipline import wiring
from tipline.interfaces.desk.forms.report import ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.interfaces.desk.views.report import load_report, render_report
from tipline.services import contact


@require_POST
def reveal(request: HttpRequest, index: int) -> HttpResponseBase:
    """Keep the reason, then show the contact on this answer and nowhere else."""
    page, form = load_report(request, index), ReasonForm(request.POST)
    if not form.is_valid():
        return render_report(request, page, reason_form=form, status=422)
    shown: list[object] = []
    attempt(request, lambda: shown.append(_open(request, index, form.cleaned_data["reason"])))
    return render_report(request, load_report(request, index), contact=shown)


def _open(request: HttpRequest, index: int, reason: str) -> object:
    return contact.reveal_contact(
        report=index,
        reason=reason,
        by=get_actor(request),
        now=timezone.now(),
        identity_key=wiring.load_identity_key(settings.TIPLINE),
    )
