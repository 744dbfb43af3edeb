"""What an officer says of a cluster: how two reports are linked, and that all are one gang."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _make_reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept in the audit, with your name."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PairForm(forms.Form):
    """Two reports by their numbers."""

    one = forms.IntegerField(label=_("Report no."), min_value=0, max_value=2**62)
    other = forms.IntegerField(label=_("and report no."), min_value=0, max_value=2**62)


class RuleForm(PairForm):
    """Whether two reports are the work of the same people, and why."""

    reason = _make_reason()


class GangForm(forms.Form):
    """The name under which a cluster is held to be one gang, and why."""

    name = forms.CharField(label=_("Name of the gang"), max_length=200)
    reason = _make_reason()
