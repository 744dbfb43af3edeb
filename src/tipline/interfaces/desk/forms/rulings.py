"""Forms by which officers decide about subjects, and undo."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from tipline.domain.disposal.measures import (
    AUTOMATION,
    MEASURES,
    SUBJECT_NAMES,
    Measure,
    SubjectKind,
    Verdict,
)
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.desk.forms.queue import name_known_offences


def _name_measures() -> list[tuple[str, str]]:
    return [(each.value, gettext(words.name)) for each, words in MEASURES.items()]


def _name_kinds() -> list[tuple[str, str]]:
    return [(each.value, gettext(name)) for each, name in SUBJECT_NAMES.items()]


def _name_automation() -> list[tuple[str, str]]:
    return [(each, gettext(name)) for each, name in AUTOMATION.items()]


def _list_offences() -> list[tuple[str, str]]:
    return [(code, name) for code, name in name_known_offences() if code in OFFENCES]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DecideForm(forms.Form):
    """A decision about one or many subjects of one kind."""

    kind = forms.ChoiceField(label=_("Kind of subject"), choices=_name_kinds)
    subjects = forms.CharField(
        label=_("Subjects"), help_text=_("One a line, at most 1,000."), widget=_area(4)
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=_name_measures)
    offences = forms.MultipleChoiceField(
        label=_("Offences"), choices=_list_offences, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("Such as inspection:12, finding:7 or report:5; several with spaces between."),
    )
    facts = forms.CharField(
        label=_("Facts that were found"),
        help_text=_("Fit for the public: no word of a reporter."),
        max_length=5_000,
        widget=_area(4),
    )
    provision = forms.CharField(label=_("Legal provision"), required=False, max_length=2_000)
    automation = forms.ChoiceField(
        label=_("How it was found"), choices=_name_automation, initial="partial"
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A block needs an end; other measures may have one."),
    )
    case = forms.CharField(label=_("Case number"), required=False, max_length=24)
    overrides = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def read_verdict(self) -> Verdict:
        """Give the decision, once the form is valid."""
        given = self.cleaned_data
        kind = SubjectKind(given["kind"])
        lines = [line.strip() for line in given["subjects"].splitlines()]
        return Verdict(
            measure=Measure(given["measure"]),
            subjects=tuple((kind, line) for line in lines if line),
            offences=tuple(given["offences"]),
            evidence=tuple(given["evidence"].replace(",", " ").split()),
            facts=given["facts"],
            provision=given["provision"],
            automation=given["automation"],
            expires_at=_read_end(given["ends_on"]),
        )


class ReasonForm(forms.Form):
    """Why something is undone or ended."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept in the audit, with your name."),
        max_length=1_000,
        widget=_area(2),
    )


def _read_end(day: Any) -> datetime | None:
    if day is None:
        return None
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.max, zone).replace(microsecond=0).astimezone(UTC)
