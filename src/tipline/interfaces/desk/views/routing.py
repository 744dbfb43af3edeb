"""Which agency gets which reports, kept by an administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from tipline.interfaces.desk.forms.queue import name_agencies
from tipline.interfaces.desk.forms.routing import RuleForm, name_prefixes
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import routing
from tipline.store.queries.routing import list_rules


@require_http_methods(["GET", "POST"])
def keep_rules(request: HttpRequest) -> HttpResponseBase:
    """List the rules, and set one."""
    form = RuleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rule, actor = form.rule, get_actor(request)
        routing.set_rule(rule=rule, by=actor, now=timezone.now())
        messages.success(request, _("The rule is kept."))
        return redirect("routing")
    offences, agencies = dict(name_prefixes()), dict(name_agencies())
    rules = [
        {
            "offence": each.offence,
            "offence_name": offences.get(each.offence, each.offence),
            "region": each.region,
            "agency_name": agencies.get(each.agency, each.agency),
        }
        for each in list_rules()
    ]
    shown = {"form": form, "rules": rules}
    return render(request, "desk/routing.html", shown, status=422 if form.errors else 200)


@require_POST
def remove_rule(request: HttpRequest) -> HttpResponseBase:
    """Remove a rule."""
    offence, region = request.POST.get("offence", ""), request.POST.get("region", "")
    actor = get_actor(request)
    attempt(
        request,
        lambda: routing.remove_rule(offence=offence, region=region, by=actor, now=timezone.now()),
        done=gettext_noop("The rule is removed."),
    )
    return redirect("routing")
