"""Tells what a file is and opens it where it is an archive; runs in a process of its own."""

import hashlib
import mmap
import time
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tipline.adapters.scanners.kinds import HEAD, Kinds
from tipline.adapters.scanners.opening import cabinets, streams, tars, texts, tnef, zips
from tipline.adapters.scanners.opening.parts import Broken, Data, Note, Opener, Part
from tipline.adapters.scanners.wire import Frame
from tipline.adapters.scanners.worker import Engine
from tipline.domain.evidence.files.opening import Account, LimitReached, Limits

OPENERS: Mapping[str, Opener] = {
    "application/zip": zips.open_zip,
    "application/java-archive": zips.open_zip,
    "application/vnd.android.package-archive": zips.open_zip,
    "application/vnd.openxmlformats-officedocument": zips.open_zip,
    "application/x-tar": tars.open_tar,
    "application/x-cpio": tars.open_cpio,
    "application/gzip": streams.open_gzip,
    "application/x-gzip": streams.open_gzip,
    "application/x-bzip2": streams.open_bzip2,
    "application/x-xz": streams.open_xz,
    "application/x-lzma": streams.open_xz,
    "application/vnd.ms-cab-compressed": cabinets.open_cabinet,
    "application/x-ms-compress-szdd": cabinets.open_szdd,
    "message/rfc822": texts.open_mail,
    "application/mbox": texts.open_mail,
    "text/x-uuencode": texts.open_uuencode,
    "text/html": texts.open_page,
    "text/rtf": texts.open_rtf,
    "application/pdf": texts.open_pdf,
    "application/mac-binhex40": texts.open_binhex,
    "application/vnd.ms-tnef": tnef.open_tnef,
}
# Archives that nothing here opens; ClamAV opens them where it is there.
UNOPENED = frozenset(
    [
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/x-rar",
        "application/x-arj",
        "application/x-lzh-compressed",
        "application/zstd",
        "application/x-iso9660-image",
    ]
)


def map_file(fd: int) -> Data:
    """Map an open file to read it; an empty one cannot be mapped."""
    try:
        return mmap.mmap(fd, 0, access=mmap.ACCESS_READ)
    except ValueError:
        return b""


def start(_options: Mapping[str, Any]) -> Engine:
    """Make the engine. Asked ``type`` it answers that; asked to ``open``, with members."""
    kinds = Kinds()

    def answer(fd: int, request: Mapping[str, Any]) -> Iterator[Frame]:
        data = map_file(fd)
        if request["do"] == "type":
            yield Frame("done", {"type": kinds.name(data)})
            return
        limits = msgspec.convert(request["limits"], Limits)
        account = Account(limits=limits, bytes_out=request["bytes"], members=request["members"])
        yield from _open(data, request["type"], account=account, kinds=kinds)

    return answer


def _open(data: Data, named: str, *, account: Account, kinds: Kinds) -> Iterator[Frame]:
    notes: set[str] = set()
    until = time.monotonic() + account.limits.seconds_max
    try:
        for part in OPENERS[named](data):
            if isinstance(part, Note):
                notes.add(part.key)
                continue
            account.check_time(time.monotonic() - until + account.limits.seconds_max)
            account.begin_member()
            try:
                yield from _pour(part, account=account, kinds=kinds, until=until)
            except Broken:
                notes.add("archive.broken")
    except LimitReached as reached:
        notes.add(reached.key)
    except Broken:
        notes.add("archive.broken")
    used = {"bytes": account.bytes_out, "members": account.members}
    yield Frame("done", {"notes": sorted(notes), **used})


def _pour(part: Part, *, account: Account, kinds: Kinds, until: float) -> Iterator[Frame]:
    # A member that is small comes in one frame; of a larger one ``bytes`` come before it.
    held, named, digest, size = bytearray(), "", hashlib.sha256(), 0
    stopped: Exception | None = None
    try:
        for chunk in part.chunks:
            size += len(chunk)
            account.add_bytes(len(chunk), member_out=size, member_in=part.packed)
            account.check_time(time.monotonic() - until + account.limits.seconds_max)
            digest.update(chunk)
            held += chunk
            if size > HEAD:
                named = named or kinds.name(bytes(held))
                yield Frame("bytes", data=bytes(held))
                held.clear()
    except (Broken, LimitReached) as stop:
        stopped = stop  # what came out before is looked at all the same
    told = {"name": part.name[:2_000], "sha256": digest.hexdigest(), "bytes": size}
    yield Frame("member", told | {"type": named or kinds.name(bytes(held))}, data=bytes(held))
    if stopped:
        raise stopped
