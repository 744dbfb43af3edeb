"""Turn what a code opens into what its holder sees: a line for each record, in their language."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tipline.domain.disposal.outcome import OUTCOMES, Outcome
from tipline.domain.feedback.status import (
    Message,
    Promise,
    name_outcome,
    name_state,
    word_reason,
)
from tipline.interfaces.public.fields import Field, Mistake
from tipline.interfaces.public.wording import word, word_at, word_day
from tipline.services.mailbox import Letter, Mailbox
from tipline.vault import Attachment

MORE = "more"  # place of the form that answers no question


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """A form with which the holder answers or adds."""

    key: str
    question_id: str
    text: Field
    files: Field
    button: str
    kept: Sequence[Attachment] = ()
    kept_token: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One record of the thread as it is shown."""

    leaf_index: int
    title: str
    on: str
    is_own: bool
    reason: str = ""
    text: str = ""
    files: Sequence[str] = ()
    words: str = ""
    question_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed into one answer form that comes back, and what is wrong with it."""

    place: str
    key: str
    text: str
    error: str
    mistakes: Sequence[Mistake]
    kept: Sequence[Attachment]
    kept_token: str

    def list_mistakes(self) -> list[Mistake]:
        """List what is wrong for the summary of errors."""
        own = [Mistake(f"text-{self.place}", self.error)] if self.error else []
        return [*own, *self.mistakes]


def list_items(mailbox: Mailbox) -> list[Item]:
    """List the thread's records for the page, oldest first."""
    return [_show_said(each) if each.said else _show_own(each) for each in mailbox.letters]


def _show_own(letter: Letter) -> Item:
    own = letter.own
    is_report = letter.kind == "report"
    return Item(
        leaf_index=letter.leaf_index,
        title=_("You sent your report") if is_report else _("You added"),
        on=word_at(letter.at),
        is_own=True,
        text=own.text if own else "",
        files=own.files if own else (),
        words="" if is_report else _encode(letter.words),
    )


def _show_said(letter: Letter) -> Item:
    said = letter.said or Message(type="state", at="")
    return Item(
        leaf_index=letter.leaf_index,
        title=_TITLES[said.type](said),
        on=word_at(letter.at),
        is_own=False,
        reason=_word_reason(said),
        text=said.text,
        words=_encode(letter.words),
        question_id=said.question_id,
    )


def _entitle_outcome(said: Message) -> str:
    return _("Outcome: %(outcome)s") % {"outcome": _(name_outcome(said.outcome))}


def _entitle_state(said: Message) -> str:
    return _("Your report: %(state)s") % {"state": _(name_state(said.state))}


_TITLES = {
    "state": _entitle_state,
    "question": lambda _said: _("The officer asks you"),
    "outcome": _entitle_outcome,
}


def _encode(words: bytes) -> str:
    return base64.b64encode(words).decode()


def tell_status(mailbox: Mailbox, promised: Promise) -> dict[str, object]:
    """Say where the report stands, what that means and, once there is one, its outcome."""
    status = mailbox.status
    days = {"read_on": promised.read_by, "outcome_on": promised.outcome_by}
    params = {**promised.params, **{name: word_day(day) for name, day in days.items() if day}}
    told: dict[str, object] = {
        "state": _(name_state(status.state)),
        "state_means": word(promised.message, params),
    }
    if status.outcome:
        told["outcome"] = _(name_outcome(status.outcome))
        told["outcome_code"] = status.outcome
        told["outcome_means"] = _(OUTCOMES[Outcome(status.outcome)].meaning)
        last = [each for each in status.messages if each.type == "outcome"][-1]
        told["outcome_reason"] = _word_reason(last)
    return told


def _word_reason(said: Message) -> str:
    return word(word_reason(said.reason), said.params) if said.reason else ""


def make_forms(
    mailbox: Mailbox, *, file_hint: str, typed: Typed | None = None
) -> dict[str, AnswerForm]:
    """Make the answer forms by place: one for each open question, and one to add something."""
    back = (typed.place,) if typed else ()
    places = dict.fromkeys((*mailbox.status.open_questions, *back, MORE))
    return {place: _make_form(place, file_hint, typed) for place in places}


def _make_form(place: str, file_hint: str, typed: Typed | None) -> AnswerForm:
    back = typed if typed and typed.place == place else None
    is_answer = place != MORE
    label = _("Your answer") if is_answer else _("What do you want to add?")
    return AnswerForm(
        key=back.key if back else secrets.token_urlsafe(16),
        question_id=place if is_answer else "",
        text=Field(
            name="text",
            place=place,
            label=label,
            kind="textarea",
            is_short=True,
            value=back.text if back else "",
            error=back.error if back else "",
        ),
        files=Field(name="files", place=place, label=_("Files"), hint=file_hint, kind="file"),
        button=_("Send the answer") if is_answer else _("Add to my report"),
        kept=back.kept if back else (),
        kept_token=back.kept_token if back else "",
    )
