"""How a scanning process is spoken to: length-prefixed MessagePack over a Unix socket.

The file itself goes over as an open descriptor, so that the process needs no right to any path.
"""

import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

import msgspec

MESSAGE_MAX = 8 << 20
CHUNK = 1 << 20
_LENGTH = struct.Struct(">I")


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """One message: ``bytes`` of a member come before the ``member`` itself, ``done`` ends all."""

    kind: str
    body: Mapping[str, Any] = {}
    data: bytes = b""


class Cut(Exception):
    """The other side went away in the middle."""


def send(link: socket.socket, frame: Frame, *, fd: int | None = None) -> None:
    """Send ``frame``, with an open file where it is a request."""
    body = msgspec.msgpack.encode(frame)
    head = _LENGTH.pack(len(body))
    if fd is None:
        link.sendall(head + body)
    else:
        socket.send_fds(link, [head], [fd])
        link.sendall(body)


def receive(link: socket.socket, *, until: float | None = None) -> Frame:
    """Receive one frame, by ``until`` on the monotonic clock.

    Raises:
        Cut: the other side is gone, or speaks nonsense.
        TimeoutError: it is too late.

    """
    (size,) = _LENGTH.unpack(_take(link, _LENGTH.size, until))
    if size > MESSAGE_MAX:
        raise Cut(f"a message of {size:,} bytes")
    try:
        return msgspec.msgpack.decode(_take(link, size, until), type=Frame)
    except msgspec.MsgspecError as wrong:
        raise Cut(str(wrong)) from wrong


def receive_with_file(link: socket.socket) -> tuple[Frame, int]:
    """Receive a request and the descriptor that came with it.

    Raises:
        Cut: the other side is gone.

    """
    head, fds, _, _ = socket.recv_fds(link, _LENGTH.size, 1)
    if not fds:
        raise Cut("no request")
    (size,) = _LENGTH.unpack(head + _take(link, _LENGTH.size - len(head), None))
    return msgspec.msgpack.decode(_take(link, size, None), type=Frame), fds[0]


def _take(link: socket.socket, size: int, until: float | None) -> bytes:
    taken = bytearray()
    while len(taken) < size:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            link.settimeout(left)
        more = link.recv(min(size - len(taken), CHUNK))
        if not more:
            raise Cut("the process ended")
        taken += more
    return bytes(taken)
