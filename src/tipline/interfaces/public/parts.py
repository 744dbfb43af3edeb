"""Cut a multipart body into its parts as it streams (RFC 7578), with python-multipart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from tipline.interfaces.doorway.bodies import BodyTooLarge

PARTS_MAX = 1_000
NAME_CHARS_MAX = 100


class FormBroken(Exception):
    """The body is not a form that can be read."""


@dataclass(frozen=True)
class PartBegun:
    """A part begins: its field, and for a file its name and type as the sender calls them."""

    name: str
    filename: str | None = None
    type: str = ""


@dataclass(frozen=True)
class PartData:
    """Some bytes of the part."""

    data: bytes


@dataclass(frozen=True)
class PartEnded:
    """The part is complete."""


Event = PartBegun | PartData | PartEnded


@dataclass
class PartReader:
    """Turns chunks of a body into events."""

    boundary: bytes
    _events: list[Event] = field(default_factory=list)
    _headers: dict[str, bytes] = field(default_factory=dict)
    _name: bytes = b""
    _value: bytes = b""
    _count: int = 0
    _size: int = 0
    _is_complete: bool = False

    def __post_init__(self) -> None:
        try:
            self._parser = MultipartParser(self.boundary, self._list_callbacks())
        except FormParserError:
            raise FormBroken from None

    def read(self, chunk: bytes, *, limit: int) -> Iterator[Event]:
        """Read a chunk and yield what it completes; ``limit`` is the most bytes of a whole body.

        Raises:
            BodyTooLarge: the body is longer.
            FormBroken: this is not multipart, or has too many parts.

        """
        self._size += len(chunk)
        if self._size > limit:
            raise BodyTooLarge
        try:
            self._parser.write(chunk)
        except (FormParserError, ValueError, UnicodeDecodeError):
            raise FormBroken from None
        events, self._events = self._events, []
        yield from events

    def check_complete(self) -> None:
        """Refuse a body that ended before its last part did.

        Raises:
            FormBroken: it did.

        """
        if not self._is_complete:
            raise FormBroken

    def _list_callbacks(self) -> Any:  # the library types them for checkers only
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._add_name,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._add_data,
            "on_part_end": lambda: self._events.append(PartEnded()),
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._headers = {}
        self._count += 1
        if self._count > PARTS_MAX:
            raise FormBroken

    def _add_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value
        self._name = self._value = b""

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition"))
        name = options.get(b"name", b"").decode()
        if not name or len(name) > NAME_CHARS_MAX:
            raise FormBroken
        filename = options.get(b"filename")
        told = None if filename is None else filename.decode("utf-8", "replace")
        kind = self._headers.get("content-type", b"").decode("latin-1")
        self._events.append(PartBegun(name, told, kind))

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        self._events.append(PartData(data[start:end]))

    def _end(self) -> None:
        self._is_complete = True
