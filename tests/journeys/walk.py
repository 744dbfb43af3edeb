"""One report's whole way: filed, asked about, answered, decided, read, by people at both doors."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Page

from tests.journeys.browsing import Language, Window
from tests.journeys.camera import Camera
from tests.journeys.house import House
from tests.journeys.looking import Looks
from tests.journeys.officer import Officer, employ
from tests.journeys.reporter import Reporter, mistype, split_code
from tests.journeys.story import STORIES, Story

CHOICE = "ACTIONED:site_closed"
REVEAL_REASON = "The bank needs somebody to call about the card."
FILE_WORDS = "chat.jpg image/jpeg bill.pdf application/pdf"
DESK_SIZE = (1280, 860)
SHORT = {"en": "en", "zh-hans": "zh"}
NAMES = {"en-scripts": "ellis", "zh-scripts": "lin.hao", "en-plain": "wu.mei", "zh-plain": "moss"}


@dataclass(frozen=True)
class Variant:
    """In which language each side reads, whether scripts run, whether a second factor is shown."""

    reporter: Language
    officer: Language
    has_scripts: bool
    has_factor: bool = False

    def __str__(self) -> str:
        return f"{SHORT[self.reporter]}-{'scripts' if self.has_scripts else 'plain'}"


@dataclass(kw_only=True, repr=False)
class Walk:
    """The people, and what they saw on the way."""

    variant: Variant
    house: House
    reporter: Reporter
    officer: Officer
    attachments: list[Path]
    camera: Camera
    looks: Looks
    code: str = ""
    number: int = -1
    texts: dict[str, str] = field(default_factory=dict)
    proofs: list[tuple[Path, Path]] = field(default_factory=list)
    shown_picture: bytes = b""
    kept_picture: bytes = b""

    @classmethod
    def begin(
        cls,
        variant: Variant,
        *,
        browser: Browser,
        house: House,
        folder: Path,
        attachments: list[Path],
        camera: Camera,
    ) -> Self:
        """Bring both people to their doors."""
        name = NAMES[str(variant)]
        windows = [
            Window.open(browser, language=variant.reporter, has_scripts=variant.has_scripts),
            Window.open(
                browser, language=variant.officer, has_scripts=variant.has_scripts, size=DESK_SIZE
            ),
        ]
        story = STORIES[variant.reporter]
        typed = [repr(each) for each in STORIES.values()] + [name, REVEAL_REASON, FILE_WORDS]
        return cls(
            variant=variant,
            house=house,
            reporter=Reporter(window=windows[0], address=house.public, folder=folder),
            officer=Officer(
                window=windows[1],
                address=house.desk,
                name=name,
                password=employ(house, name, "intake_officer"),
            ),
            attachments=attachments,
            camera=camera,
            looks=Looks(typed=" ".join([*typed, story.email])),
        )

    @property
    def story(self) -> Story:
        return STORIES[self.variant.reporter]

    @property
    def official(self) -> Story:
        return STORIES[self.variant.officer]

    def go(self) -> Self:
        """Go the whole way."""
        self.read_about()
        self.file()
        self.keep_receipt()
        self.come_to_the_desk()
        self.take_from_the_queue()
        self.ask()
        self.answer()
        self.decide()
        self.read_outcome()
        return self

    def read_about(self) -> None:
        """See the pages that only tell."""
        for name, path in (("home", ""), ("help", "help/"), ("exit", "leave/"), ("404", "no/")):
            self._look(self.reporter.visit(path), name)

    def file(self) -> None:
        """Send an empty form, then a full one."""
        page = self.reporter.visit("report/")
        self._look(page, "form")
        page.click("button[name=send]")
        page.wait_for_selector("#errors")
        self._look(page, "form with errors")
        self.reporter.fill(self.story, self.attachments)
        self._take(page, "form", (1000, 1180))
        self._take(page, "form-phone", (390, 844))
        self.reporter.send()

    def keep_receipt(self) -> None:
        """Read the code, keep text and proof."""
        page = self.reporter.page
        page.wait_for_selector(".code")
        self.code = self.reporter.read_code()
        self.number = int(page.locator(".facts dd").first.inner_text())
        self.looks.typed += " ".join([self.code, *split_code(self.code)])
        self.texts["receipt"] = page.locator("main").inner_text()
        self._look(page, "receipt")
        self._take(page, "receipt", (1000, 1500))
        self.keep_proofs("section")

    def keep_proofs(self, entries: str) -> None:
        """Download each proof among ``entries`` that has its text beside it."""
        page = self.reporter.page
        for entry in page.locator(f"{entries}:has(form[action$='/text/'])").all():
            number = len(self.proofs)
            kept = [
                self.reporter.save(
                    entry.locator(f"form[action$='/{kind}/'] button"), f"{number}.{kind}"
                )
                for kind in ("proof", "text")
            ]
            self.proofs.append((kept[0], kept[1]))

    def come_to_the_desk(self) -> None:
        """Sign in for the first time, with a password of one's own and, in one variant, a factor."""
        officer = self.officer
        self.house.wait_for(f"{self.house.desk}/health")
        self._look(officer.visit("login/"), "desk: sign in")
        officer.sign_in()
        self._look(officer.page, "desk: first password")
        officer.choose_password()
        if self.variant.has_factor:
            self.set_up_factor()

    def set_up_factor(self) -> None:
        """Set up a second factor and come back with it."""
        officer = self.officer
        officer.set_up_factor()
        self._look(officer.visit("account/factor/codes/"), "desk: recovery codes")
        officer.sign_out()
        officer.sign_in()

    def take_from_the_queue(self) -> None:
        """Find the report in the queue and claim it."""
        self.officer.wait_for_row(self.number)
        self.texts["row"] = self.officer.find_row(self.number).inner_text()
        self._look(self.officer.page, "desk: queue")
        self._take(self.officer.page, "queue", (1280, 860))
        self.officer.claim(self.number)
        self.texts["report"] = self.officer.page.locator("main").inner_text()
        self._look(self.officer.page, "desk: report")
        self._take(self.officer.page, "report", (1280, 1330))
        self.shown_picture = self.officer.fetch("a.frame img", "src")
        self.kept_picture = self.officer.fetch("#files ~ ul a:not(.frame)", "href")

    def ask(self) -> None:
        """Ask the reporter, who comes back with a slip of the pen in the code."""
        self.officer.ask(self.official.question)
        self._look(self.reporter.visit("status/"), "status form")
        self._look(self.reporter.enter(mistype(self.code, at=(2, 11))), "mistyped")
        self.texts["mistyped"] = self.reporter.page.locator("main").inner_text()
        self.reporter.wait_for(mistype(self.code), ".thread form textarea")
        self.texts["question"] = self.reporter.page.locator("main").inner_text()
        self._look(self.reporter.page, "status with question")

    def answer(self) -> None:
        """Answer with one more file."""
        page = self.reporter.reply(self.story.answer, self.attachments[:1])
        page.wait_for_selector("[role=status]")
        self._look(page, "status with answer")
        officer, path = self.officer, f"reports/{self.number}"
        officer.wait_for(path, f"main:has-text('{self.story.answer}')")
        self.texts["contact"] = officer.reveal_contact(REVEAL_REASON)
        self._look(officer.page, "desk: contact")

    def decide(self) -> None:
        """Decide, after a look at what the reporter will read."""
        officer = self.officer
        officer.visit(f"reports/{self.number}")
        officer.begin_decision(CHOICE, text=self.official.explained, note=self.official.note)
        officer.preview()
        self._look(officer.page, "desk: decision")
        self._take(officer.page, "decide", (1280, 1470))
        self.texts["preview"] = officer.page.locator(".preview .sent").inner_text()
        officer.decide()
        self._look(officer.page, "desk: decided")
        self._look(officer.visit("events"), "desk: events")

    def read_outcome(self) -> None:
        """Read the outcome and keep the proof of every state."""
        self.reporter.wait_for(self.code, f"main:has-text('{self.official.explained}')")
        page = self.reporter.page
        self.texts["outcome"] = page.locator("main").inner_text()
        self._look(page, "status with outcome")
        self._take(page, "status", (1000, 1180))
        self.keep_proofs(".thread > li")

    def end(self) -> None:
        """Close both windows."""
        self.reporter.window.close()
        self.officer.window.close()

    def _look(self, page: Page, name: str) -> None:
        if self.variant.has_scripts:
            is_desk = name.startswith("desk")
            language = self.variant.officer if is_desk else self.variant.reporter
            self.looks.look(page, name, language=language)

    def _take(self, page: Page, scene: str, size: tuple[int, int]) -> None:
        if self.variant.has_scripts:
            self.camera.take(page, f"{scene}-{SHORT[self.variant.reporter]}", size=size)
