"""Forms by which officers draft orders and see them through."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from tipline.domain.disposal.orders import ORDER_STATE_NAMES, RULINGS
from tipline.interfaces.desk.forms.rulings import ReasonForm
from tipline.services.drafts import Draft, NewItem

REDRESS = _(
    "You can appeal on the page of this order within 184 days. Somebody who took no part decides."
)
ITEMS_SHOWN = 100
_DAY = forms.DateInput(attrs={"type": "date"})


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _name_states() -> list[tuple[str, str]]:
    groups = [
        ("open", gettext("open")),
        ("overdue", gettext("overdue")),
        ("unread", gettext("with unread answers")),
        ("", gettext("all")),
    ]
    return [*groups, *((state.value, gettext(name)) for state, name in ORDER_STATE_NAMES.items())]


def _name_rulings() -> list[tuple[str, str]]:
    return [(each, gettext(name)) for each, name in RULINGS.items()]


class FilterForm(forms.Form):
    """Which orders are listed."""

    state = forms.ChoiceField(label=_("Show"), choices=_name_states, required=False)


class DraftForm(forms.Form):
    """What an order says; one extract for each subject of its decision."""

    recipient = forms.CharField(label=_("To whom"), max_length=200)
    deadline = forms.DateField(label=_("Deadline"), widget=_DAY)
    demand = forms.CharField(label=_("What the recipient has to do"), widget=_area(3))
    provision = forms.CharField(
        label=_("Legal provision"),
        required=False,
        help_text=_("Left empty, it is that of the decision."),
    )
    redress = forms.CharField(label=_("How they can contest it"), widget=_area(2), initial=REDRESS)
    is_emergency = forms.BooleanField(
        label=_("Emergency order"),
        required=False,
        help_text=_("For at most 72 hours; it lapses unless a second person ratifies it."),
    )
    is_listed = forms.BooleanField(label=_("Put it on the public register"), required=False)

    def __init__(
        self, *args: Any, subjects: Sequence[tuple[str, str, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = list(subjects)[:ITEMS_SHOWN]
        for number, (_kind, value, extract, demand) in enumerate(self.subjects):
            self.fields[f"extract_{number}"] = forms.CharField(
                label=gettext("Evidence extract: %(value)s") % {"value": value[:120]},
                help_text=gettext("Left empty, the order does not name it."),
                required=False,
                max_length=4_000,
                widget=_area(2),
                initial=extract,
            )
            self.fields[f"demand_{number}"] = forms.CharField(
                label=gettext("What to do about it"),
                required=False,
                max_length=1_000,
                initial=demand,
            )

    def read_draft(self) -> Draft:
        """Give the draft, once the form is valid."""
        given = self.cleaned_data
        return Draft(
            recipient=given["recipient"],
            items=tuple(
                NewItem(
                    kind=kind,
                    value=value,
                    extract=given[f"extract_{number}"],
                    demand=given[f"demand_{number}"],
                )
                for number, (kind, value, _extract, _demand) in enumerate(self.subjects)
                if given[f"extract_{number}"].strip()
            ),
            demand=given["demand"],
            redress=given["redress"],
            deadline=read_end_of_day(given["deadline"]),
            provision=given["provision"],
            is_emergency=given["is_emergency"],
            is_listed=given["is_listed"],
        )


class ExtendForm(ReasonForm):
    """A later deadline, with its reason."""

    field_order = ("deadline", "reason")
    deadline = forms.DateField(label=_("New deadline"), widget=_DAY)

    def read_deadline(self) -> datetime:
        """Give the last second of the chosen day."""
        return read_end_of_day(self.cleaned_data["deadline"])


class RuleForm(ReasonForm):
    """Whether an order was complied with."""

    field_order = ("ruling", "reason")
    ruling = forms.ChoiceField(label=_("The order was"), choices=_name_rulings)


class AssignForm(forms.Form):
    """Which agency carries an order out."""

    agency = forms.ChoiceField(label=_("Agency"))

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = agencies


def read_end_of_day(day: Any) -> datetime:
    """Give the last second of a day where the desk is."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)
