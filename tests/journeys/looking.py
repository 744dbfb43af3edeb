"""What a page must bear: an accessibility check, a narrow window, large letters, one language."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from playwright.sync_api import Page

from tests.journeys.browsing import Language
from tipline.interfaces.public import reportfields

NARROW = 320
LETTERS = {"public": ("100%", "200%"), "desk": ("100%",)}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = "async (rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > room + 1)
    .map((each) => each.tagName.toLowerCase() + '.' + each.className + ': '
      + Math.ceil(each.getBoundingClientRect().right));
}"""
WORDS = """() => {
  const told = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const about = walk.currentNode.parentElement;
    if (!about.closest('[translate=no],[dir=auto],bdi,code,kbd,script,style')) told.push(walk.currentNode.data);
  }
  const names = ['aria-label', 'alt', 'title', 'placeholder'];
  for (const each of document.querySelectorAll(names.map((name) => `[${name}]`).join()))
    for (const name of names) told.push(each.getAttribute(name) ?? '');
  return told.join('\\n');
}"""
LATIN = re.compile(r"[A-Za-z][A-Za-z’']{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Latin words that a Chinese page may show: names of things that have no other name.
NAMES = frozenset(
    {"English", "Tipline", "Cookie", "Python", "verify", "key", "SHA", "APP", "Enter", "Tab"}
    | {"Telegram", "WhatsApp"}
)
CURRENCIES = frozenset(reportfields.CURRENCIES)
LANGUAGES = frozenset({"简体中文"})


@dataclass(kw_only=True)
class Looks:
    """What was found at the pages that were looked at, each fault with the page's name."""

    typed: str = ""
    seen: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str, *, language: Language) -> None:
        """Look at the page as it is shown now, and put the window back as it was."""
        self.seen.append(name)
        self.violations += [f"{name}: {each}" for each in run_axe(page)]
        self.foreign += [f"{name}: {each}" for each in self._find_foreign(page, language)]
        size = page.viewport_size
        page.set_viewport_size({"width": NARROW, "height": 640})
        for letters in LETTERS["desk" if name.startswith("desk") else "public"]:
            self.too_wide += [f"{name} {letters}: {each}" for each in find_too_wide(page, letters)]
        page.set_viewport_size(size or {"width": 1000, "height": 800})

    def _find_foreign(self, page: Page, language: Language) -> list[str]:
        told = page.evaluate(WORDS)
        if language == "en":
            return sorted(set(CHINESE.findall(told)) - set(CHINESE.findall(self.typed)) - LANGUAGES)
        return sorted(
            set(LATIN.findall(told)) - set(LATIN.findall(self.typed)) - NAMES - CURRENCIES
        )


def run_axe(page: Page) -> list[str]:
    """Run axe-core and tell each violation with the place where it is."""
    page.evaluate(read_axe())
    found = page.evaluate(RUN_AXE, list(RULES))
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def find_too_wide(page: Page, letters: str) -> list[str]:
    """Tell what makes the page scroll sideways with letters of this size; nothing if it does not."""
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", letters)
    found: list[str] = page.evaluate(TOO_WIDE)
    page.evaluate("() => document.documentElement.removeAttribute('style')")
    return found[:5]


@cache
def read_axe() -> str:
    """Read the axe-core that the package ships."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text()
