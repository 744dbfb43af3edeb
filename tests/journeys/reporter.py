"""What a reporter does at the public door, by the names of fields, so in any language."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, Locator, Page

from tests.journeys.browsing import Window
from tests.journeys.story import Story

CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{20}$")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def mistype(code: str, *, at: Sequence[int] = (9,)) -> str:
    """Write a code with wrong characters, in groups and small letters as people do."""
    typed = "".join(
        ALPHABET[(ALPHABET.index(each) + 5) % len(ALPHABET)] if place in at else each
        for place, each in enumerate(code)
    )
    return " ".join(split_code(typed)).lower()


def split_code(code: str) -> list[str]:
    """Split a code into its groups of four."""
    return [code[start : start + 4] for start in range(0, 20, 4)]


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """A person with a window at the public door."""

    window: Window
    address: str
    folder: Path

    @property
    def page(self) -> Page:
        return self.window.page

    def visit(self, path: str = "") -> Page:
        """Open a page of the site in the reporter's language."""
        self.page.goto(f"{self.address}/{self.window.language}/{path}")
        return self.page

    def fill(self, story: Story, files: Sequence[Path] = ()) -> None:
        """Fill the report form that is shown."""
        page = self.page
        page.fill("[name=text]", story.text)
        while page.locator("[name$='-value']").count() < len(story.subjects):
            page.click("button[name=add][value=subject]")
        for row, (kind, value) in enumerate(story.subjects):
            page.select_option(f"[name=subject-{row}-kind]", kind)
            page.fill(f"[name=subject-{row}-value]", value)
        page.select_option("[name=came-by]", story.came_by)
        page.select_option("[name=region]", story.region)
        if files:
            page.set_input_files("[name=files]", list(files))
        self._fill_closed(story)

    def _fill_closed(self, story: Story) -> None:
        for part in ("losses", "contact"):
            if self.page.locator(f"#{part}").get_attribute("open") is None:
                self.page.click(f"#{part} > summary")
        self.page.fill("[name=loss-0-amount]", story.amount)
        self.page.fill("[name=loss-0-from]", story.paid_from)
        self.page.fill("[name=loss-0-to]", story.paid_to)
        self.page.fill("[name=contact-name]", story.name)
        self.page.fill("[name=contact-email]", story.email)

    def send(self) -> Page:
        """Send the report form; where scripts run, after their sum is done."""
        if self.window.has_scripts:
            self.page.wait_for_selector("[name=work]:not([value=''])", state="attached")
        self.page.click("button[name=send]")
        return self.page

    def read_code(self) -> str:
        """Read the code off the receipt as a person would: group by group."""
        return "".join(self.page.locator(".code span").all_inner_texts())

    def enter(self, code: str) -> Page:
        """Come back with a code."""
        self.visit("status/")
        self.page.fill("[name=code]", code)
        self.page.press("[name=code]", "Enter")
        self.page.wait_for_load_state()
        return self.page

    def wait_for(self, code: str, selector: str) -> None:
        """Come back with a code until the page shows something that the worker brings."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.enter(code).locator(selector).count():
                return
            time.sleep(0.2)
        raise AssertionError(f"the worker brought no {selector}")

    def reply(self, text: str, files: Sequence[Path] = ()) -> Page:
        """Answer the open question."""
        form = self.page.locator(".thread form:has(textarea)")
        form.locator("textarea").fill(text)
        if files:
            form.locator("[type=file]").set_input_files(list(files))
        form.locator("button").last.click()
        return self.page

    def save(self, button: Locator, name: str) -> Path:
        """Press a button that gives a file, and keep it."""
        return self._keep(button.click, name)

    def _keep(self, press: Callable[[], None], name: str) -> Path:
        with self.page.expect_download() as waiting:
            press()
        got: Download = waiting.value
        path = self.folder / name
        got.save_as(path)
        return path
