"""Orders: the list, one order, its draft, and everything that officers do with it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipline import wiring
from tipline.interfaces.desk.forms.orders import (
    AssignForm,
    DraftForm,
    ExtendForm,
    FilterForm,
    RuleForm,
)
from tipline.interfaces.desk.forms.rulings import ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.orders import list_doings
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import drafts, orders, supervision
from tipline.store.queries import orders as queries, rulings
from tipline.vault import OpeningKey

Work = Callable[..., Any]


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """List the orders that the officer may read."""
    form = FilterForm(request.GET if "state" in request.GET else {"state": "open"})
    state = form.cleaned_data["state"] if form.is_valid() else "open"
    now = timezone.now()
    rows = queries.list_orders(actor=get_actor(request), state=state, now=now)
    return render(request, "desk/orders.html", {"rows": rows, "form": form, "now": now})


@require_safe
def show(request: HttpRequest, order: int) -> HttpResponse:
    """Show one order with all of its steps, and what the officer may do."""
    page = queries.get_order(actor=get_actor(request), order=order)
    shown = {"order": page, "doings": list_doings(page, make_forms(page)), "now": timezone.now()}
    return render(request, "desk/order.html", shown)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, ruling: int) -> HttpResponseBase:
    """Draft an order from a decision."""
    actor = get_actor(request)
    page = rulings.get_ruling(actor=actor, ruling=ruling)
    told = rulings.list_excerpts(ruling=ruling)
    named = [(each.kind, each.value) for each in page.actions if each.state != "reversed"]
    subjects = [
        (kind, value, told.get((kind, value)) or told.get(("", value), ""), "")
        for kind, value in named
    ]
    form = DraftForm(request.POST if request.method == "POST" else None, subjects=subjects)
    work = partial(drafts.draft_order, ruling=ruling, by=actor)
    return _keep_draft(request, form, work, back=("ruling", ruling))


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, order: int) -> HttpResponseBase:
    """Write a draft anew."""
    actor = get_actor(request)
    page = queries.get_order(actor=actor, order=order)
    subjects = [(each.kind, each.value, each.extract, each.demand) for each in page.items]
    initial = {
        "deadline": timezone.localtime(page.deadline).date(),
        **{name: getattr(page, name) for name in ("recipient", "demand", "provision", "redress")},
        **{name: getattr(page, name) for name in ("is_emergency", "is_listed")},
    }
    given = request.POST if request.method == "POST" else None
    form = DraftForm(given, subjects=subjects, initial=initial)
    work = partial(drafts.revise_order, order=order, by=actor)
    return _keep_draft(request, form, work, back=("order", order))


@require_POST
def approve(request: HttpRequest, order: int) -> HttpResponseBase:
    """Agree to a draft."""
    return _do(request, order, orders.approve_order, gettext_noop("You stand behind this order."))


@require_POST
def issue(request: HttpRequest, order: int) -> HttpResponseBase:
    """Issue an approved order, or an emergency order at once."""
    work = partial(orders.issue_order, desk_key=get_desk_key())
    return _do(request, order, work, gettext_noop("Issued. Hand its code to the recipient."))


@require_POST
def ratify(request: HttpRequest, order: int) -> HttpResponseBase:
    """Ratify an emergency order."""
    return _do(request, order, orders.ratify_order, gettext_noop("Ratified. It does not lapse."))


@require_POST
def list_publicly(request: HttpRequest, order: int) -> HttpResponseBase:
    """Put an order on the public register, or take it off."""
    work = partial(orders.list_order, is_listed="off" not in request.POST)
    return _do(request, order, work, gettext_noop("The public register follows."))


@require_POST
def inspect(request: HttpRequest, order: int) -> HttpResponseBase:
    """Have the items inspected again."""
    done = gettext_noop("An inspection is queued.")
    return _do(request, order, supervision.inspect_order, done)


@require_POST
def read(request: HttpRequest, order: int) -> HttpResponseBase:
    """Note that the respondent's answers were read."""
    return _do(request, order, supervision.read_answers, gettext_noop("Noted as read."))


@require_POST
def extend(request: HttpRequest, order: int) -> HttpResponseBase:
    """Give a later deadline, or refuse a wish for it."""
    if "refuse" in request.POST:
        work = partial(supervision.refuse_extension, reason=request.POST.get("reason", ""))
        return _do(request, order, work, gettext_noop("Refused. The respondent will be told."))
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _refuse(request, order)
    work = partial(
        supervision.extend_order,
        deadline=form.read_deadline(),
        reason=form.cleaned_data["reason"],
    )
    return _do(request, order, work, gettext_noop("Extended. The respondent will be told."))


@require_POST
def rule(request: HttpRequest, order: int) -> HttpResponseBase:
    """Say whether the order was complied with."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _refuse(request, order)
    work = partial(supervision.rule_order, **form.cleaned_data)
    return _do(request, order, work, gettext_noop("Decided. The respondent will be told."))


@require_POST
def assign(request: HttpRequest, order: int) -> HttpResponseBase:
    """Give the order to an agency below."""
    work = partial(supervision.assign_order, agency=request.POST.get("agency", ""))
    return _do(request, order, work, gettext_noop("Assigned. The agency carries it out."))


@require_POST
def close(request: HttpRequest, order: int) -> HttpResponseBase:
    """Close an order that was ruled on."""
    work = partial(supervision.close_order, reason=request.POST.get("reason", ""))
    return _do(request, order, work, gettext_noop("Closed. The respondent will be told."))


@require_POST
def withdraw(request: HttpRequest, order: int) -> HttpResponseBase:
    """Withdraw an order or a draft."""
    work = partial(supervision.withdraw_order, reason=request.POST.get("reason", ""))
    return _do(request, order, work, gettext_noop("Withdrawn. It binds nobody any more."))


@require_POST
def show_code(request: HttpRequest, order: int) -> HttpResponse:
    """Show the order's code, to be handed to its recipient; on this answer and nowhere else."""
    row = queries.find_for_code(actor=get_actor(request), order=order)
    codes: list[str] = []
    attempt(request, lambda: codes.append(orders.open_code(row, desk_key=get_desk_key())))
    shown = {"order": row, "code": codes[0] if codes else ""}
    return render(request, "desk/order_code.html", shown, status=200 if codes else 409)


@cache
def get_desk_key() -> OpeningKey:
    """Give the key that orders' codes are sealed to."""
    return wiring.load_desk_key(settings.TIPLINE)


def make_forms(page: queries.OrderPage) -> dict[str, Any]:
    """Make the forms of an order's page, by what they do."""
    language = get_language() or "en"
    agencies = [
        (code, zh if language.startswith("zh") else en)
        for code, en, zh in queries.list_agencies_below(region=page.region)
    ]
    reasons = ("close", "withdraw", "refuse")
    return {
        "extend": ExtendForm(auto_id="extend-%s"),
        "rule": RuleForm(auto_id="rule-%s", initial={"ruling": page.proposed}),
        "assign": AssignForm(agencies=agencies, auto_id="assign-%s"),
        **{name: ReasonForm(auto_id=f"{name}-%s") for name in reasons},
    }


def _keep_draft(
    request: HttpRequest, form: DraftForm, work: Work, *, back: tuple[str, int]
) -> HttpResponseBase:
    if not form.is_valid():
        return _draw_draft(request, form, back, status=422 if form.is_bound else 200)
    made: list[Any] = []
    keep = partial(work, draft=form.read_draft(), now=timezone.now())
    done = gettext_noop("The draft is kept. It needs a lead and a legal officer behind it.")
    if not attempt(request, lambda: made.append(keep()), done=done):
        return _draw_draft(request, form, back, status=422)
    return redirect("order", made[0] or back[1])


def _draw_draft(
    request: HttpRequest, form: DraftForm, back: tuple[str, int], *, status: int
) -> HttpResponse:
    shown = {"form": form, "back": back, "is_new": back[0] == "ruling"}
    return render(request, "desk/order_draft.html", shown, status=status)


def _refuse(request: HttpRequest, order: int) -> HttpResponseBase:
    messages.error(request, _("Fill in every field."))
    return redirect("order", order)


def _do(request: HttpRequest, order: int, work: Work, done: str) -> HttpResponseBase:  # noqa: PLR0917 - the four of every act
    actor = get_actor(request)
    attempt(request, lambda: work(order=order, by=actor, now=timezone.now()), done=done)
    return redirect("order", order)
