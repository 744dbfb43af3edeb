"""Desk and workers append through the owner's socket and read the file themselves."""

import asyncio
import secrets
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tipline.vault import (
    Entry,
    OwnedVault,
    Retry,
    RetryMismatch,
    Unit,
    UnitRefused,
    VaultBusy,
    VaultUnavailable,
    open_client,
    serve_socket,
)

ONE = Unit((Entry(kind="event"),))


@contextmanager
def serve(vault: OwnedVault, path: Path) -> Iterator[None]:
    """The owner's socket, in a loop of its own, as the public door has it."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve_socket(vault, path))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def stop() -> None:
        server.close()
        await asyncio.sleep(0.01)  # lets the connections' tasks end

    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "vault.sock"


@pytest.fixture
def client(file_home, path: Path):
    made = open_client(file_home.where, socket_path=path)
    yield made
    made.close()


def test_what_is_sent_is_kept_and_can_be_read(file_home, client, path):
    with serve(file_home.open(), path):
        kept = client.append(Unit(ONE.entries * 3, Retry(b"k", bytes(32), b"answer"))).result(10)
        assert (kept.first_index, kept.count, kept.answer) == (0, 3, b"answer")
        assert client.size() == 3
        assert client.get(2).leaf_hash == client.read(after=1, limit=5)[0].leaf_hash
        assert b"index 1\n" in client.build_proof(index=1)
        again = client.append(Unit(ONE.entries, Retry(b"k", bytes(32), b"other"))).result(10)
        assert (again.answer, again.replayed) == (b"answer", True)
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_refusals_are_the_owners(file_home, client, path):
    vault = file_home.open()
    with serve(vault, path):
        client.append(Unit(ONE.entries, Retry(b"k", bytes(32), b""))).result(10)
        with pytest.raises(RetryMismatch, match="another body"):
            client.append(Unit(ONE.entries, Retry(b"k", b"1" * 32, b""))).result(10)
        with pytest.raises(UnitRefused, match="1 to 1000 entries"):
            client.append(Unit(())).result(10)
        vault._writer._waiting = 10**9
        with pytest.raises(VaultBusy):
            client.append(ONE).result(10)
        vault._writer._waiting = 0
        assert client.append(ONE).result(10)


def test_many_threads_share_one_line(file_home, client, path):
    with serve(file_home.open(), path), ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: client.append(ONE).result(10).first_index, range(400)))
    assert sorted(kept) == list(range(400))


def test_a_unit_as_large_as_they_come_travels(file_home, client, path):
    with serve(file_home.open(), path):
        large = Unit((Entry(kind="event", text=secrets.token_bytes(3_000_000)),) * 3)
        assert client.append(large).result(20).count == 3
        with pytest.raises(UnitRefused, match="too large"):
            client.append(Unit((Entry(kind="event", text=bytes(16_000_000)),) * 5))


def test_an_owner_that_comes_back_is_found_again(file_home, client, path):
    with pytest.raises(VaultUnavailable):
        client.append(ONE)
    vault = file_home.open()
    for _ in range(3):
        with serve(vault, path):
            assert client.append(ONE).result(10)
    with pytest.raises(VaultUnavailable):
        client.append(ONE).result(10)
    assert vault.size() == 3


def test_who_waits_for_an_owner_that_goes_away_is_told(client, path):
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        waiting = client.append(ONE)
        taken, _ = silent.accept()
        taken.close()
    with pytest.raises(VaultUnavailable, match="lost"):
        waiting.result(10)


@pytest.mark.parametrize(
    "noise", [b"", b"\0", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 9, b"\0\0\0\4junk"]
)
def test_noise_on_the_socket_harms_nobody(file_home, client, path, noise):
    with serve(file_home.open(), path):
        with socket.socket(socket.AF_UNIX) as other:
            other.connect(str(path))
            other.sendall(noise)
            other.shutdown(socket.SHUT_WR)
            other.settimeout(10)
            assert other.recv(1) == b""
        assert client.append(ONE).result(10)


def test_the_client_can_be_awaited(file_home, client, path):
    async def run() -> int:
        return (await client.append_async(ONE)).first_index

    with serve(file_home.open(), path):
        assert asyncio.run(run()) == 0
