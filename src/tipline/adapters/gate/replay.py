"""What stands behind a door when a record is shown again, with no network."""

import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from warcio.archiveiterator import ArchiveIterator

from tipline.adapters.gate.asking import Ask
from tipline.adapters.gate.door import NoAnswer
from tipline.domain.evidence.targets import Target

_PIECE = 1 << 18
Place = tuple[int, int]  # where a record begins, and how long it is


class Replay:
    """The answers of one archive: to the nth request for an address the nth that was recorded."""

    def __init__(self, warc: Path, places: Iterable[tuple[str, Place]]) -> None:
        self._warc = warc
        self._places: dict[str, deque[Place]] = {}
        for url, place in places:
            self._places.setdefault(url, deque()).append(place)
        self.missing: list[str] = []

    @classmethod
    def open(cls, warc: Path) -> Self:
        """Read where the answers of a whole archive lie."""
        with warc.open("rb") as file:
            return cls(warc, list(_find_places(ArchiveIterator(file))))

    async def check(self, target: Target) -> None:
        """Let every connection come: the record is all that there is."""

    async def answer(self, ask: Ask) -> bool:
        """Give the recorded bytes."""
        waiting = self._places.get(ask.target.url)
        if not waiting or ask.send is None:
            self.missing.append(ask.target.url)
            raise NoAnswer("missing")
        place = waiting.popleft() if len(waiting) > 1 else waiting[0]
        for piece in read_block(self._warc, place):
            await ask.send(piece)
        return False

    def refuse(self, url: str, *, reason: str, method: str) -> None:
        """Nothing is noted: it was refused when the page was live, too."""


def read_block(warc: Path, place: Place) -> Iterator[bytes]:
    """Give a record's block, which for an answer is what came from the wire."""
    machine, head = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    left = -1
    with warc.open("rb") as file:
        file.seek(place[0])
        while left and (packed := file.read(min(_PIECE, place[1]))):
            data = machine.decompress(packed)
            if left < 0:
                head += data
                lines, mark, data = head.partition(b"\r\n\r\n")
                if not mark:
                    continue
                left = _read_length(lines)
            yield data[:left]
            left = max(0, left - len(data))


def _read_length(lines: bytes) -> int:
    rows = (each.partition(b":") for each in lines.split(b"\r\n"))
    fields: Mapping[bytes, bytes] = {key.lower(): value for key, _colon, value in rows}
    return int(fields[b"content-length"])


def _find_places(records: ArchiveIterator) -> Iterator[tuple[str, Place]]:
    for record in records:
        kind, url = record.rec_type, record.rec_headers.get_header("WARC-Target-URI")
        if kind == "response" and url:
            while record.raw_stream.read(_PIECE):
                pass
            yield url, (records.get_record_offset(), records.get_record_length())


def read_body(warc: Path, place: Place, *, most: int) -> bytes:
    """Give a recorded answer's body, unpacked, up to ``most`` bytes."""
    with warc.open("rb") as file:
        file.seek(place[0])
        for record in ArchiveIterator(file):
            try:
                return bytes(record.content_stream().read(most))
            except (OSError, ValueError, zlib.error):
                return bytes(record.raw_stream.read(most))
    return b""
