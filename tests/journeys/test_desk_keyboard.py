"""The desk by its keys, and without them by Tab and Enter."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Hire
from tests.journeys.officer import Officer

pytestmark = pytest.mark.long

REPORT = re.compile(r"/reports/\d+$")
QUEUE = re.compile(r"/queue$")
FOCUSED = "(document.activeElement.name || document.activeElement.id)"
STOPS_MAX = 60


@pytest.fixture(scope="module")
def officer(hire: Hire) -> Officer:
    """An officer before the demonstration's queue."""
    return hire("intake_officer")


def test_keys_move_through_the_queue_and_open_a_report(officer: Officer) -> None:
    page = officer.visit("queue")
    rows = page.locator("tr[data-row]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("selected"))
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_class(re.compile("selected"))
    wanted = rows.nth(0).locator("[data-open]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(REPORT)

    assert page.url.endswith(wanted or "?")
    page.keyboard.press("q")
    page.wait_for_url(QUEUE)


def test_keys_claim_skip_and_take_the_next(officer: Officer) -> None:
    page = officer.visit("queue")
    page.keyboard.press("n")
    page.wait_for_url(REPORT)
    first = page.url
    page.keyboard.press("s")
    page.wait_for_url(QUEUE)
    page.keyboard.press("n")
    page.wait_for_url(REPORT)

    assert page.url != first
    page.click("form[action$='/release'] button")
    page.wait_for_url(QUEUE)


def test_keys_do_not_act_while_one_types(officer: Officer) -> None:
    page = officer.visit("queue")
    page.keyboard.press("/")
    page.keyboard.type("njcsq")

    assert page.url.endswith("/queue")
    assert page.evaluate("document.activeElement.value") == "njcsq"


def test_keys_are_listed_and_can_be_switched_off(officer: Officer) -> None:
    page = officer.visit("queue")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.locator("#keys-on").blur()
    page.keyboard.press("n")
    assert page.url.endswith("/queue")
    page.check("#keys-on")


def test_each_part_of_the_opinion_takes_one_key(officer: Officer) -> None:
    page = officer.visit("queue")
    page.keyboard.press("n")
    page.wait_for_url(REPORT)
    page.keyboard.press("m")
    expect(page.locator("[data-part].selected")).to_have_count(1)
    page.keyboard.press("j")
    chosen = page.locator("#p-priority")
    expect(chosen).to_have_class(re.compile("selected"))
    page.keyboard.press("y")
    page.wait_for_url(re.compile("#p-priority$"))
    expect(chosen.locator(".verdict-accept")).to_be_visible()
    expect(chosen).to_have_class(re.compile("selected"))
    page.keyboard.press("e")
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    expect(chosen.locator(".verdict-correct")).to_be_visible()
    expect(chosen.locator(".points")).to_have_text("77")
    page.keyboard.press("x")
    expect(chosen.locator(".verdict-dismiss")).to_be_visible()
    page.click("form[action$='/release'] button")
    page.wait_for_url(QUEUE)


def test_report_is_decided_by_keys_alone(officer: Officer) -> None:
    page = officer.visit("queue")
    page.keyboard.press("n")
    page.wait_for_url(REPORT)
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _stop in range(STOPS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "decide":
            break
    page.keyboard.press("Enter")

    expect(page.locator(".chip.state-decided")).to_be_visible()
