"""What an officer sends from the report page."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy as _

from tipline.domain.disposal.outcome import (
    REASONS,
    DecisionRefused,
    Outcome,
    check_decision,
)
from tipline.domain.intake import region as regions
from tipline.domain.words import list_unfilled
from tipline.interfaces.desk.forms.queue import name_known_offences
from tipline.interfaces.desk.shown.wording import fill

TEXT_MAX = 4_000
NOTE_MAX = 4_000


def _area(rows: int, **attributes: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attributes})


class DecideForm(forms.Form):
    """Outcome and reason in one choice, what fills the reason, and words beside it."""

    choice = forms.CharField(
        error_messages={"required": _("Choose an outcome and its reason.")}, max_length=80
    )
    agency = forms.CharField(label=_("Handed over to"), required=False, max_length=200)
    other_report = forms.IntegerField(
        label=_("Number of the earlier report"), required=False, min_value=0
    )
    text = forms.CharField(
        label=_("In your own words, for the reporter"),
        help_text=_("They read it exactly as you write it."),
        required=False,
        max_length=TEXT_MAX,
        widget=_area(3),
    )
    note = forms.CharField(
        label=_("Internal note"),
        help_text=_("For colleagues; never shown to the reporter."),
        required=False,
        max_length=NOTE_MAX,
        widget=_area(2),
    )
    offence = forms.ChoiceField(
        label=_("Offence"),
        help_text=_("What it was, as you see it; the machine learns from this."),
        required=False,
    )
    overrides = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("not said")), *name_known_offences()]

    @property
    def outcome(self) -> str:
        """The outcome's code, or nothing while none is chosen."""
        return self._split()[0]

    @property
    def reason(self) -> str:
        """The reason's key, or nothing while none is chosen."""
        return self._split()[1]

    @property
    def params(self) -> dict[str, Any]:
        """What fills the reason."""
        given = {"agency": self.cleaned_data.get("agency") or ""}
        template = next((each for each in self._templates() if each.key == self.reason), None)
        wanted = list_unfilled(template.message, {}) if template else ()
        return {name: given[name] for name in wanted if given.get(name)}

    def clean(self) -> dict[str, Any]:
        """Refuse what the domain would refuse, beside the field that it is about."""
        cleaned = super().clean() or self.cleaned_data
        if self.outcome and not self.errors:
            try:
                check_decision(
                    outcome=self.outcome,
                    reason=self.reason,
                    params=self.params,
                    text=cleaned.get("text") or "",
                    other_report=cleaned.get("other_report"),
                )
            except DecisionRefused as refused:
                field = {"text": "text", "params": "agency", "other_report": "other_report"}
                self.add_error(field.get(refused.why), fill(refused.message, refused.params))
        return cleaned

    def clean_choice(self) -> str:
        """Refuse what is neither an outcome nor one of its reasons."""
        choice = str(self.cleaned_data["choice"])
        outcome, _colon, reason = choice.partition(":")
        known = outcome in list(Outcome) and any(
            each.key == reason for each in REASONS[Outcome(outcome)]
        )
        if not known:
            raise forms.ValidationError(_("Choose an outcome and its reason."))
        return choice

    def _split(self) -> tuple[str, str]:
        outcome, _colon, reason = str(
            getattr(self, "cleaned_data", {}).get("choice", "")
        ).partition(":")
        return outcome, reason

    def _templates(self) -> tuple[Any, ...]:
        return REASONS[Outcome(self.outcome)] if self.outcome else ()


class AskForm(forms.Form):
    """A question to the reporter."""

    question = forms.CharField(
        label=_("Question to the reporter"),
        help_text=_("Ask for what they can tell without danger. They answer with their code."),
        max_length=TEXT_MAX,
        widget=_area(3),
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(label=_("Note for colleagues"), max_length=NOTE_MAX, widget=_area(2))


class ReasonForm(forms.Form):
    """Why something is needed; what is written here is kept."""

    reason = forms.CharField(
        label=_("Why do you need this?"),
        help_text=_("Your reason is kept in the audit, with your name."),
        min_length=10,
        max_length=1_000,
        widget=_area(2),
    )


class RouteForm(forms.Form):
    """To which region a report is sent."""

    region = forms.ChoiceField(
        label=_("Send to another region"),
        help_text=_("You may not see it any more afterwards."),
    )

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        field = self.fields["region"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (code, f"{code} {regions.name_of(code, language)}")
                for code in regions.NAMES
                if code != region
            ]


class AssignForm(forms.Form):
    """To whom a report is given."""

    officer = forms.TypedChoiceField(label=_("Assign to"), coerce=int)

    def __init__(self, *args: Any, officers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = officers
