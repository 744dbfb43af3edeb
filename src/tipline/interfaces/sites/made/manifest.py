"""Encodes an Android manifest in its binary form (ResXMLTree of Android's ResourceTypes.h)."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ANDROID = "http://schemas.android.com/apk/res/android"
# Attributes that have a number of their own; their names come first in the pool, in this order.
NUMBERS: Mapping[str, int] = {
    "label": 0x01010001,
    "name": 0x01010003,
    "permission": 0x01010006,
    "priority": 0x0101001C,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
}
NOTHING, TEXT, NUMBER = 0xFFFFFFFF, 0x03, 0x10
POOL, TREE, MAP = 0x0001, 0x0003, 0x0180
START_SPACE, END_SPACE, START, END = 0x0100, 0x0101, 0x0102, 0x0103


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element: attributes without a namespace are marked by a leading ``-``."""

    tag: str
    attributes: Mapping[str, str | int] = field(default_factory=dict)
    children: tuple["Element", ...] = ()


class Encoder:
    """Gathers strings while it writes chunks."""

    def __init__(self) -> None:
        self._strings: dict[str, int] = {name: at for at, name in enumerate(NUMBERS)}

    def encode(self, root: Element) -> bytes:
        """Encode a whole document."""
        space = struct.pack("<2I", self._place("android"), self._place(ANDROID))
        body = _chunk(START_SPACE, space) + self._write(root) + _chunk(END_SPACE, space)
        numbers = struct.pack(f"<{len(NUMBERS)}I", *NUMBERS.values())
        mapped = struct.pack("<2HI", MAP, 8, 8 + len(numbers)) + numbers
        whole = self._write_pool() + mapped + body
        return struct.pack("<2HI", TREE, 8, 8 + len(whole)) + whole

    def _place(self, text: str) -> int:
        return self._strings.setdefault(text, len(self._strings))

    def _write(self, element: Element) -> bytes:
        attributes = b"".join(self._write_attributes(element))
        name, count = self._place(element.tag), len(element.attributes)
        head = struct.pack("<2I6H", NOTHING, name, 20, 20, count, 0, 0, 0)
        inner = b"".join(self._write(each) for each in element.children)
        end = _chunk(END, struct.pack("<2I", NOTHING, name))
        return _chunk(START, head + attributes) + inner + end

    def _write_attributes(self, element: Element) -> Iterator[bytes]:
        for name, value in element.attributes.items():
            space = NOTHING if name.startswith("-") else self._place(ANDROID)
            at = self._place(name.removeprefix("-"))
            if isinstance(value, int):
                yield struct.pack("<3IHBBI", space, at, NOTHING, 8, 0, NUMBER, value)
            else:
                text = self._place(value)
                yield struct.pack("<3IHBBI", space, at, text, 8, 0, TEXT, text)

    def _write_pool(self) -> bytes:
        offsets, held = [], bytearray()
        for text in self._strings:
            offsets.append(len(held))
            encoded = text.encode("utf-16-le")
            held += struct.pack("<H", len(encoded) // 2) + encoded + b"\0\0"
        held += bytes(-len(held) % 4)
        start = 28 + 4 * len(offsets)
        sizes = (start + len(held), len(offsets), 0, 0, start, 0)
        return struct.pack(f"<2H6I{len(offsets)}I", POOL, 28, *sizes, *offsets) + held


def _chunk(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H3I", kind, 16, 16 + len(body), 1, NOTHING) + body
