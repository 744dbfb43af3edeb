"""The part of the report page about the machine's opinion: what it shows, and a form for each part."""

from collections.abc import Mapping
from typing import Any

from tipline.interfaces.desk.forms import correction as forms
from tipline.interfaces.desk.shown.opinion import (
    find_verdict,
    list_leads,
    list_marks,
    list_parts,
    list_suspicions,
    list_whys,
)
from tipline.store.queries.page import ReportPage
from tipline.store.queries.told import get_told


def draw_opinion(page: ReportPage) -> dict[str, Any]:
    """Give what the templates ``words.html`` and ``machine.html`` draw."""
    marks = list_marks(page)
    return {
        "told_before": get_told(report=page.report),
        "marks": marks,
        "whys": list_whys(page),
        "kinds": sorted({mark.kind for mark in marks}),
        "styles": {style for mark in marks for style in mark.styles},
        "suspicions": [
            (each, forms.OffenceForm(auto_id=f"{each.anchor}-%s")) for each in list_suspicions(page)
        ],
        "parts": list_parts(page),
        "leads": [
            (
                each,
                forms.IdentifierForm(
                    auto_id=f"{each.anchor}-%s", initial={"kind": each.kind, "new": each.value}
                ),
            )
            for each in list_leads(page)
        ],
        "why_region": list_reasons(page, "region."),
        "why_agency": list_reasons(page, "agency."),
        "why_offence": list_reasons(page, "offence."),
        "priority_word": find_verdict(page, "priority"),
        "region_word": find_verdict(page, "region"),
        "offence_form": forms.OffenceForm(auto_id="more-offence-%s"),
        "identifier_form": forms.IdentifierForm(auto_id="more-identifier-%s"),
        "priority_form": forms.PriorityForm(auto_id="priority-%s", initial={"new": page.priority}),
        "region_form": forms.RegionForm(auto_id="region-%s", initial={"new": page.region}),
    }


def list_reasons(page: ReportPage, about: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The machine's reasons whose keys begin with ``about``."""
    reasons = page.assessment.reasons if page.assessment else ()
    return [(key, params) for key, params in reasons if key.startswith(about)]
