"""Forms by which an administrator keeps officers and agencies."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext_lazy as _

from tipline.domain.duties import ROLE_NAMES, Role
from tipline.domain.intake import region
from tipline.interfaces.desk.forms.queue import name_agencies
from tipline.interfaces.desk.shown.wording import fill

_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]$",
    _("Use 3 to 60 small letters, digits, dots, hyphens and underscores."),
)


def _list_roles() -> list[tuple[str, str]]:
    return [(role.value, fill(name, {})) for role, name in ROLE_NAMES.items()]


def list_all_regions() -> list[tuple[str, str]]:
    """All regions with their codes, by their names in the reader's language."""
    language = get_language() or "en"
    return [(code, f"{code} {region.name_of(code, language)}") for code in region.NAMES]


class OfficerForm(forms.Form):
    """What an officer is: name, role, agency, region."""

    display_name = forms.CharField(label=_("Name to show"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=_list_roles)
    agency = forms.ChoiceField(label=_("Agency"), choices=name_agencies)
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("They see this region and all within it."),
        choices=list_all_regions,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed to make somebody auditor or legal officer. It is kept in the audit."),
        required=False,
        max_length=1_000,
    )

    @property
    def chosen_role(self) -> Role:
        """The role, once the form is valid."""
        return Role(self.cleaned_data["role"])


class NewOfficerForm(OfficerForm):
    """A new officer."""

    field_order = ("username", "display_name", "role", "agency", "region", "reason")
    username = forms.CharField(
        label=_("User name"),
        validators=[_NAME],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class AgencyForm(forms.Form):
    """An agency: its code, its names, its region."""

    code = forms.CharField(
        label=_("Code"), max_length=20, validators=[RegexValidator(r"^[0-9A-Za-z-]+$")]
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    region = forms.ChoiceField(label=_("Region"), choices=list_all_regions)


def read_officer(row: Any) -> dict[str, Any]:
    """What an officer's form shows at first."""
    return {
        "display_name": row.display_name,
        "role": row.role.value,
        "agency": row.agency,
        "region": row.region,
    }


def read_agency(row: Any) -> dict[str, Any]:
    """What an agency's form shows at first."""
    return {name: getattr(row, name) for name in ("code", "name_en", "name_zh", "region")}
