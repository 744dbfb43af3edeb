"""Every page of the desk, for whom it is made: accessible, narrow, in one language, at peace."""

from dataclasses import dataclass

import pytest

from tests.journeys.conftest import Hire
from tests.journeys.looking import Looks
from tests.journeys.officer import Officer

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

PAGES = {
    "intake_officer": ("queue", "events", "account/", "account/factor/", "nothing-here", "staff"),
    "regional_lead": ("queue", "queue?state=decided", "queue?identifier=none", "staff", "events"),
    "auditor": ("events", "events/system", "quarantine", "reports/0", "account/password/"),
    "administrator": (
        "staff",
        "staff/add",
        "staff/1",
        "agencies",
        "routing",
        "quarantine",
        "events/system",
    ),
}
CASES = [*((role, "zh-hans") for role in PAGES), ("regional_lead", "en"), ("administrator", "en")]
DARK = {("regional_lead", "en"), ("auditor", "zh-hans")}  # seen by those who work at night
SHIPPED = "Intake officer 受理员"  # the demonstration's first officer, whose page is looked at


@dataclass(kw_only=True)
class Round:
    """An officer who went through all pages of the role, and how they looked."""

    officer: Officer
    looks: Looks


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def seen(request: pytest.FixtureRequest, hire: Hire) -> Round:
    role, language = request.param
    scheme = "dark" if request.param in DARK else "light"
    officer = hire(role, language, scheme=scheme)
    looks = Looks(typed=SHIPPED)
    for path in PAGES[role]:
        looks.look(officer.visit(path), f"desk {path}", language=language)
    return Round(officer=officer, looks=looks)


def test_axe_finds_nothing(seen: Round) -> None:
    assert seen.looks.violations == []


def test_nothing_scrolls_sideways(seen: Round) -> None:
    assert seen.looks.too_wide == []


def test_one_language_a_page(seen: Round) -> None:
    assert " ".join(seen.looks.foreign) == ""


def test_nothing_unexpected_happened(seen: Round) -> None:
    assert seen.officer.window.mishaps == []
    assert len(seen.officer.window.list_hosts()) == 1
