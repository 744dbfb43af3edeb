"""Sealed files: what went in comes out, anything altered is refused, nothing plain is left."""

import errno
import hashlib
import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from tipline.vault import files
from tipline.vault.files import (
    CHUNK_BYTES,
    SEALED_CHUNK_BYTES,
    FileBroken,
    FileMissing,
    FileSealer,
    FileTooLarge,
    KeptFile,
    get_file_path,
    hash_file,
    list_orphans,
    open_file,
    remove_file,
    sweep_orphans,
)
from tipline.vault.refusals import VaultFull

EDGES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES - 5]
NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


def seal(directory: Path, plain: bytes, step: int = 10_000) -> KeptFile:
    with FileSealer(directory, limit=1_000_000) as sealer:
        for start in range(0, len(plain), step):
            sealer.write(plain[start : start + step])
        return sealer.finish()


def read(directory: Path, kept: KeptFile) -> bytes:
    return b"".join(open_file(directory / kept.file.file_id, kept.key))


@pytest.mark.parametrize("size", EDGES)
@pytest.mark.parametrize("step", [1_000, CHUNK_BYTES, 200_000])
def test_a_file_of_any_length_comes_out_as_it_went_in(tmp_path: Path, size: int, step: int):
    plain = os.urandom(size)
    kept = seal(tmp_path, plain, step)
    assert read(tmp_path, kept) == plain
    assert kept.sha256 == hashlib.sha256(plain).digest()
    assert kept.file.size == size


def test_size_and_hash_are_those_of_the_file_as_it_lies_there(tmp_path: Path):
    kept = seal(tmp_path, os.urandom(150_000))
    sealed = (tmp_path / kept.file.file_id).read_bytes()
    assert kept.file.sealed_size == len(sealed)
    assert kept.file.sealed_sha256 == hashlib.sha256(sealed).digest()
    assert hash_file(tmp_path / kept.file.file_id) == (len(sealed), kept.file.sealed_sha256)


def test_nothing_plain_is_on_the_disk_while_the_file_streams_in(tmp_path: Path):
    canary = b"canary-of-the-reporter" * 20_000
    with FileSealer(tmp_path, limit=1_000_000) as sealer:
        sealer.write(canary)
        (part,) = tmp_path.iterdir()
        assert part.stat().st_size > CHUNK_BYTES
        assert b"canary" not in part.read_bytes()
        kept = sealer.finish()
    assert b"canary" not in (tmp_path / kept.file.file_id).read_bytes()


def test_the_same_bytes_look_different_each_time(tmp_path: Path):
    first, second = seal(tmp_path, b"same"), seal(tmp_path, b"same")
    assert first.file.file_id != second.file.file_id
    assert first.file.sealed_sha256 != second.file.sealed_sha256
    assert first.key != second.key


def test_only_the_owner_may_read_a_sealed_file(tmp_path: Path):
    kept = seal(tmp_path, b"x")
    assert (tmp_path / kept.file.file_id).stat().st_mode & 0o777 == 0o600


@settings(deadline=None)
@given(st.data(), st.sampled_from(EDGES))
def test_any_changed_bit_is_found(data: st.DataObject, size: int):
    with TemporaryDirectory() as directory:
        kept = seal(Path(directory), os.urandom(size))
        path = Path(directory) / kept.file.file_id
        sealed = bytearray(path.read_bytes())
        bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(sealed)
        with pytest.raises(FileBroken):
            read(Path(directory), kept)


@settings(deadline=None)
@given(st.data(), st.sampled_from(EDGES))
def test_any_missing_end_is_found(data: st.DataObject, size: int):
    with TemporaryDirectory() as directory:
        kept = seal(Path(directory), os.urandom(size))
        path = Path(directory) / kept.file.file_id
        sealed = path.read_bytes()
        whole_chunks = [16 + n * SEALED_CHUNK_BYTES for n in range(4)]
        cuts = [cut for cut in whole_chunks if cut < len(sealed)]
        cut = data.draw(st.sampled_from(cuts) | st.integers(0, len(sealed) - 1))
        path.write_bytes(sealed[:cut])
        with pytest.raises(FileBroken):
            read(Path(directory), kept)


def test_moved_doubled_and_added_chunks_are_found(tmp_path: Path):
    kept = seal(tmp_path, os.urandom(3 * CHUNK_BYTES))
    path = tmp_path / kept.file.file_id
    sealed = path.read_bytes()
    head, body = sealed[:16], sealed[16:]
    chunks = [body[i : i + SEALED_CHUNK_BYTES] for i in range(0, len(body), SEALED_CHUNK_BYTES)]
    one, two, three = chunks
    for altered in (
        (two, one, three),
        (one, one, two, three),
        (one, three),
        (one, two, three, three),
    ):
        path.write_bytes(head + b"".join(altered))
        with pytest.raises(FileBroken):
            read(tmp_path, kept)


def test_another_files_key_opens_nothing(tmp_path: Path):
    first, second = seal(tmp_path, b"one"), seal(tmp_path, b"two")
    with pytest.raises(FileBroken):
        read(tmp_path, first._replace(key=second.key))


@pytest.mark.parametrize("step", [1, 7, 100])
def test_a_file_over_the_limit_is_refused_while_it_streams_and_leaves_nothing(
    tmp_path: Path, step: int
):
    with FileSealer(tmp_path, limit=100) as sealer:
        for _ in range(100 // step):
            sealer.write(bytes(step))
        with pytest.raises(FileTooLarge) as refused:
            sealer.write(bytes(step + 100))
    assert refused.value.limit == 100
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_exactly_the_limit_is_taken(tmp_path: Path):
    with FileSealer(tmp_path, limit=100) as sealer:
        sealer.write(bytes(100))
        assert sealer.finish().file.size == 100


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path):
    def stream() -> None:
        with FileSealer(tmp_path, limit=1_000_000) as sealer:
            sealer.write(bytes(200_000))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        stream()
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_on_the_disk_before_its_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    seen: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: seen.append((kind(handle), [each.name for each in tmp_path.iterdir()])),
    )
    kept = seal(tmp_path, b"x")
    file_id = kept.file.file_id
    assert seen == [("file", [f"{file_id}.part"]), ("directory", [file_id])]


def kind(handle: int) -> str:
    return "directory" if Path(f"/proc/self/fd/{handle}").is_dir() else "file"


@pytest.fixture
def cramped() -> Iterator[None]:
    """No file may grow past 100,000 bytes: a short write, then a refusal, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("cramped")
@pytest.mark.parametrize("size", [99_990, 200_000])
def test_a_file_that_finds_no_room_is_refused_and_leaves_nothing(tmp_path: Path, size: int):
    with pytest.raises(VaultFull):
        seal(tmp_path, bytes(size))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_at_the_last_moment_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(VaultFull):
        seal(tmp_path, bytes(200_000))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file_id", ["", "..", "../x", "A" * 32, "0" * 31, "0" * 33, "\u0660" * 32])
def test_what_is_no_files_id_reaches_no_path(tmp_path: Path, file_id: str):
    with pytest.raises(FileMissing):
        get_file_path(tmp_path, file_id)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(FileMissing):
        list(open_file(tmp_path / ("0" * 32), bytes(32)))
    with pytest.raises(FileMissing):
        hash_file(tmp_path / ("0" * 32))


def test_a_removed_file_is_gone_and_may_be_removed_again(tmp_path: Path):
    kept = seal(tmp_path, b"x")
    for _ in range(2):
        remove_file(tmp_path, kept.file.file_id)
        assert list(tmp_path.iterdir()) == []


def test_only_old_files_that_nobody_names_are_swept(tmp_path: Path):
    named, orphan, young = (seal(tmp_path, b"x").file.file_id for _ in range(3))
    unfinished = FileSealer(tmp_path, limit=10)
    (tmp_path / "notes.txt").write_text("not ours")
    (tmp_path / ("a" * 32)).mkdir()
    for path in tmp_path.iterdir():
        is_young = path.name == young
        age = timedelta(hours=1 if is_young else 48)
        os.utime(path, times=((NOW - age).timestamp(),) * 2)
    before = NOW - timedelta(days=1)
    found = sorted(
        each.name for each in list_orphans(tmp_path, is_kept={named}.__contains__, before=before)
    )
    assert found == sorted([orphan, f"{unfinished.file_id}.part"])
    parts = list(list_orphans(tmp_path, is_kept=lambda _: True, before=before))
    assert [each.suffix for each in parts] == [".part"]
    assert len(sweep_orphans(tmp_path, is_kept={named}.__contains__, before=before)) == 2
    assert {each.name for each in tmp_path.iterdir()} == {named, young, "notes.txt", "a" * 32}
    assert sweep_orphans(tmp_path, is_kept={named}.__contains__, before=before) == []
    unfinished.abort()
