"""Forms by which lists of known subjects are asked and corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipline.domain.triage.known import KINDS
from tipline.domain.triage.naming import read_value
from tipline.interfaces.desk.shown.kinds import IDENTIFIERS

AUTO = "auto"
_ALIKE = frozenset({"ipv4", "ipv6"})  # asked for as "ip"


def _list_kinds() -> list[tuple[str, Any]]:
    named = [(kind, IDENTIFIERS.get(kind, kind)) for kind in sorted(KINDS - _ALIKE)]
    return [(AUTO, _("what it looks like")), *named]


class LookForm(forms.Form):
    """One subject to be looked up in all lists."""

    value = forms.CharField(label=_("Number, link or account"), max_length=2_000, strip=True)
    kind = forms.ChoiceField(label=_("Read it as"), choices=_list_kinds, required=False)

    def clean(self) -> dict[str, Any]:
        """Find out the kind where none was chosen."""
        given = super().clean() or self.cleaned_data
        value = given.get("value", "")
        if value and given.get("kind") in {"", AUTO}:
            given["kind"] = _find_kind(value)
            if not given["kind"]:
                self.add_error("kind", _("Say what this is."))
        return given


class CorrectForm(forms.Form):
    """Why a subject is excepted from all lists, or no more."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=32)
    value = forms.CharField(widget=forms.HiddenInput, max_length=2_000, strip=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept in the audit, with your name."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EndForm(forms.Form):
    """Why a list is ended."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept in the audit, with your name."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _find_kind(value: str) -> str:
    kinds = (found.kind for found in read_value("", value))
    return next((kind for kind in kinds if kind in KINDS), "")
