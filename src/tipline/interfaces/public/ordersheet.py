"""Turn what an order's code opens into what its respondent sees, in their language."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, gettext_noop

from tipline.domain.disposal.measures import AUTOMATION, SUBJECT_NAMES, SubjectKind
from tipline.domain.disposal.orders import ORDER_STATE_NAMES
from tipline.domain.disposal.served import ACT_NAMES, RESULTS, SAID, Act, Served, list_acts
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.public.fields import Field, Mistake
from tipline.services.respondents import Line, OrderThread, OwnAnswer
from tipline.vault import Attachment


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """A form by which the respondent does something; ``place`` tells it from others on the page."""

    act: str
    place: str
    key: str
    button: str
    item: int = 0
    fields: Sequence[Field] = ()
    kept: Sequence[Attachment] = ()
    kept_token: str = ""
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed into one form that comes back, and what is wrong with it."""

    place: str
    key: str
    text: str
    days: str
    error: str
    error_field: str
    mistakes: Sequence[Mistake] = ()
    kept: Sequence[Attachment] = ()
    kept_token: str = ""

    def list_mistakes(self) -> list[Mistake]:
        """List what is wrong for the summary of errors."""
        field = f"{self.error_field}-{self.place}" if self.error_field else ""
        own = [Mistake(field, self.error)] if self.error else []
        return [*own, *self.mistakes]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the order, with its time to the minute."""

    leaf_index: int
    title: str
    at: str
    is_own: bool
    told: str = ""
    text: str = ""
    files: Sequence[str] = ()


def find_place(act: Act, item: int) -> str:
    """Name the place of a form on the page."""
    return f"item-{item}" if act is Act.ANSWER and item else act.value


def show_order(thread: OrderThread) -> dict[str, object]:
    """Describe the order, where it stands and what happened, for the page."""
    sheet, language = thread.sheet, get_language() or "en"
    return {
        "sheet": sheet,
        "agency": sheet.agency_zh if language.startswith("zh") else sheet.agency_en,
        "offences": [_name_offence(code, language) for code in sheet.offences],
        "automation": _(AUTOMATION[sheet.automation]),
        "state": _(ORDER_STATE_NAMES[thread.state]),
        "is_over": thread.state in {"withdrawn", "lapsed"},
        "issued": word_moment(sheet.issued_at),
        "deadline": word_moment(thread.deadline),
        "steps": [_show_step(line) for line in thread.lines],
    }


def list_items(thread: OrderThread, forms: dict[str, ActForm]) -> list[dict[str, object]]:
    """Describe each item with what the last inspection said of it and the form to answer it."""
    return [
        {
            "item": item,
            "kind": _(SUBJECT_NAMES[SubjectKind(item.kind)]),
            "verdict": name_verdict(thread.verdicts.get(str(item.number), "")),
            "form": forms.get(f"item-{item.number}"),
        }
        for item in thread.sheet.items
    ]


def make_forms(
    thread: OrderThread, *, file_hint: str, typed: Typed | None = None
) -> dict[str, ActForm]:
    """Make the forms of all acts that are open now, by place."""
    acts = list_acts(thread.state)
    items = [item.number for item in thread.sheet.items]
    wanted = [(act, number) for act in acts for number in (items if act is Act.ANSWER else [0])]
    forms = (_make_form(act, number, file_hint=file_hint, typed=typed) for act, number in wanted)
    return {form.place: form for form in forms}


def name_verdict(verdict: str) -> str:
    """Say what an inspection found of one item."""
    return _(VERDICTS[verdict]) if verdict in VERDICTS else verdict


def word_moment(at: str) -> str:
    """Write an ISO 8601 time to the minute, where the hotline is."""
    return localtime(datetime.fromisoformat(at)).strftime("%Y-%m-%d %H:%M") if at else ""


def _make_form(act: Act, item: int, *, file_hint: str, typed: Typed | None) -> ActForm:
    place = find_place(act, item)
    back = typed if typed and typed.place == place else None
    fields = [make(place, file_hint, back) for make in _FIELDS[act]]
    return ActForm(
        act=act.value,
        item=item,
        place=place,
        key=back.key if back else secrets.token_urlsafe(16),
        button=_(_BUTTONS[act]),
        fields=fields,
        kept=back.kept if back else (),
        kept_token=back.kept_token if back else "",
        is_open=back is not None,
    )


def _ask_words(place: str, _hint: str, back: Typed | None) -> Field:
    act = place.partition("-")[0]
    return Field(
        name="text",
        place=place,
        label=_(_LABELS[act]),
        kind="textarea",
        is_short=True,
        value=back.text if back else "",
        error=back.error if back and back.error_field == "text" else "",
    )


def _ask_files(place: str, hint: str, _back: Typed | None) -> Field:
    return Field(name="files", place=place, label=_("Files"), hint=hint, kind="file")


def _ask_days(place: str, _hint: str, back: Typed | None) -> Field:
    return Field(
        name="days",
        place=place,
        label=_("Days more"),
        inputmode="numeric",
        value=back.days if back else "",
        error=back.error if back and back.error_field == "days" else "",
        is_required=True,
    )


_FIELDS = {
    Act.ACKNOWLEDGE: (),
    Act.ANSWER: (_ask_words, _ask_files),
    Act.EXTENSION: (_ask_days, _ask_words, _ask_files),
    Act.INSPECTION: (_ask_words,),
    Act.APPEAL: (_ask_words, _ask_files),
}


_BUTTONS = {
    Act.ACKNOWLEDGE: gettext_noop("Acknowledge the order"),
    Act.ANSWER: gettext_noop("Send the answer"),
    Act.EXTENSION: gettext_noop("Ask for more time"),
    Act.INSPECTION: gettext_noop("Ask for an inspection now"),
    Act.APPEAL: gettext_noop("Send the appeal"),
}
_LABELS = {
    "item": gettext_noop("What was done about it"),
    "extension": gettext_noop("Why you need more time"),
    "inspection": gettext_noop("What the inspection should look at"),
    "appeal": gettext_noop("Why the order is wrong"),
}
VERDICTS = {
    "removed": gettext_noop("removed"),
    "changed": gettext_noop("changed"),
    "still_present": gettext_noop("still there"),
    "moved": gettext_noop("moved elsewhere"),
    "cloaked": gettext_noop("shown to some visitors only"),
    "inconclusive": gettext_noop("not settled"),
}


def _show_step(line: Line) -> Step:
    if line.said:
        return _show_said(line.leaf_index, line.said)
    return _show_own(line.leaf_index, line.sent or OwnAnswer(at="", act="answer"))


def _show_said(leaf_index: int, said: Served) -> Step:
    told = [_(RESULTS[said.result])] if said.result in RESULTS else []
    if said.type == "order.ruled":
        told.append(_(ORDER_STATE_NAMES[_STATES[said.state]]))
    if said.type in {"order.extended", "order.reopened", "order.reminded"}:
        told.append(_("Deadline: %(at)s") % {"at": word_moment(said.deadline)})
    return Step(
        leaf_index=leaf_index,
        title=_(SAID.get(said.type, said.type)),
        at=word_moment(said.at),
        is_own=False,
        told=" · ".join(told),
        text=said.text,
    )


_STATES = {state.value: state for state in ORDER_STATE_NAMES}


def _show_own(leaf_index: int, sent: OwnAnswer) -> Step:
    told = []
    if sent.item:
        told.append(_("Item %(number)s") % {"number": sent.item})
    if sent.days:
        told.append(_("Days more: %(days)s") % {"days": sent.days})
    return Step(
        leaf_index=leaf_index,
        title=_(ACT_NAMES[Act(sent.act)]),
        at=word_moment(sent.at),
        is_own=True,
        told=" · ".join(told),
        text=sent.text,
        files=sent.files,
    )


def _name_offence(code: str, language: str) -> str:
    offence = OFFENCES[code]
    articles = ", ".join(offence.articles)
    told = _("%(offence)s (Criminal Law, articles %(articles)s)")
    return told % {"offence": offence.name(language), "articles": articles}
