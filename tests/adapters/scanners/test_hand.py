"""A scanner's process holds to its limits, and its death costs one answer."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.adapters.scanners.hand import Hand, ScannerFailed
from tipline.interfaces.sites.files import pack_zip

MEMORY = 1 << 30
# A rule that counts for minutes.
SLOW = """rule slow { condition:
    for all i in (0..2000000000) : ( for all j in (0..2000000000) : ( uint8(i) != j + 1000 ) ) }"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[int]:
    path = tmp_path / "held.zip"
    path.write_bytes(pack_zip({"a.txt": b"a" * 100_000}))
    with path.open("rb") as opened:
        yield opened.fileno()


@pytest.fixture
def content() -> Iterator[Hand]:
    hand = Hand("content", options={}, seconds=5, memory=MEMORY)
    yield hand
    hand.close()


def test_it_answers_again_and_again_from_one_process(content: Hand, held: int) -> None:
    first = content.call(held, do="type")
    pid = content.pid

    assert content.call(held, do="type") == first == {"type": "application/zip"}
    assert content.pid == pid


def test_killed_it_fails_once_and_is_there_again(content: Hand, held: int) -> None:
    content.call(held, do="type")
    assert content.pid is not None
    os.kill(content.pid, signal.SIGKILL)

    with pytest.raises(ScannerFailed, match="was killed"):
        content.call(held, do="type")

    assert content.call(held, do="type") == {"type": "application/zip"}


def test_a_request_that_it_cannot_answer_fails_without_ending_it(content: Hand, held: int) -> None:
    with pytest.raises(ScannerFailed, match="could not read it"):
        content.call(held, do="open", type="text/none", limits={}, bytes=0, members=0)

    assert content.call(held, do="type") == {"type": "application/zip"}


def test_too_long_is_ended_in_time(held: int, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "slow.yar").write_text(SLOW)
    hand = Hand("rules", options={"packs": str(tmp_path / "packs")}, seconds=1.5, memory=MEMORY)
    started = time.monotonic()

    with pytest.raises(ScannerFailed, match=r"took more than|processor time"):
        hand.call(held, spans=[(0, 1_000)])

    assert time.monotonic() - started < 10
    assert hand.pid is None


def test_too_little_memory_fails_the_file_only(held: int) -> None:
    hand = Hand("rules", options={}, seconds=20, memory=80 << 20)
    try:
        with pytest.raises(ScannerFailed):
            hand.call(held, spans=[(0, 1_000)])
    finally:
        hand.close()


def test_it_may_write_nothing_and_is_nobody(content: Hand, held: int) -> None:
    content.call(held, do="type")

    status = Path(f"/proc/{content.pid}/status").read_text()
    limits = Path(f"/proc/{content.pid}/limits").read_text()

    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert fields["NoNewPrivs"].strip() == "1"
    assert os.geteuid() != 0 or fields["Uid"].split() == ["65534"] * 4
    assert "Max file size             0                    0" in limits
    assert f"Max address space         {MEMORY}" in limits


def test_it_holds_none_of_our_settings(
    content: Hand, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPLINE_DATABASE", "postgresql://desk:secret@127.0.0.1/desk")
    content.call(held, do="type")

    assert b"TIPLINE" not in Path(f"/proc/{content.pid}/environ").read_bytes()
