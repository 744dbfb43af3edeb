"""What an officer sends about one part of the machine's opinion: accept, correct or dismiss it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipline.domain.triage.correction import Correction, Part, Verb
from tipline.domain.triage.naming import find_canonical
from tipline.interfaces.desk.forms.queue import name_known_offences
from tipline.interfaces.desk.forms.staff import list_all_regions
from tipline.interfaces.desk.shown.kinds import CORRECTABLE

VALUE_MAX = 500


class CorrectionForm(forms.Form):
    """One word on one part; which of the fields counts depends on the part."""

    part = forms.ChoiceField(choices=[(each.value, each.value) for each in Part])
    verb = forms.ChoiceField(choices=[(each.value, each.value) for each in Verb])
    name = forms.CharField(required=False, max_length=600, strip=False)
    kind = forms.ChoiceField(choices=CORRECTABLE, required=False)
    new = forms.CharField(required=False, max_length=VALUE_MAX, strip=True)
    anchor = forms.RegexField(r"^[a-z0-9-]{1,80}$", required=False)

    @property
    def word(self) -> Correction:
        """The officer's word, once the form is valid."""
        given = self.cleaned_data
        return Correction(
            part=Part(given["part"]),
            verb=Verb(given["verb"]),
            name=given["name"],
            new=given["new"],
        )

    def clean(self) -> dict[str, Any]:
        """Bring a corrected identifier into its canonical form."""
        given = super().clean() or self.cleaned_data
        is_named = given.get("part") == Part.IDENTIFIER and given.get("verb") == Verb.CORRECT
        if is_named:
            kind = given.get("kind") or ""
            value = find_canonical(kind, given.get("new") or "")
            given["new"] = f"{kind}:{value}" if value else ""
        return given


class OffenceForm(forms.Form):
    """Another offence instead of one, or beside what is named."""

    new = forms.ChoiceField(label=_("Offence"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "new", name_known_offences())


class IdentifierForm(forms.Form):
    """What an identifier really is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CORRECTABLE)
    new = forms.CharField(label=_("Value"), max_length=VALUE_MAX)


class RegionForm(forms.Form):
    """Another region."""

    new = forms.ChoiceField(label=_("Region"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "new", list_all_regions())


class PriorityForm(forms.Form):
    """Another score."""

    new = forms.IntegerField(label=_("Priority from 0 to 100"), min_value=0, max_value=100)


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
