"""What can be done to a case: one row a deed, with its form, its service and what is said after."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST
from msgspec import Struct

from tipline import wiring
from tipline.domain.case.facts import Metric
from tipline.domain.case.people import PersonRole
from tipline.domain.case.state import HandoverState
from tipline.domain.duties import Actor
from tipline.interfaces.desk.forms import case as forms
from tipline.interfaces.desk.forms.report import NoteForm, ReasonForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.views.attempt import attempt
from tipline.interfaces.desk.views.case import load_case, make_form, render_case
from tipline.services.case import closing, facts, moving, opening, people, working
from tipline.store.queries.case_access import find_case

Given = Mapping[str, Any]
Work = Callable[[int, Any, Actor], object]


class Deed(Struct, frozen=True):
    """One thing that can be done: what is sent, what does it, what is said."""

    form: Any  # a class of forms
    work: Any  # a Work
    done: str


def _act(name: str) -> Callable[..., HttpResponseBase]:
    @require_POST
    def act(request: HttpRequest, case: str, **place: int) -> HttpResponseBase:
        actor, page = get_actor(request), load_case(request, case)
        deed = DEEDS[name]
        form = make_form(deed.form, page, request.POST)
        if not form.is_valid():
            return render_case(request, page, faulty={name: form}, status=422)
        form.place = place
        attempt(request, lambda: deed.work(page.access.case, form, actor), done=deed.done)
        return redirect("case", case)

    return act


@require_POST
def reveal(request: HttpRequest, case: str, person: int) -> HttpResponseBase:
    """Keep the reason, then show the person on this answer and nowhere else."""
    page, form = load_case(request, case), ReasonForm(request.POST)
    if not form.is_valid():
        return render_case(request, page, faulty={"reveal": form}, revealing=person, status=422)
    shown: list[dict[str, str]] = []
    attempt(
        request,
        lambda: shown.append(
            people.reveal_person(
                case=page.access.case,
                person=person,
                reason=form.cleaned_data["reason"],
                by=get_actor(request),
                now=timezone.now(),
                identity_key=wiring.load_identity_key(settings.TIPLINE),
            )
        ),
    )
    return render_case(
        request, load_case(request, case), shown=shown[0] if shown else None, revealing=person
    )


@require_POST
def answer(request: HttpRequest, handover: int) -> HttpResponseBase:
    """Answer an offer that was made to one's own agency."""
    form = forms.AnswerForm({**request.POST.dict(), "handover": handover})
    if form.is_valid():
        attempt(
            request,
            lambda: moving.answer_offer(
                handover=handover,
                is_accepted=form.cleaned_data["answer"] == HandoverState.ACCEPTED,
                text=form.cleaned_data["text"],
                by=get_actor(request),
                now=timezone.now(),
            ),
            done=gettext_noop("Your answer is kept."),
        )
    return redirect("cases")


def _state_fact(case: int, form: Any, by: Actor) -> object:
    given = {**form.cleaned_data, "metric": Metric(form.cleaned_data["metric"])}
    return facts.state_fact(case=case, fact=facts.NewFact(**given), by=by, now=timezone.now())


def _state_flow(case: int, form: Any, by: Actor) -> object:
    flow = facts.NewFlow(**form.cleaned_data)
    return facts.state_flow(case=case, flow=flow, by=by, now=timezone.now())


def _withdraw(work: Any, name: str) -> Work:
    def withdraw(case: int, form: Any, by: Actor) -> object:
        given = form.cleaned_data
        entry = {name: given["entry"]}
        return work(case=case, **entry, reason=given["reason"], by=by, now=timezone.now())

    return withdraw


def _plain(work: Any) -> Work:
    def run(case: int, form: Any, by: Actor) -> object:
        return work(case=case, **form.place, **form.cleaned_data, by=by, now=timezone.now())

    return run


def _parts(work: Any) -> Work:
    def run(case: int, form: Any, by: Actor) -> object:
        parts = {"reports": form.cleaned_data["reports"], "subjects": form.subjects}
        return work(case=case, **parts, by=by, now=timezone.now())

    return run


def _name_person(case: int, form: Any, by: Actor) -> object:
    return people.name_person(
        case=case,
        role=PersonRole(form.cleaned_data["role"]),
        told=form.told,
        by=by,
        now=timezone.now(),
        identity_key=wiring.load_identity_key(settings.TIPLINE),
    )


def _place(case: int, form: Any, by: Actor) -> object:
    number = form.cleaned_data["number"]
    parent = find_case(number=number) if number else None
    return moving.place_case(case=case, parent=parent, by=by, now=timezone.now())


def _merge(case: int, form: Any, by: Actor) -> object:
    into, reason = find_case(number=form.cleaned_data["number"]), form.cleaned_data["reason"]
    return opening.merge_case(case=case, into=into, reason=reason, by=by, now=timezone.now())


def _split(case: int, form: Any, by: Actor) -> object:
    new = opening.NewCase(**form.cleaned_data)
    return opening.split_case(case=case, new=new, by=by, now=timezone.now())


def _answer_referral(case: int, form: Any, by: Actor) -> object:
    given = form.cleaned_data
    return moving.answer_referral(
        case=case,
        handover=given["handover"],
        state=HandoverState(given["answer"]),
        text=given["text"],
        by=by,
        now=timezone.now(),
    )


def _close(case: int, form: Any, by: Actor) -> object:
    given = form.cleaned_data
    outcome, _colon, reason = given["choice"].partition(":")
    params = {"agency": given["agency"]} if given["agency"] else {}
    verdict = closing.Verdict(outcome=outcome, reason=reason, params=params, text=given["text"])
    return closing.close_case(
        case=case,
        summary=given["summary"],
        verdict=verdict if outcome else None,
        by=by,
        now=timezone.now(),
    )


DEEDS: Mapping[str, Deed] = {
    "describe": Deed(
        forms.DescribeForm, _plain(working.describe_case), gettext_noop("It is written anew.")
    ),
    "extend": Deed(
        forms.PartsForm, _parts(working.extend_case), gettext_noop("Added to the case.")
    ),
    "reduce": Deed(
        forms.PartsForm, _parts(working.reduce_case), gettext_noop("Taken out of the case.")
    ),
    "note": Deed(NoteForm, _plain(working.note_case), gettext_noop("The note is kept.")),
    "task": Deed(forms.TaskForm, _plain(working.set_task), gettext_noop("The task is set.")),
    "done": Deed(forms.DoneForm, _plain(working.do_task), gettext_noop("The task is done.")),
    "fact": Deed(forms.FactForm, _state_fact, gettext_noop("The figure is kept.")),
    "fact_withdraw": Deed(
        forms.WithdrawForm,
        _withdraw(facts.withdraw_fact, "fact"),
        gettext_noop("It counts for nothing any more."),
    ),
    "flow": Deed(forms.FlowForm, _state_flow, gettext_noop("The flow is kept.")),
    "flow_withdraw": Deed(
        forms.WithdrawForm,
        _withdraw(facts.withdraw_flow, "flow"),
        gettext_noop("It counts for nothing any more."),
    ),
    "person": Deed(forms.PersonForm, _name_person, gettext_noop("Kept under seal.")),
    "lead": Deed(forms.LeadForm, _plain(working.lead_case), gettext_noop("The lead is named.")),
    "place": Deed(forms.ParentForm, _place, gettext_noop("The case has its place.")),
    "refer": Deed(
        forms.ReferForm, _plain(moving.refer_case), gettext_noop("The referral is kept.")
    ),
    "answer": Deed(forms.AnswerForm, _answer_referral, gettext_noop("Their answer is kept.")),
    "offer": Deed(forms.OfferForm, _plain(moving.offer_case), gettext_noop("It is offered.")),
    "merge": Deed(forms.OtherForm, _merge, gettext_noop("It goes on in the other case.")),
    "split": Deed(forms.SplitForm, _split, gettext_noop("A case of its own was opened.")),
    "suspend": Deed(
        forms.TurnForm, _plain(closing.suspend_case), gettext_noop("The case is suspended.")
    ),
    "resume": Deed(
        forms.TurnForm, _plain(closing.resume_case), gettext_noop("The case is taken up again.")
    ),
    "close": Deed(forms.CloseForm, _close, gettext_noop("The case is closed.")),
}
ACTS = {name: _act(name) for name in DEEDS}
