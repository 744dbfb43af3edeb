"""Open a vault that another process owns: read its file, append through its socket."""

import asyncio
import socket
import threading
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from pathlib import Path

from msgspec import DecodeError

from tipline.vault.engines.sqlite import SqliteReader
from tipline.vault.entries import Appended, Unit
from tipline.vault.reads import VaultReads
from tipline.vault.refusals import VaultUnavailable
from tipline.vault.wire import LENGTH, Request, frame_message, read_reply, revive_refusal


class ClientVault(VaultReads):
    """A vault owned by another process of this machine."""

    def __init__(self, reader: SqliteReader, channel: "Channel") -> None:
        super().__init__(reader)
        self._reader = reader
        self._channel = channel

    def append(self, unit: Unit) -> "Future[Appended]":
        """Send a unit to the owner; the future is done once it is durable.

        Raises:
            UnitRefused: the unit is too large to travel.
            VaultUnavailable: the owner does not listen; nothing was sent.

        The future raises what the owner's would, VaultBusy and VaultClosed too, and
        VaultUnavailable when the connection is lost: then use a retry key and try again.
        """
        return self._channel.send(unit)

    def append_async(self, unit: Unit) -> "asyncio.Future[Appended]":
        """Like ``append``, for the running event loop."""
        return asyncio.wrap_future(self.append(unit))

    def close(self) -> None:
        """Let go of file and socket; units not yet answered raise VaultUnavailable."""
        self._channel.close()
        self._reader.close()


def open_client(path: Path, *, socket_path: Path) -> ClientVault:
    """Open the vault in file ``path`` whose owner listens at ``socket_path``.

    Neither needs to be there yet: calls raise VaultUnavailable until they are.
    """
    return ClientVault(SqliteReader(path), Channel(socket_path))


class Channel:
    """A connection to the owner, shared by all threads, made anew when it breaks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._line: Line | None = None

    def send(self, unit: Unit) -> "Future[Appended]":
        """Send a unit over the open line, or over a new one."""
        with self._lock:
            if self._line is not None and not self._line.is_broken:
                with suppress(VaultUnavailable):  # not all of it was sent, so it was not taken
                    return self._line.send(unit)
            self._line = Line(self._path)
            return self._line.send(unit)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            if self._line is not None:
                self._line.hang_up()
                self._line = None


class Line:
    """One connection, and the thread that hears its replies."""

    def __init__(self, path: Path) -> None:
        self.is_broken = False
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(str(path))
        except OSError as refused:
            self._socket.close()
            raise VaultUnavailable("the vault's owner does not listen") from refused
        self._waiting: dict[int, Future[Appended]] = {}
        self._numbers = count()
        threading.Thread(target=self._hear, name="vault-client", daemon=True).start()

    def send(self, unit: Unit) -> "Future[Appended]":
        """Send a unit; called by one thread at a time.

        Raises:
            VaultUnavailable: it was not sent.

        """
        number = next(self._numbers)
        frame = frame_message(Request(number, unit))
        waiter = self._waiting[number] = Future()
        waiter.set_running_or_notify_cancel()
        try:
            self._socket.sendall(frame)
        except OSError as lost:
            self.is_broken = True
            self._waiting.pop(number, None)
            raise VaultUnavailable("the connection to the vault's owner is lost") from lost
        if self.is_broken:  # it broke meanwhile: the hearing thread may have missed this one
            self._give_up()
        return waiter

    def hang_up(self) -> None:
        """Close the connection; the hearing thread then ends."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _hear(self) -> None:
        with self._socket, self._socket.makefile("rb") as replies, suppress(OSError, DecodeError):
            while head := replies.read(LENGTH.size):
                if len(head) < LENGTH.size:
                    break
                self._settle(replies.read(*LENGTH.unpack(head)))
        self.is_broken = True
        self._give_up()

    def _settle(self, body: bytes) -> None:
        reply = read_reply(body)
        waiter = self._waiting.pop(reply.number)
        if reply.appended is None:
            waiter.set_exception(revive_refusal(reply))
        else:
            waiter.set_result(reply.appended)

    def _give_up(self) -> None:
        while self._waiting:
            with suppress(KeyError):
                _, waiter = self._waiting.popitem()
                waiter.set_exception(
                    VaultUnavailable("the connection to the vault's owner is lost")
                )
