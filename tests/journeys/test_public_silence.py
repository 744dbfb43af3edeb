"""The public side sets nothing, asks nobody else, and tells browsers to keep nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import Window
from tests.journeys.conftest import Come
from tests.journeys.house import House
from tests.journeys.reporter import Reporter
from tests.journeys.story import STORIES

pytestmark = pytest.mark.long

PAGES = ("", "report/", "status/", "help/", "leave/", "nothing-here/", "report", "status/proof/")
Headers = list[tuple[str, dict[str, str]]]
POLICY = ("default-src 'none'", "frame-ancestors 'none'")


@pytest.fixture(scope="module")
def visited(
    browser: Browser, house: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reporter]:
    """A reporter who saw every kind of page, filed, came back, mistyped and fetched files."""
    window = Window.open(browser, language="en")
    folder = tmp_path_factory.mktemp("visited")
    reporter = Reporter(window=window, address=house.public, folder=folder)
    for path in PAGES:
        reporter.visit(path)
    reporter.visit("report/")
    reporter.page.click("button[name=send]")
    reporter.page.wait_for_selector("#errors")
    reporter.fill(STORIES["en"])
    reporter.send()
    code = reporter.read_code()
    reporter.save(reporter.page.locator("form[action$='/proof/'] button"), "proof")
    reporter.enter("nothing like a code")
    reporter.enter(code)
    yield reporter
    window.close()


@pytest.fixture(scope="module")
def headers(visited: Reporter) -> Headers:
    """Address and all headers of every answer from the site."""
    answers = [each for each in visited.window.answers if each.url.startswith("http")]
    assert len(answers) > len(PAGES)
    return [(each.url, each.all_headers()) for each in answers]


def test_no_cookie_and_no_other_memory(visited: Reporter, headers: Headers) -> None:
    page = visited.page
    assert visited.window.context.cookies() == []
    assert not [url for url, told in headers if "set-cookie" in told]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("navigator.serviceWorker?.controller ?? null") is None


def test_no_request_leaves_the_house(visited: Reporter, house: House) -> None:
    assert visited.window.list_hosts() == {f"127.0.0.1:{house.public_port}"}


def test_every_answer_forbids_what_it_does_not_need(headers: Headers) -> None:
    for url, told in headers:
        policy = told.get("content-security-policy", "")
        assert all(part in policy for part in POLICY), url
        assert "unsafe" not in policy, url
        assert told.get("x-content-type-options") == "nosniff", url
        assert told.get("referrer-policy") == "no-referrer", url


def test_no_page_or_file_of_a_reporter_is_stored(headers: Headers) -> None:
    own = [(url, told) for url, told in headers if "/static/" not in url]

    assert not [url for url, told in own if told.get("cache-control") != "no-store"]


def test_browser_refused_nothing_of_our_own(visited: Reporter) -> None:
    assert visited.window.mishaps == []


def test_code_never_stands_in_an_address(visited: Reporter) -> None:
    code = visited.page.locator("form[action$='/proof/'] [name=code]").first.input_value()
    assert not [url for url in visited.window.asked if code.lower() in url.lower()]


def test_leaving_replaces_the_page_and_clears_what_was_kept(come: Come) -> None:
    reporter = come()
    page = reporter.visit()
    reporter.visit("report/")
    page.click("a.leave")
    page.wait_for_url("**/leave/")
    page.go_back()

    assert page.url.endswith("/en/"), "the form is still one step back"
    left = next(a for a in reporter.window.answers if a.url.endswith("/leave/"))
    assert "cookies" in left.all_headers()["clear-site-data"]
