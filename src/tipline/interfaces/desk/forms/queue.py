"""What the queue page is asked to show."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy as _

from tipline.domain.duties import Actor
from tipline.domain.intake import region
from tipline.domain.triage import offences
from tipline.domain.triage.opinion import NONE
from tipline.store.queries.queue import OPEN, UNSURE, QueueFilter
from tipline.store.queries.staff import list_agencies

STATES = [
    ("", _("open")),
    ("assessed", _("waiting")),
    ("in_review", _("in hand")),
    ("waiting", _("waiting for the reporter")),
    ("received", _("being read by machine")),
    ("decided", _("decided")),
]
HELD = [("", _("all")), ("free", _("free")), ("mine", _("mine"))]
LANES = [("", _("all")), ("normal", _("ordinary")), ("slow", _("slow"))]
Choices = list[tuple[str, str]]


class QueueForm(forms.Form):
    """Filters of the queue; each may be empty."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    held = forms.ChoiceField(label=_("Held"), choices=HELD, required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    offence = forms.ChoiceField(label=_("Offence"), required=False)
    lane = forms.ChoiceField(label=_("Lane"), choices=LANES, required=False)
    template = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    identifier = forms.CharField(
        label=_("Number, link or account"), required=False, max_length=500, strip=True
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("region", list_regions(actor.region))
        self._offer("agency", name_agencies())
        self._offer("offence", [(UNSURE, gettext("unsure")), *name_known_offences()])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("all")), *choices]

    def read_filter(self) -> QueueFilter:
        """Give the filters that are well formed; the others show all."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        state = given.get("state")
        rest = {name: given.get(name) or "" for name in self.fields if name != "state"}
        return QueueFilter(states=(state,) if state else OPEN, **rest)


def list_regions(within: str) -> Choices:
    """Regions that lie in ``within``, by their names in the reader's language."""
    language = get_language() or "en"
    inner = (code for code in region.NAMES if code != within and region.contains(within, code))
    return [(code, region.name_of(code, language)) for code in inner]


def name_agencies() -> Choices:
    """All agencies by their names in the reader's language."""
    is_chinese = (get_language() or "en").startswith("zh")
    return [(each.code, each.name_zh if is_chinese else each.name_en) for each in list_agencies()]


def name_known_offences() -> Choices:
    """All offences by their names in the reader's language, and that there is none."""
    language = get_language() or "en"
    known = [(each.code, each.name(language)) for each in offences.OFFENCES.values()]
    return [(NONE, gettext("no offence seen")), *known]
