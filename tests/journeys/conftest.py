"""A real browser before a real Tipline, both on this machine only."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.attachments import make_pdf, make_picture
from tests.journeys.browsing import Language, Window, find_chromium, launch
from tests.journeys.camera import Camera
from tests.journeys.house import ROOT, House, open_house
from tests.journeys.officer import Officer, employ
from tests.journeys.reporter import Reporter
from tests.journeys.walk import DESK_SIZE

OpenWindow = Callable[..., Window]
PICTURES = ROOT / "docs" / "images"
Come = Callable[..., Reporter]
Hire = Callable[..., Officer]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; CI must have it, others are told how to get it."""
    found = find_chromium()
    if not found and os.environ.get("CI"):
        pytest.fail("no Chromium on a machine that must have it: apt-get install chromium")
    if not found:
        pytest.skip("no Chromium here: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[House]:
    """One running Tipline for all journeys, with the demonstration loaded."""
    folder = tmp_path_factory.mktemp("house")
    with open_house(folder, "--second-factor", "optional") as opened:
        opened.wait_for(f"{opened.desk}/health")
        opened.run("demo")
        yield opened


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser a module: its event loop must be gone before others' tests start theirs."""
    with sync_playwright() as playwright:
        started = launch(playwright, chromium)
        yield started
        started.close()


@pytest.fixture
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """Open private windows that are closed after the test."""
    opened: list[Window] = []

    def open_one(language: Language = "en", **more: object) -> Window:
        opened.append(Window.open(browser, language=language, **more))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def come(open_window: OpenWindow, house: House, tmp_path: Path) -> Come:
    """Bring a reporter to the public door."""

    def come_in(language: Language = "en", **more: object) -> Reporter:
        window = open_window(language, **more)
        return Reporter(window=window, address=house.public, folder=tmp_path)

    return come_in


@pytest.fixture(scope="module")
def hire(browser: Browser, house: House) -> Iterator[Hire]:
    """Hire officers, who sign in and choose a password of their own."""
    hired: list[Officer] = []

    def hire_one(role: str, language: Language = "en", **more: object) -> Officer:
        name = f"hired-{secrets.token_hex(4)}"
        window = Window.open(browser, language=language, size=DESK_SIZE, **more)  # type: ignore[arg-type]
        password = employ(house, name, role)
        officer = Officer(window=window, address=house.desk, name=name, password=password)
        hired.append(officer)
        officer.sign_in()
        officer.choose_password()
        return officer

    yield hire_one
    for officer in hired:
        officer.window.close()


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """Takes the documents' pictures, into the documents only when asked to."""
    into_documents = os.environ.get("TIPLINE_PICTURES") == "1"
    return Camera(folder=PICTURES if into_documents else tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="session")
def attachments(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A picture and a PDF."""
    folder = tmp_path_factory.mktemp("attachments")
    return [make_picture(folder / "chat.jpg"), make_pdf(folder / "bill.pdf")]
