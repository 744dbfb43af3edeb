"""The receipt on paper and on a phone's camera; a form sent twice; the other language."""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.journeys.conftest import Come
from tests.journeys.house import ROOT
from tests.journeys.looking import run_axe
from tests.journeys.reporter import CODE, Reporter
from tests.journeys.story import STORIES

pytestmark = pytest.mark.long


@pytest.fixture
def filed(come: Come) -> Reporter:
    """A reporter who holds a receipt in their hands."""
    reporter = come("en")
    reporter.visit("report/")
    reporter.page.fill("[name=text]", STORIES["en"].text)
    reporter.send()
    return reporter


def test_camera_reads_the_code_off_the_page(filed: Reporter) -> None:
    shot = filed.page.locator("img.qr").screenshot()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))

    assert [each.text for each in found] == [filed.read_code()]


def test_print_shows_code_and_what_comes_next_but_no_buttons(filed: Reporter) -> None:
    page = filed.page
    page.emulate_media(media="print")

    assert page.locator(".code").is_visible()
    assert page.locator("img.qr").is_visible()
    assert not [each for each in page.locator("button, nav, a.leave").all() if each.is_visible()]
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_going_back_and_sending_again_gives_the_same_receipt(filed: Reporter) -> None:
    first = filed.read_code()
    filed.page.reload()

    assert filed.read_code() == first


def test_other_language_is_one_press_away_on_the_same_page(come: Come) -> None:
    page = come("en").visit("help/")
    page.click("nav a[hreflang='zh-Hans']")

    assert page.url.endswith("/zh-hans/help/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_first_page_follows_the_browsers_language(come: Come) -> None:
    for language in ("en", "zh-hans"):
        reporter = come(language)
        reporter.page.goto(f"{reporter.address}/")
        assert reporter.page.url.endswith(f"/{language}/")


def test_form_without_scripts_keeps_files_over_a_mistake(come: Come, attachments: list) -> None:
    reporter = come("zh-hans", has_scripts=False)
    page = reporter.visit("report/")
    page.set_input_files("[name=files]", attachments)
    page.click("button[name=send]")
    page.wait_for_selector("#errors")
    kept = page.locator(".field:has([name=kept]) li")
    assert [each.locator("bdi").inner_text() for each in kept.all()] == ["chat.jpg", "bill.pdf"]
    page.locator("[name=drop]").first.check()
    page.fill("[name=text]", STORIES["zh-hans"].text)
    reporter.send()

    assert CODE.match(reporter.read_code())


def test_checker_on_the_site_is_the_published_one(filed: Reporter) -> None:
    link = filed.page.locator("a[download]").get_attribute("href")
    got = filed.window.context.request.get(f"{filed.address}{link}").body()

    assert got == (ROOT / "docs" / "verify.py").read_bytes()


def test_pages_can_be_read_in_the_dark(come: Come) -> None:
    reporter = come("en", scheme="dark")
    page = reporter.visit()
    assert run_axe(page) == []
    reporter.visit("report/")
    page.click("button[name=send]")
    page.wait_for_selector("#errors")
    assert run_axe(page) == []
    page.fill("[name=text]", STORIES["en"].text)
    reporter.send()
    assert run_axe(page) == []
    reporter.enter(reporter.read_code())
    assert run_axe(page) == []
