"""Accept, correct or dismiss one part of what the machine thinks."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tipline.domain.triage.correction import Part, Verb
from tipline.interfaces.desk.forms.correction import CorrectionForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.interfaces.desk.views.report import load_report
from tipline.services import correction


@require_POST
def correct(request: HttpRequest, index: int) -> HttpResponseBase:
    """Keep the officer's word, and come back to where they were on the page."""
    load_report(request, index)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what is to be done with it."))
        return redirect("report", index)
    word = form.word
    is_done = attempt(
        request,
        lambda: correction.correct_report(
            report=index,
            word=word,
            by=get_actor(request),
            now=timezone.now(),
            default_region=settings.TIPLINE.agency,
        ),
    )
    if is_done and word.part is Part.REGION and word.verb is not Verb.ACCEPT:
        messages.success(request, _("Sent to the other region."))
        return redirect("queue")
    return redirect(f"{reverse('report', args=[index])}#{form.cleaned_data['anchor']}")
