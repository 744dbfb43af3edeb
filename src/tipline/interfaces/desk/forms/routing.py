"""The form by which an administrator says which agency gets which reports."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy as _

from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.routing import Rule
from tipline.interfaces.desk.forms.queue import Choices, name_agencies
from tipline.interfaces.desk.forms.staff import list_all_regions

FAMILIES = {
    "FR": _("all fraud"),
    "IL": _("all illegal goods and services"),
    "DT": _("all trade in data and accounts"),
    "MW": _("all harmful software"),
}


class RuleForm(forms.Form):
    """Offence, region, agency."""

    offence = forms.ChoiceField(label=_("Offence"), required=False)
    region = forms.ChoiceField(label=_("Region"), choices=list_all_regions)
    agency = forms.ChoiceField(label=_("Agency"), choices=name_agencies)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = name_prefixes()

    @property
    def rule(self) -> Rule:
        """The rule, once the form is valid."""
        return Rule(**self.cleaned_data)


def name_prefixes() -> Choices:
    """What a rule may cover: all reports, a family of offences, one offence."""
    language = get_language() or "en"
    single = [(each.code, each.name(language)) for each in OFFENCES.values()]
    families = [(code, str(name)) for code, name in FAMILIES.items()]
    return [("", gettext("all reports")), *families, *single]
