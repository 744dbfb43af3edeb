"""What a look at one address gives, by whichever eyes."""

from typing import Protocol

from msgspec import Struct

from tipline.domain.evidence.browser import Download, Profile
from tipline.domain.evidence.exchanges import Exchange
from tipline.domain.evidence.pages import CapturedPage

PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")


class Sight(Struct, frozen=True, kw_only=True):
    """A page with its contents, and the files that it wanted to hand over."""

    page: CapturedPage
    dom: str = ""
    text: str = ""
    picture: bytes = b""
    answer: str = ""
    files: tuple[Download, ...] = ()
    body: bytes = b""  # where the address itself is a file


class Look(Protocol):
    """Eyes: they see one address, and never fail for what a site does."""

    @property
    def name(self) -> str:
        """Name and version."""

    async def see(self, blank: CapturedPage, profile: Profile) -> Sight:
        """Fill in what ``blank`` names."""

    async def close(self) -> None:
        """End what was started."""


def is_file(exchange: Exchange) -> bool:
    """Tell whether an answer is a file to be saved and not a page to be shown."""
    if exchange.find_header("content-disposition").lower().startswith("attachment"):
        return True
    return exchange.kind not in PAGES and not exchange.kind.startswith("image/")


def name_file(exchange: Exchange) -> str:
    """Give the name that the site tells for a file; it is for reading alone."""
    told = exchange.find_header("content-disposition").partition("filename=")[2]
    name = told.strip("\"' ;") or exchange.url.partition("?")[0].rpartition("/")[2]
    return name.encode("latin-1", "replace").decode("utf-8", "replace")[:300]


def judge(exchange: Exchange) -> str:
    """Name the result of an answer alone: nothing where there is one."""
    if exchange.fault == "protocol":
        return "protocol_error"
    return f"unreachable:{exchange.fault}" if exchange.fault else ""
