"""The pictures of an inspection, out of its web archives: each read once, however often it stands."""

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tipline.domain.evidence.content.findings import Picture
from tipline.domain.evidence.content.pictures import TEXTS_MAX, PictureReader

log = logging.getLogger("tipline.findings")
BYTES_MAX: Final = 10_000_000


class Gallery:
    """Reads the pictures of one inspection; text is sought in the first ``texts_max`` large ones."""

    def __init__(self, reader: PictureReader | None, *, texts_max: int = TEXTS_MAX) -> None:
        self._reader = reader
        self._texts_max = texts_max
        self._known: dict[str, Picture | None] = {}
        self.texts_read = self.texts_left = 0

    def read(self, data: bytes) -> Picture | None:
        """Read a picture; nothing where it is none."""
        if self._reader is None or not data or len(data) > BYTES_MAX:
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            may_seek = self.texts_read < self._texts_max
            self._known[digest] = picture = self._reader.read(data, seek_text=may_seek)
            if picture is not None and picture.is_large:
                self.texts_read += may_seek
                self.texts_left += not may_seek
        return self._known[digest]

    def read_archives(self, folder: Path) -> dict[str, Picture]:
        """Read all pictures of the web archives in ``folder``, by their address."""
        found: dict[str, Picture] = {}
        for path in sorted(folder.glob("*.warc.gz")) if self._reader else ():
            for address, data in _list_pictures(path):
                picture = self.read(data)
                if picture is not None:
                    found.setdefault(address, picture)
        return found


def _list_pictures(path: Path) -> Iterator[tuple[str, bytes]]:
    # An archive that was cut short gives what is whole in it.
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if kind.startswith("image/") and record.http_headers.get_statuscode() == "200":
                    address = record.rec_headers.get_header("WARC-Target-URI") or ""
                    yield address, record.content_stream().read(BYTES_MAX)
        except (ArchiveLoadFailed, EOFError, OSError) as cut:
            log.warning("a web archive ends early: %s", type(cut).__name__)
