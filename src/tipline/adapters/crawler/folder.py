"""The working folder of an inspection: what is written where, and what a kill leaves usable."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, json

from tipline.adapters.gate.archive import cut_back
from tipline.domain.evidence.pages import CapturedPage, KeptDownload

_JOURNAL = "journal.jsonl"


class Noted(Struct, frozen=True):
    """A page that is done, and how far the growing files went by then."""

    page: CapturedPage
    downloads: tuple[KeptDownload, ...]
    sizes: Mapping[str, int]


class Folder:
    """Pages, downloads and the journal below ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("archive", "pages", "network/tls", "downloads"):
            (path / name).mkdir(parents=True, exist_ok=True)

    def resume(self) -> list[Noted]:
        """Give what was done before, and cut off what a kill left unfinished."""
        done = list(self._read_journal())
        if done:
            cut_back(self.path, done[-1].sizes)
        else:
            self._clear()
        return done

    def keep_page(self, page: CapturedPage, *, dom: str, text: str, picture: bytes) -> None:
        """Write a page's files."""
        place = self.path / "pages" / page.folder
        place.mkdir(exist_ok=True)
        (place / "dom.html").write_text(dom, "utf-8", errors="replace")
        (place / "text.txt").write_text(text, "utf-8", errors="replace")
        if picture:
            (place / "screenshot.png").write_bytes(picture)
        (place / "page.json").write_bytes(json.format(json.encode(page), indent=1))

    def keep_answer(self, page: CapturedPage, *, name: str, answer: str) -> None:
        """Write what the browser answered to the snippet."""
        (self.path / "pages" / page.folder / name).write_text(answer, "utf-8", errors="replace")

    def keep_download(self, body: bytes) -> str:
        """Write a file by its hash; gives the hash."""
        name = hashlib.sha256(body).hexdigest()
        (self.path / "downloads" / f"{name}.bin").write_bytes(body)
        return name

    def note(self, noted: Noted) -> None:
        """Note that a page is done; from now on it stays done."""
        with (self.path / "downloads.jsonl").open("ab") as file:
            file.writelines(json.encode(each) + b"\n" for each in noted.downloads)
            size = file.tell()
        sizes = {**noted.sizes, "downloads.jsonl": size}
        with (self.path / _JOURNAL).open("ab") as file:
            file.write(json.encode(Noted(noted.page, noted.downloads, sizes)) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def write_run(self, run: Mapping[str, object]) -> None:
        """Write settings, versions and times of the run."""
        (self.path / "run.json").write_bytes(json.format(json.encode(run), indent=1))

    def _read_journal(self) -> Iterator[Noted]:
        path = self.path / _JOURNAL
        for line in path.read_bytes().split(b"\n") if path.is_file() else ():
            try:
                yield json.decode(line, type=Noted)
            except ValueError:
                return  # the kill came while this line was written

    def _clear(self) -> None:
        for name in ("archive/data.warc.gz", "downloads.jsonl"):
            (self.path / name).unlink(missing_ok=True)
        for path in (self.path / "network").glob("*.jsonl"):
            path.unlink()
