"""The process that a scanner runs in: no network, no files to write, little memory, little time.

Started by ``hand.Hand``; its arguments are the engine's name and one JSON object.
"""

import codecs
import contextlib
import ctypes
import importlib
import os
import resource
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from tipline.adapters.scanners import wire
from tipline.adapters.scanners.wire import Cut, Frame

Engine = Callable[[int, Mapping[str, Any]], Iterator[Frame]]
# Name of an engine -> module whose ``start(options)`` makes it.
ENGINES = {
    "content": "tipline.adapters.scanners.content",
    "rules": "tipline.adapters.scanners.rulebook",
    "windows": "tipline.adapters.scanners.programs",
    "android": "tipline.adapters.scanners.apps",
}
NOBODY = 65_534
# Python loads these when first used, which is too late once its own folders cannot be read.
CODECS = (
    "ascii", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7",
    "cp437", "cp1252", "gbk", "gb2312", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "idna",
    "punycode", "iso8859-15", "raw_unicode_escape", "unicode_escape", "mac-roman", "hex", "base64", "quopri", "uu",
)  # fmt: skip
NEWUSER, NEWNET, NO_NEW_PRIVILEGES = 0x1000_0000, 0x4000_0000, 38


def main(engine: str, told: str) -> None:
    """Answer requests until the other side closes the link."""
    given = msgspec.json.decode(told)
    _leave_network()
    start: Callable[[Mapping[str, Any]], Engine] = importlib.import_module(ENGINES[engine]).start
    made = start(given["options"])
    for name in CODECS:
        codecs.lookup(name)
    _lock_down(memory=int(given["memory"]))
    with socket.socket(fileno=given["link"]) as link, contextlib.suppress(Cut):
        while True:
            request, fd = wire.receive_with_file(link)
            _allow_seconds(given["seconds"])
            try:
                _answer(link, made(fd, request.body))
            finally:
                os.close(fd)


def _answer(link: socket.socket, frames: Iterator[Frame]) -> None:
    try:
        for frame in frames:
            wire.send(link, frame)
    except OSError:
        raise
    except Exception as wrong:  # noqa: BLE001 - a hostile file may break a parser in any way
        wire.send(link, Frame("failed", {"why": f"could not read it ({type(wrong).__name__})"}))


def _leave_network() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    # As root at once, else by a user namespace of its own; where neither may be, network stays.
    if libc.unshare(NEWNET) != 0:
        libc.unshare(NEWUSER | NEWNET)


def _lock_down(*, memory: int) -> None:
    os.chdir("/")
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _allow_seconds(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(*sys.argv[1:])
