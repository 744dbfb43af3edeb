"""What an officer does at the desk, by the names of fields, so in any language."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.journeys.browsing import Window
from tests.journeys.house import House, make_password

STEP_SECONDS = 30
PASSWORD_TOLD = re.compile(r"shown this once:\s*(\S+)")


def count_totp(secret: str, *, step: int) -> str:
    """Count the six digits of RFC 6238 that an authenticator app would show in a time step."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", step), hashlib.sha1)
    number = struct.unpack_from(">I", digest, digest[-1] & 15)[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def employ(house: House, name: str, role: str) -> str:
    """Make an officer with the command that operators type; tell the first password."""
    found = PASSWORD_TOLD.search(house.run("officer", "add", name, "--role", role))
    assert found, "the command told no password"
    return found[1]


@dataclass(kw_only=True)
class Officer:
    """A member of staff with a window at the desk."""

    window: Window
    address: str
    name: str
    password: str
    secret: str = ""
    _shown: int = -1

    @property
    def page(self) -> Page:
        return self.window.page

    def visit(self, path: str = "") -> Page:
        """Open a page of the desk."""
        self.page.goto(f"{self.address}/{path}")
        return self.page

    def sign_in(self) -> None:
        """Sign in; with the second factor once one is set up."""
        self.visit("login/")
        self.page.fill("[name=login]", self.name)
        self.page.fill("[name=password]", self.password)
        self._press("main form button")
        if self.secret:
            self.page.fill("[name=code]", self.read_app())
            self._press("main form button >> nth=0")

    def choose_password(self) -> None:
        """Choose a password of one's own, as the desk asks at the first time."""
        chosen = make_password()
        self.page.fill("[name=oldpassword]", self.password)
        for field in ("password1", "password2"):
            self.page.fill(f"[name={field}]", chosen)
        self._press("main form button")
        self.password = chosen

    def set_up_factor(self) -> None:
        """Set up an authenticator app."""
        self.visit("account/factor/app/")
        if self.page.locator("[name=password]").count():
            self.page.fill("[name=password]", self.password)
            self._press("main form button")
        self.secret = self.page.locator(".secret code").inner_text().strip()
        self.page.fill("[name=code]", self.read_app())
        self._press("main form button")

    def read_app(self) -> str:
        """Read the authenticator app; a code counts once, so the next one if this was used."""
        self._shown = max(int(time.time()) // STEP_SECONDS, self._shown + 1)
        return count_totp(self.secret, step=self._shown)

    def sign_out(self) -> None:
        """Sign out."""
        self._press("form[action$='/logout/'] button")

    def find_row(self, number: int) -> Locator:
        """Find a report's row on the page of the queue that is shown."""
        return self.page.locator(f"tr:has(a[href$='/reports/{number}'])")

    def wait_for_row(self, number: int) -> Locator:
        """Look through the queue until the worker has brought a report there."""
        return self._wait(lambda: self._leaf_through(number), self.find_row(number))

    def wait_for(self, path: str, selector: str) -> Locator:
        """Look at a page until it shows something that the worker brings."""
        return self._wait(lambda: self.visit(path), self.page.locator(selector))

    def _leaf_through(self, number: int) -> None:
        self.visit("queue")
        while not self.find_row(number).count() and self.page.locator("a[rel=next]").count():
            self._press("a[rel=next]")

    def claim(self, number: int) -> None:
        """Claim a report in the queue, which opens it."""
        self.wait_for_row(number).locator("form[action$='/claim'] button").click()
        self.page.wait_for_url(f"**/reports/{number}")

    def fetch(self, selector: str, attribute: str) -> bytes:
        """Fetch what the first such element of the page points to."""
        place = self.page.locator(selector).first.get_attribute(attribute)
        return self.window.context.request.get(f"{self.address}{place}").body()

    def ask(self, question: str) -> None:
        """Ask the reporter."""
        self.open_part("ask")
        self.page.fill("[name=question]", question)
        self._press("form[action$='/ask'] button")

    def begin_decision(self, choice: str, *, text: str, note: str) -> None:
        """Fill in the decision, not yet sent."""
        radio = self.page.locator(f"input[name=choice][value='{choice}']")
        if not radio.is_visible():
            self.page.locator(f"details.outcome:has([value='{choice}']) > summary").click()
        radio.check()
        form = self.page.locator("form[action$='/decide']")
        form.locator("[name=text]").fill(text)
        form.locator("[name=note]").fill(note)

    def preview(self) -> None:
        """Look at what the reporter would read."""
        self._press("button[name=preview]")

    def decide(self) -> None:
        """Send the decision."""
        self._press("button[name=decide]")

    def open_part(self, heading: str) -> None:
        """Unfold a part of the report page."""
        folded = self.page.locator(f"details:has(#{heading}):not([open]) > summary")
        if folded.count():
            folded.click()

    def reveal_contact(self, reason: str) -> str:
        """Open the contact for a written reason; tell what is shown."""
        self.open_part("contact")
        form = self.page.locator("form[action$='/contact']")
        form.locator("[name=reason]").fill(reason)
        form.locator("button").click()
        return self.page.locator("section.shown").inner_text()

    def _press(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_load_state()

    def _wait(self, look: Callable[[], object], wanted: Locator) -> Locator:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            look()
            if wanted.count():
                return wanted.first
            time.sleep(0.2)
        raise AssertionError(f"the worker brought no {wanted}")
