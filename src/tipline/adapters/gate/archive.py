"""The record of an inspection as it grows: WARC 1.1 and the gate's own lines.

WARC: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/. Records are
written when their exchange ends and are whole on disk before the next begins, so that what a kill
leaves is cut off at the sizes that the last page noted.
"""

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from msgspec import json, to_builtins

from tipline.adapters.gate.certificates import hash_certificate
from tipline.adapters.gate.spool import Spool
from tipline.domain.evidence.exchanges import Exchange, Refusal

WARC = "archive/data.warc.gz"
_LINES = ("network/gate.jsonl", "network/dns.jsonl", "network/redirects.jsonl")
_STORED = 8 << 20  # bodies above this are files that are packed already


class Archive:
    """Writes the record below ``folder``; goes on where one is there."""

    def __init__(self, folder: Path, *, software: str, now: datetime) -> None:
        self._folder = folder
        (folder / "archive").mkdir(parents=True, exist_ok=True)
        (folder / "network" / "tls").mkdir(parents=True, exist_ok=True)
        self._warc = (folder / WARC).open("ab")
        self._lines = {each: (folder / each).open("ab") for each in _LINES}
        self._chains: set[str] = set()
        if not self._warc.tell():
            fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
            self._write("warcinfo", _head(now, kind="application/warc-fields"), fields)

    @property
    def files(self) -> Mapping[str, IO[bytes]]:
        """What grows, by its name below the folder."""
        return {WARC: self._warc, **self._lines}

    def measure(self) -> Mapping[str, int]:
        """Bring everything to disk and tell how far each file goes."""
        for each in self.files.values():
            each.flush()
        return {name: each.tell() for name, each in self.files.items()}

    def keep_exchange(
        self, exchange: Exchange, *, request: bytes, answer: Spool
    ) -> tuple[int, int] | None:
        """Keep a request and its answer; gives where the answer's record lies, if there is one."""
        self._note("network/gate.jsonl", {"what": "exchange", **_bare(exchange)})
        place = exchange.find_header("location")
        if 300 <= exchange.status < 400 and place:
            row = {"door": exchange.door, "from": exchange.url, "status": exchange.status}
            self._note("network/redirects.jsonl", {**row, "to": place, "at": exchange.at})
        if not exchange.status:
            return None
        at = _read_time(exchange.at)
        place_of = self._write_answer(exchange, answer, at)
        about = _head(
            at, kind="application/http; msgtype=request", url=exchange.url, other=place_of[2]
        )
        self._write("request", about, request)
        return place_of[0], place_of[1]

    def keep_refusal(self, refusal: Refusal) -> None:
        """Keep that something was asked for and not let out."""
        self._note("network/gate.jsonl", {"what": "refusal", **to_builtins(refusal)})

    def keep_name(self, row: Mapping[str, object]) -> None:
        """Keep what a name resolved to."""
        self._note("network/dns.jsonl", row)

    def keep_chain(self, chain: tuple[bytes, ...]) -> str:
        """Keep the certificates that a site showed; gives the name of the first."""
        names = [hash_certificate(each) for each in chain]
        if names and names[0] not in self._chains:
            self._chains.add(names[0])
            path = self._folder / "network" / "tls" / f"{names[0]}.pem"
            path.write_bytes(b"".join(chain))
        return names[0] if names else ""

    def close(self) -> None:
        """Bring everything to disk and let go."""
        for each in self.files.values():
            each.close()

    def _note(self, name: str, row: Mapping[str, object]) -> None:
        self._lines[name].write(json.encode(row) + b"\n")

    def _write_answer(
        self, exchange: Exchange, answer: Spool, at: datetime
    ) -> tuple[int, int, str]:
        about = _head(at, kind="application/http; msgtype=response", url=exchange.url)
        about["WARC-Block-Digest"] = _name_digest(answer.block_digest)
        about["WARC-Payload-Digest"] = _name_digest(answer.payload_digest)
        if exchange.address:
            about["WARC-IP-Address"] = exchange.address
        if exchange.cut:
            about["WARC-Truncated"] = exchange.cut
        start = self._warc.tell()
        self._pack("response", about, answer.read(), size=answer.size)
        self._warc.flush()
        return start, self._warc.tell() - start, about["WARC-Record-ID"]

    def _write(self, kind: str, about: dict[str, str], block: bytes) -> None:
        about["WARC-Block-Digest"] = _name_digest(hashlib.sha256(block).digest())
        self._pack(kind, about, [block], size=len(block))

    def _pack(
        self, kind: str, about: Mapping[str, str], pieces: Iterable[bytes], *, size: int
    ) -> None:
        lines = "".join(f"{key}: {value}\r\n" for key, value in about.items())
        head = f"WARC/1.1\r\nWARC-Type: {kind}\r\n{lines}Content-Length: {size}\r\n\r\n"
        machine = zlib.compressobj(0 if size > _STORED else 1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        self._warc.write(machine.compress(head.encode()))
        for piece in pieces:
            self._warc.write(machine.compress(piece))
        self._warc.write(machine.compress(b"\r\n\r\n") + machine.flush())


def cut_back(folder: Path, sizes: Mapping[str, int]) -> None:
    """Cut what grew after ``sizes`` were measured, which may end in the middle of a record."""
    for name, size in sizes.items():
        with (folder / name).open("r+b") as file:
            file.truncate(size)


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """Read the lines of one of the gate's own files."""
    with path.open("rb") as file:
        for line in file:
            yield json.decode(line)


def _head(at: datetime, *, kind: str, url: str = "", other: str = "") -> dict[str, str]:
    head = {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>"}
    head["WARC-Date"] = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    head["Content-Type"] = kind
    if url:
        head["WARC-Target-URI"] = url
    if other:
        head["WARC-Concurrent-To"] = other
    return head


def _bare(exchange: Exchange) -> dict[str, object]:
    row = to_builtins(exchange)
    del row["headers"]  # they stand in the archive
    return {key: value for key, value in row.items() if value not in {"", 0}}


def _name_digest(digest: bytes) -> str:
    return "sha256:" + base64.b32encode(digest).decode()


def _read_time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
