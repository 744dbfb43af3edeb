"""The whole site from what the desk and the vault hold."""

from collections.abc import Iterator
from pathlib import Path

from tipline.interfaces.published.data import make_data, make_feeds
from tipline.interfaces.published.folder import check_folder, put_site
from tipline.interfaces.published.log import make_log
from tipline.interfaces.published.pages import draw_pages
from tipline.interfaces.published.sources import Sources
from tipline.settings import Settings
from tipline.store.queries.published import list_listed
from tipline.vault import Vault

STYLE = Path(__file__).parent / "look" / "site.css"
PARTS = (draw_pages, make_data, make_feeds, make_log)


def publish_site(*, settings: Settings, vault: Vault, vkey: str, output: Path) -> tuple[int, bool]:
    """Publish the site to the folder ``output``; gives its files and whether any is new.

    Raises:
        NotOurs: something else is in that folder.

    """
    check_folder(output)
    note, orders = vault.checkpoint(), list_listed()
    sources = Sources(settings=settings, vault=vault, vkey=vkey, orders=orders, note=note)
    return put_site(output, _make_files(sources))


def _make_files(sources: Sources) -> Iterator[tuple[str, bytes]]:
    yield "site.css", STYLE.read_bytes()
    for make in PARTS:
        yield from make(sources)
