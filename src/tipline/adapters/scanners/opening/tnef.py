"""Attachments as Outlook wraps them (``winmail.dat``); format: MS-OXTNEF."""

import struct
from collections.abc import Iterator

from tipline.adapters.scanners.opening.parts import Data, Note, Part, copy

ATTACHED = 0x800F


def open_tnef(data: Data) -> Iterator[Part | Note]:
    """Open the attachments of a TNEF stream."""
    at = 6
    while at + 9 <= len(data):
        _, kind, _, size = struct.unpack_from("<B2HI", data, at)
        start = at + 9
        if kind == ATTACHED:
            yield Part(name="", packed=size, chunks=copy(data, start, start + size))
        at = start + size + 2
