"""The public form can be filled and sent by somebody who has only a keyboard."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Come
from tests.journeys.reporter import CODE, Reporter
from tests.journeys.story import STORIES

pytestmark = pytest.mark.long

STORY = STORIES["en"]
STOPS_MAX = 80
FOCUSED = """() => {
  const each = document.activeElement;
  const drawn = getComputedStyle(each);
  return {
    name: each.name || each.id || each.tagName.toLowerCase(),
    tag: each.tagName.toLowerCase(),
    value: each.value ?? '',
    isSeen: drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2,
    isHidden: each.getBoundingClientRect().right < 0,
  };
}"""
TYPED = {
    "text": STORY.text.replace("\n", " "),
    "subject-0-value": STORY.subjects[0][1],
    "loss-0-amount": STORY.amount,
    "contact-name": STORY.name,
}
CHOSEN = {"subject-0-kind": "w", "came-by": "chat", "region": "Sh"}


def test_form_is_filled_and_sent_by_keys_alone(come: Come) -> None:
    reporter = come()
    reporter.visit("report/")
    stops = walk_by_keys(reporter)

    assert CODE.match(reporter.read_code())
    unseen = [stop["name"] for stop in stops if not stop["isSeen"]]
    assert not unseen, "the focus cannot be seen"
    assert not [stop["name"] for stop in stops if stop["isHidden"]]
    assert {*TYPED, *CHOSEN, "losses", "contact", "files", "send"} <= {s["name"] for s in stops}


def walk_by_keys(reporter: Reporter) -> list[dict[str, str]]:
    """Press Tab through the form, fill what is known, send at the end; tell every stop."""
    page, stops = reporter.page, []
    while len(stops) < STOPS_MAX:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "summary":
            stop["name"] = page.evaluate("document.activeElement.parentElement.id")
            page.keyboard.press("Enter")
        stops.append(stop)
        if stop["name"] == "send":
            page.keyboard.press("Space")
            page.wait_for_selector(".code")
            break
        act_on(page, stop["name"])
    return stops


def act_on(page: Page, name: str) -> None:
    """Type or choose what belongs into the field that has the focus."""
    page.keyboard.type(TYPED.get(name, "") or CHOSEN.get(name, ""))


def test_first_stop_leads_past_the_head(come: Come) -> None:
    page = come().visit("report/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_enter_in_a_line_sends_and_adds_no_row(come: Come) -> None:
    reporter = come()
    page = reporter.visit("report/")
    page.fill("[name=text]", STORY.text)
    page.focus("[name=subject-0-value]")
    page.keyboard.type("http://one.example")
    page.keyboard.press("Enter")
    page.wait_for_selector(".code")

    assert CODE.match(reporter.read_code())


def test_errors_take_the_focus_and_lead_to_their_fields(come: Come) -> None:
    page = come().visit("report/")
    page.click("button[name=send]")
    page.wait_for_selector("#errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.name") == "text"
