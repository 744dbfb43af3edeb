"""What officers send from the pages of cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from tipline.domain.case.facts import METRICS, Metric
from tipline.domain.case.people import PERSON_ROLES
from tipline.domain.case.subjects import SUBJECTS
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.desk.forms.queue import name_agencies, name_known_offences


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _reason(**given: Any) -> forms.CharField:
    label = given.pop("label", _("Reason"))
    return forms.CharField(label=label, max_length=2_000, widget=_area(), **given)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Let a field of ``form`` offer ``choices``."""
    field = form.fields[name]
    if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
        field.choices = choices


class ReportsField(forms.CharField):
    """Numbers of reports, apart by spaces or commas."""

    def clean(self, value: Any) -> tuple[int, ...]:
        """Read the numbers.

        Raises:
            ValidationError: one is no number.

        """
        said = super().clean(value).replace(",", " ").replace("，", " ").replace("、", " ")
        parts = said.split()
        if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
            raise forms.ValidationError(_("Write the numbers of reports, apart by spaces."))
        return tuple(int(part) for part in parts)


class DescribeForm(forms.Form):
    """What a case is called, how they went about it, which offences it is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    offences = forms.MultipleChoiceField(
        label=_("Offences"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    method = forms.CharField(
        label=_("How they go about it"), required=False, max_length=4_000, widget=_area(3)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "offences", name_offences())


class OpenForm(DescribeForm):
    """A new case."""

    agency = forms.ChoiceField(label=_("Agency"))
    reports = ReportsField(
        label=_("Reports"),
        help_text=_("Their numbers, apart by spaces."),
        required=False,
        max_length=200_000,
        widget=_area(),
    )
    parent = forms.CharField(
        label=_("Number of the case above it"), required=False, max_length=24, strip=True
    )
    gang = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", name_agencies())


class PartsForm(forms.Form):
    """Reports, or one subject, that come into a case."""

    reports = ReportsField(
        label=_("Reports"),
        help_text=_("Their numbers, apart by spaces."),
        required=False,
        max_length=200_000,
    )
    kind = forms.ChoiceField(label=_("Kind of subject"), required=False)
    value = forms.CharField(label=_("Subject"), required=False, max_length=512, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind, gettext(name)) for kind, name in SUBJECTS.items()])

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """The subject that was named, if any."""
        given = self.cleaned_data
        return ((given["kind"], given["value"]),) if given.get("value") else ()


class SplitForm(forms.Form):
    """A part of a case that becomes one of its own."""

    title = forms.CharField(label=_("Title of the new case"), max_length=200)
    reports = ReportsField(
        label=_("Reports that move"),
        help_text=_("Their numbers, apart by spaces."),
        max_length=200_000,
    )


class TaskForm(forms.Form):
    """Something to be done."""

    text = forms.CharField(label=_("Task"), max_length=2_000, widget=_area())
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    to = forms.TypedChoiceField(label=_("Assign to"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, officers: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [("", gettext("nobody yet")), *officers])


class DoneForm(forms.Form):
    """That a task is done."""

    text = forms.CharField(label=_("Result"), required=False, max_length=2_000)


class FactForm(forms.Form):
    """A figure of what came of a case, or a correction of one."""

    metric = forms.ChoiceField(label=_("What"))
    written = forms.CharField(
        label=_("Figure"),
        help_text=_("As the document has it: 153, 3400余人, 1.7万, 2000余万元."),
        max_length=100,
    )
    source = forms.CharField(label=_("Document that says so"), max_length=500)
    supersedes = forms.IntegerField(
        label=_("Corrects entry no."),
        help_text=_("Leave empty for a new entry: entries add up."),
        required=False,
        min_value=1,
    )
    reason = _reason(label=_("Why it is corrected"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "metric", [(metric.value, gettext(METRICS[metric])) for metric in Metric])


class FlowForm(forms.Form):
    """Money that went from one account to another."""

    payer = forms.CharField(
        label=_("From"),
        help_text=_("An account, or a person as “victim 1”; never a name."),
        max_length=200,
    )
    payee = forms.CharField(label=_("To"), max_length=200)
    written = forms.CharField(label=_("Amount"), max_length=100)
    moved_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    source = forms.CharField(label=_("Document that says so"), max_length=500)
    supersedes = forms.IntegerField(label=_("Corrects entry no."), required=False, min_value=1)
    reason = _reason(label=_("Why it is corrected"), required=False)


class WithdrawForm(forms.Form):
    """Why an entry counts for nothing any more."""

    entry = forms.IntegerField(label=_("Entry no."), min_value=1)
    reason = _reason()


class PersonForm(forms.Form):
    """A person; all but the role is sealed."""

    role = forms.ChoiceField(label=_("Role"))
    name = forms.CharField(label=_("Full name"), required=False, max_length=200)
    identity = forms.CharField(label=_("Identity document"), required=False, max_length=100)
    contact = forms.CharField(label=_("How to reach them"), required=False, max_length=500)
    about = forms.CharField(
        label=_("What they have to do with it"), required=False, max_length=2_000, widget=_area()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.value, gettext(name)) for role, name in PERSON_ROLES.items()])

    @property
    def told(self) -> dict[str, str]:
        """What is told of the person."""
        return {name: text for name, text in self.cleaned_data.items() if name != "role"}


class LeadForm(forms.Form):
    """Who leads a case."""

    lead = forms.TypedChoiceField(label=_("Lead"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, officers: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lead", [("", gettext("nobody yet")), *officers])


class ParentForm(forms.Form):
    """Under which case this one lies."""

    number = forms.CharField(
        label=_("Number of the case above it"),
        help_text=_("Leave empty for none."),
        required=False,
        max_length=24,
    )


class OtherForm(forms.Form):
    """Into which case this one is merged."""

    number = forms.CharField(label=_("Number of the case that goes on"), max_length=24)
    reason = _reason()


class OfferForm(forms.Form):
    """To which agency a case is offered."""

    agency = forms.ChoiceField(label=_("To the agency"))
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", name_agencies())


class ReferForm(forms.Form):
    """To which agency outside a case is referred."""

    name = forms.CharField(label=_("Agency outside this desk"), max_length=200)
    reason = _reason()


class AnswerForm(forms.Form):
    """How an offer or a referral was answered."""

    handover = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[("accepted", _("accepted")), ("refused", _("refused"))], label=_("Answer")
    )
    text = forms.CharField(label=_("In which words"), required=False, max_length=2_000)


class TurnForm(forms.Form):
    """Why a case rests, or is taken up again."""

    reason = _reason()


class CloseForm(forms.Form):
    """How a case ended, and the outcome of the reports that are still open."""

    summary = _reason(label=_("How it ended"))
    choice = forms.ChoiceField(
        label=_("Outcome of the reports that are still open"), required=False
    )
    agency = forms.CharField(label=_("Handed over to"), required=False, max_length=200)
    text = forms.CharField(
        label=_("In your own words, for the reporters"),
        help_text=_("Each of them reads it exactly as you write it."),
        required=False,
        max_length=4_000,
        widget=_area(),
    )

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "choice", [("", gettext("none is open")), *choices])


def name_offences() -> list[tuple[str, str]]:
    """All offences by their names in the reader's language."""
    return [(code, name) for code, name in name_known_offences() if code in OFFENCES]
