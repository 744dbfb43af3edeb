"""Nothing that a reporter or an officer writes ever acts in anybody's window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browsing import Window
from tests.journeys.conftest import Hire
from tests.journeys.corpus import ACTING, TEXT, list_acting_files
from tests.journeys.house import House
from tests.journeys.officer import Officer
from tests.journeys.reporter import Reporter
from tests.journeys.walk import CHOICE, REVEAL_REASON

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

FOREIGN = """() => [...document.querySelectorAll(
  'script, style, img, iframe, object, embed, base, link, meta[http-equiv], form, a[href]'
)].map((each) => each.src || each.href?.baseVal || each.href || each.action || each.outerHTML)
  .filter((each) => each && !each.startsWith(location.origin) && !each.startsWith('data:image/'))
  .filter((each) => !each.startsWith('tel:') && !each.startsWith('<svg'))"""
HANDLERS = """() => [...document.querySelectorAll('*')].flatMap((each) =>
  [...each.attributes].filter((one) => one.name.startsWith('on')).map((one) => each.outerHTML))"""


@pytest.fixture(scope="module")
def filed(
    browser: Browser, house: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reporter]:
    """A reporter who wrote such things into every field, first with a mistake in the form."""
    window = Window.open(browser, language="en")
    folder = tmp_path_factory.mktemp("acting")
    reporter = Reporter(window=window, address=house.public, folder=folder)
    page = reporter.visit("report/")
    page.fill("[name=text]", TEXT)
    page.set_input_files("[name=files]", list_acting_files())
    fill_lines(page)
    page.fill("[name=loss-0-amount]", ACTING[0])
    page.click("button[name=send]")
    page.wait_for_selector("#errors")
    check_page(page)
    page.fill("[name=loss-0-amount]", "1")
    reporter.send()
    page.wait_for_selector(".code")
    yield reporter
    window.close()


@pytest.fixture(scope="module")
def code(filed: Reporter) -> str:
    """The code of that report."""
    return filed.read_code()


@pytest.fixture(scope="module")
def number(filed: Reporter, code: str) -> int:
    """The number of that report."""
    return int(filed.page.locator(".facts dd").first.inner_text())


@pytest.fixture(scope="module")
def officer(hire: Hire, number: int) -> Officer:
    """An officer who has claimed that report."""
    hired = hire("intake_officer")
    hired.claim(number)
    return hired


def fill_lines(page: Page) -> None:
    """Fill every line of the form, a different text each."""
    for part in ("losses", "contact"):
        page.click(f"#{part} > summary")
    lines = page.locator("form[enctype] input:is([type=text], [type=tel], [type=email])")
    for at, line in enumerate(lines.all()):
        line.fill(ACTING[at % len(ACTING)])


def check_page(page: Page) -> None:
    """Nothing on the page leads elsewhere or waits to act."""
    assert page.evaluate(FOREIGN) == []
    assert page.evaluate(HANDLERS) == []


def test_receipt_and_status_page_act_on_nothing(filed: Reporter, code: str, number: int) -> None:
    check_page(filed.page)
    page = filed.enter(code)
    form = page.locator("form:has(textarea)").last
    form.locator("textarea").fill(TEXT)
    form.locator("[type=file]").set_input_files(list_acting_files())
    form.locator("button").last.click()
    page.wait_for_selector("[role=status]")

    said = page.locator(".said").last.inner_text()
    assert all(each in said for each in ACTING if "\u2028" not in each)
    check_page(page)
    assert filed.window.mishaps == []


def test_what_is_typed_into_hidden_fields_comes_back_as_text(filed: Reporter, code: str) -> None:
    filed.visit("report/")
    filed.page.evaluate(
        "(text) => document.querySelectorAll('input[type=hidden]').forEach((e) => e.value = text)",
        TEXT,
    )
    filed.page.click("button[name=send]")
    filed.page.wait_for_selector("#errors")
    check_page(filed.page)
    for typed in ACTING:
        filed.enter(typed)
        check_page(filed.page)
    assert filed.window.mishaps == []


def test_desk_shows_it_all_and_acts_on_nothing(officer: Officer, number: int) -> None:
    page = officer.page
    check_page(page)
    shown = page.locator("#words ~ .sent").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "<img src=x onerror=alert(1)>" in shown
    assert "{{ 7|add:7 }}" in shown
    officer.reveal_contact(REVEAL_REASON)
    check_page(page)
    officer.visit("queue")
    check_page(page)
    officer.visit("events")
    check_page(page)
    assert officer.window.mishaps == []


def test_files_are_given_to_keep_and_never_shown(officer: Officer, number: int) -> None:
    page = officer.visit(f"reports/{number}")
    links = [a.get_attribute("href") for a in page.locator("#files ~ ul a:not(.frame)").all()]
    assert len(links) >= len(list_acting_files())
    for link in links:
        got = officer.window.context.request.get(f"{officer.address}{link}")
        assert got.headers["content-disposition"].startswith("attachment")
        assert got.headers["content-type"] == "application/octet-stream"
        assert "sandbox" in got.headers["content-security-policy"]
        shown = officer.window.context.request.get(f"{officer.address}{link}/picture")
        assert shown.status == 404, "a picture that is none was drawn"


def test_what_an_officer_writes_does_not_act_either(
    officer: Officer, filed: Reporter, code: str, number: int
) -> None:
    officer.visit(f"reports/{number}")
    officer.ask(TEXT)
    filed.wait_for(code, ".thread form textarea")
    check_page(filed.page)
    officer.visit(f"reports/{number}")
    officer.begin_decision(CHOICE, text=TEXT, note=TEXT)
    officer.preview()
    check_page(officer.page)
    officer.decide()
    check_page(officer.page)
    filed.wait_for(code, ".state + *:has-text('decided'), main:has-text('Outcome')")
    check_page(filed.page)
    assert filed.window.mishaps == []
    assert officer.window.mishaps == []
