"""What the list of cases is asked to show."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from tipline.domain.case.state import CASE_STATES
from tipline.domain.duties import Actor
from tipline.interfaces.desk.forms.case import name_offences, offer
from tipline.interfaces.desk.forms.queue import list_regions, name_agencies
from tipline.store.queries.cases import AT_WORK_ONLY, CaseFilter


class CaseFilterForm(forms.Form):
    """Filters of the list of cases; each may be empty."""

    state = forms.ChoiceField(label=_("State"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    offence = forms.ChoiceField(label=_("Offence"), required=False)
    words = forms.CharField(label=_("Number or title"), required=False, max_length=100)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", gettext("all"))
        states = [(state.value, gettext(name)) for state, name in CASE_STATES.items()]
        offer(self, "state", [(AT_WORK_ONLY, gettext("being worked on")), every, *states])
        offer(self, "region", [every, *list_regions(actor.region)])
        offer(self, "agency", [every, *name_agencies()])
        offer(self, "offence", [every, *name_offences()])

    def read_filter(self) -> CaseFilter:
        """Give the filters that are well formed; the others show all."""
        self.is_valid()
        given: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        if "state" not in self.data:
            given["state"] = AT_WORK_ONLY
        return CaseFilter(**given)
