"""Every page of the desk, for whom it is made: accessible, narrow, in one language, at peace."""

from dataclasses import dataclass

import pytest

from tests.journeys.browsing import Language
from tests.journeys.conftest import Hire
from tests.journeys.house import House
from tests.journeys.looking import Looks
from tests.journeys.officer import Officer

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

PAGES = {
    "intake_officer": ("queue", "events", "account/", "account/factor/", "nothing-here", "staff"),
    "regional_lead": (
        "queue",
        "queue?state=decided",
        "queue?identifier=none",
        "staff",
        "events",
        "lists",
        "models",
    ),
    "auditor": ("events", "events/system", "quarantine", "reports/0", "account/password/"),
    "administrator": (
        "staff",
        "staff/add",
        "staff/1",
        "agencies",
        "routing",
        "quarantine",
        "events/system",
        "lists",
        "lists?kind=domain&value=zz-evil.top",
    ),
}
CASES = [*((role, "zh-hans") for role in PAGES), ("regional_lead", "en"), ("administrator", "en")]
DARK = {("regional_lead", "en"), ("auditor", "zh-hans")}  # seen by those who work at night
COPIED = "13900001101"  # a number of the demonstration's text that is told several times
SHIPPED = "Intake officer 受理员"  # the demonstration's first officer, whose page is looked at

SOURCE = "https://feed.example/<b>"  # where the imported list says that it is from


@dataclass(kw_only=True)
class Round:
    """An officer who went through all pages of the role, and how they looked."""

    officer: Officer
    looks: Looks


@pytest.fixture(scope="module")
def lists(house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lists at the desk: one in force, one that has expired, and an exception."""
    feed = tmp_path_factory.mktemp("lists") / "feed.txt"
    feed.write_text("zz-evil.top\ncom\n")
    given = ("--kind", "domain", "--source", SOURCE, "--licence", "CC0-1.0")
    house.run("lists", "import", str(feed), *given)
    house.run("lists", "import", str(feed), *given, "--name", "old", "--expires", "2026-01-01")
    excepted = ("zz-shop.top", "--kind", "domain", "--reason", "2026")
    house.run("lists", "remove", *excepted)


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def seen(request: pytest.FixtureRequest, hire: Hire, lists: None) -> Round:
    role, language = request.param
    scheme = "dark" if request.param in DARK else "light"
    officer = hire(role, language, scheme=scheme)
    looks = Looks(typed=f"{SHIPPED} {SOURCE}")
    for path in PAGES[role]:
        looks.look(officer.visit(path), f"desk {path}", language=language)
    if role == "regional_lead":
        look_at_copies(officer, looks, language)
    return Round(officer=officer, looks=looks)


def look_at_copies(officer: Officer, looks: Looks, language: Language) -> None:
    """Look at the group of a text that was told several times, and at the queue of it."""
    page = officer.visit(f"queue?identifier={COPIED}&state=")
    page.click("[data-open]")
    page.click("a[href*='/texts/']")
    looks.look(page, "desk group", language=language)
    page.click(".head .button")
    looks.look(page, "desk queue of a group", language=language)
    assert page.locator("[data-row]").count() > 1


def test_axe_finds_nothing(seen: Round) -> None:
    assert seen.looks.violations == []


def test_nothing_scrolls_sideways(seen: Round) -> None:
    assert seen.looks.too_wide == []


def test_one_language_a_page(seen: Round) -> None:
    assert " ".join(seen.looks.foreign) == ""


def test_nothing_unexpected_happened(seen: Round) -> None:
    assert seen.officer.window.mishaps == []
    assert len(seen.officer.window.list_hosts()) == 1
