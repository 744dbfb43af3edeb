"""A page as it was captured, and what an inspection brought home."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tipline.domain.evidence.browser import Link

Tell = Callable[["Progress"], None]


class Replayed(Struct, frozen=True):
    """How complete the record is: what the same browser shows of it with no network."""

    pixel: bool  # the same picture, pixel by pixel
    text: bool
    missing: int  # requests that the record has no answer to


class CapturedPage(Struct, frozen=True, kw_only=True):
    """One address as captured; ``page.json`` in its folder.

    ``result``: ``shown``, ``not_rendered`` (kept, but no browser showed it), ``empty``,
    ``robots`` (not asked for), ``refused:REASON``, ``unreachable:REASON``, ``protocol_error``.
    """

    number: int
    url: str
    final_url: str
    status: int
    result: str
    rendered: bool
    profile: str
    at: str
    title: str = ""
    depth: int = 0
    links: tuple[Link, ...] = ()
    redirects: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    popups: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    scripts: bool = True  # off where the page was shown without them, since they were hostile
    picture_cut: bool = False
    requests: int = 0
    refused: int = 0
    tls: str = ""
    tls_fault: str = ""
    seconds: float = 0.0
    replay: Replayed | None = None

    @property
    def folder(self) -> str:
        """Its folder below ``pages``."""
        return f"{self.number:04}"


class KeptDownload(Struct, frozen=True, kw_only=True):
    """A file that was kept by its hash; ``name`` is as the site told it, and only for reading."""

    url: str
    name: str
    sha256: str
    bytes: int
    truncated: str
    page: int


class Progress(Struct, frozen=True, kw_only=True):
    """How far an inspection is."""

    done: int
    waiting: int
    url: str
    result: str


class CaptureSummary(Struct, frozen=True, kw_only=True):
    """What an inspection brought home to ``folder``.

    ``result`` is ``complete``, ``partial`` (something was cut or unreachable) or
    ``unreachable:REASON``, where the first page gave nothing.
    """

    folder: Path
    url: str
    result: str
    rendered: bool
    pages: tuple[CapturedPage, ...]
    downloads: tuple[KeptDownload, ...]
    signals: tuple[str, ...]
    refused: int
    requests: int
    seconds: float
