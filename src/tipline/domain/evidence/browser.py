"""What a browser is asked for, whichever it is, and what it gives."""

from typing import Protocol

from msgspec import Struct, field

from tipline.domain.evidence.budget import Budget


class BrowserUnusable(RuntimeError):
    """There is no browser that could be run safely here; the message says why, and the cure."""


class Profile(Struct, frozen=True, kw_only=True):
    """Whom a site believes to see."""

    name: str
    agent: str  # with {major} where the browser's version goes
    platform: str
    width: int
    height: int
    scale: float = 1.0
    is_mobile: bool = False
    languages: str = "zh-CN,zh;q=0.9,en;q=0.7"
    time_zone: str = "Asia/Shanghai"


DESKTOP = Profile(
    name="desktop",
    agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{major}.0.0.0 Safari/537.36",
    platform="Windows",
    width=1366,
    height=768,
)
MOBILE = Profile(
    name="mobile",
    agent="Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{major}.0.0.0 Mobile Safari/537.36",
    platform="Android",
    width=412,
    height=915,
    is_mobile=True,
)
PROFILES = {each.name: each for each in (DESKTOP, MOBILE)}


class Link(Struct, frozen=True):
    """A link on a page, with what it says."""

    url: str
    text: str = ""


class Download(Struct, frozen=True):
    """A file that the page wanted to save, with the name that the site gave it."""

    url: str
    name: str


class Rendering(Struct, frozen=True, kw_only=True):
    """What a browser made of one address.

    ``flags`` name what was hostile: ``dialogs``, ``navigations``, ``popups``, ``frames``,
    ``hang``, ``memory``, ``crash``. ``final_url`` is nothing where no page of the site was shown.
    """

    final_url: str = ""
    title: str = ""
    dom: str = ""
    text: str = ""
    picture: bytes = b""  # PNG
    is_picture_cut: bool = False
    links: tuple[Link, ...] = ()
    dialogs: tuple[str, ...] = ()
    popups: tuple[str, ...] = ()
    downloads: tuple[Download, ...] = ()
    answer: str = ""  # of the snippet that was asked for, as JSON
    flags: tuple[str, ...] = ()
    seconds: float = 0.0
    memory_bytes: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether there are both a document and its picture."""
        return bool(self.dom and self.picture)


class Visit(Struct, frozen=True, kw_only=True):
    """One address to be shown."""

    url: str
    profile: Profile
    proxy: str  # HOST:PORT of the only way out
    budget: Budget = field(default_factory=Budget)
    has_scripts: bool = True
    seconds: float = 12.0
    snippet: str = ""  # JavaScript whose value, text, is the rendering's answer


class Browser(Protocol):
    """A browser with nothing in its past; each visit begins as empty as the first."""

    @property
    def version(self) -> str:
        """Name and version."""

    async def start(self) -> None:
        """Start it, so that it is known to run.

        Raises:
            BrowserUnusable: it is not there, or could only run in a way that is not safe.

        """

    async def show(self, visit: Visit) -> Rendering:
        """Show an address. Ends within the visit's seconds, and never raises for what a site does."""

    async def close(self) -> None:
        """End every process of it."""
