"""A browser window that watches itself: requests, answers, cookies, dialogs, refused scripts."""

import re
import shutil
from dataclasses import dataclass, field
from typing import Literal, Self
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Playwright,
    Response,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--force-color-profile=srgb",
]
LOCALES = {"en": "en-US", "zh-hans": "zh-CN"}
WIDE = (1000, 820)
STATUS_TOLD = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")
Language = Literal["en", "zh-hans"]
Scheme = Literal["light", "dark"]


def find_chromium() -> str | None:
    """Find the system's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the system's Chromium without its calls to the outside."""
    return playwright.chromium.launch(executable_path=executable, args=FLAGS, timeout=60_000)


@dataclass(kw_only=True)
class Window:
    """A private window of one person, and what happened in it."""

    context: BrowserContext
    page: Page
    language: Language
    has_scripts: bool
    answers: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        browser: Browser,
        *,
        language: Language,
        has_scripts: bool = True,
        size: tuple[int, int] = WIDE,
        scheme: Scheme = "light",
    ) -> Self:
        """Open a window as a person with this language would, with nothing remembered."""
        context = browser.new_context(
            locale=LOCALES[language],
            java_script_enabled=has_scripts,
            viewport={"width": size[0], "height": size[1]},
            timezone_id="Asia/Shanghai",
            color_scheme=scheme,
        )
        context.set_default_timeout(15_000)
        window = cls(
            context=context, page=context.new_page(), language=language, has_scripts=has_scripts
        )
        window._watch()
        return window

    def _watch(self) -> None:
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("response", self._keep_answer)
        self.context.on("dialog", self._meet_dialog)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.mishaps.append(f"script: {error.error}"))

    def _keep_answer(self, answer: Response) -> None:
        self.answers.append(answer)

    def _meet_dialog(self, dialog: Dialog) -> None:
        self.mishaps.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium tells on the console what a content security policy refused, scripts on or off.
        if message.type == "error" and not STATUS_TOLD.match(message.text):
            self.mishaps.append(f"console: {message.text}")

    def list_hosts(self) -> set[str]:
        """Hosts that anything was asked of."""
        parts = [urlsplit(url) for url in self.asked]
        return {each.netloc for each in parts if each.scheme not in {"data", "blob", "about"}}

    def close(self) -> None:
        """Close the window; what it remembered is gone."""
        try:
            self.context.close()
        except Error as failed:  # the browser went first
            self.mishaps.append(f"closing: {failed}")
