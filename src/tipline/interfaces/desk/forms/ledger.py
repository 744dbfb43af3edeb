"""What the audit page is asked to show."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tipline.interfaces.desk.shown.wording import EVENTS
from tipline.store.queries.audit import AuditFilter

KINDS = [("", _("all")), *EVENTS.items()]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LedgerForm(forms.Form):
    """Filters of the audit; each may be empty."""

    kind = forms.ChoiceField(label=_("Event"), choices=KINDS, required=False)
    by = forms.IntegerField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("About"), required=False, max_length=64)
    since = _day(_("From"))
    until = _day(_("To"))

    def read_filter(self) -> AuditFilter:
        """Give the filters that are well formed; the others show all."""
        self.is_valid()
        given = self.cleaned_data
        until = given.get("until")
        return AuditFilter(
            kind=given.get("kind") or "",
            by=given.get("by"),
            subject=given.get("subject") or "",
            since=_begin(given.get("since")),
            until=_begin(until + timedelta(days=1) if until else None),
        )


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), timezone.get_current_timezone()) if day else None
