"""Seal a folder; whatever is done to the package afterwards is told by both verifiers."""

import io
import shutil
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.adapters.package.sample import NOW, make_folder, serving_tsa
from tipline.adapters.package import Roots, Sealed, Sealing, check_package, find_keys, seal_folder
from tipline.adapters.package.keys import Keys, KeysMissing
from tipline.adapters.package.sealing import FolderRefused
from tipline.adapters.package.signing import SigningFailed
from tipline.adapters.package.zips import read_zip, write_zip
from tipline.domain.evidence.verdict import PackageVerdict

SCRIPT = Path("src/tipline/adapters/package/papers/verify.sh").resolve()


class Kept(NamedTuple):
    sealed: Sealed
    keys: Keys
    tsa: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    tmp = tmp_path_factory.mktemp("package")
    keys = find_keys(tmp / "keys", name="House", now=NOW)
    with serving_tsa(tmp / "tsa") as (url, root):
        sealing = _sealing(make_folder(tmp / "work"), keys, tsa=url)
        yield Kept(seal_folder(sealing, tmp / "p.zip"), keys, root)


def _sealing(folder: Path, keys: Keys, *, tsa: str = "") -> Sealing:
    return Sealing(folder=folder, id="p", by="t", agency="000000", keys=keys, now=NOW, tsa=tsa)


def _check(path: Path, kept: Kept) -> PackageVerdict:
    return check_package(path, Roots(signer=kept.keys.root, tsa=kept.tsa))


def _check_by_shell(path: Path, kept: Kept) -> int:
    words = ["sh", SCRIPT, path, kept.keys.root, kept.tsa]
    return subprocess.run(words, capture_output=True, check=False).returncode


def test_what_was_sealed_is_good_to_both_verifiers(kept: Kept) -> None:
    verdict = _check(kept.sealed.path, kept)

    assert verdict.faults == ()
    assert verdict.notes == ()
    assert verdict.stamped_at
    assert kept.sealed.stamp == "attached"
    assert _check_by_shell(kept.sealed.path, kept) == 0


def test_the_reference_validator_takes_the_web_archive(kept: Kept, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept.sealed.path) as package:
        package.extract("capture.wacz", tmp_path)
    program = Path(sys.executable).parent / "wacz"
    words = [program, "validate", "-f", tmp_path / "capture.wacz"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout + told.stderr
    assert "Valid" in told.stdout


def _read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {each: package.read(each) for each in package.namelist()}


def _every_change(members: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    for name, data in members.items():
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else b"x"
        yield f"flipped {name}", {**members, name: flipped}
        yield f"longer {name}", {**members, name: data + b"\n"}
        yield f"shorter {name}", {**members, name: data[:-1]}
        rest = {key: value for key, value in members.items() if key != name}
        yield f"removed {name}", rest
        yield f"renamed {name}", {**rest, f"{name}x": data}
        yield f"copied {name}", {**members, f"{name}.copy": data}


def _is_good_to_us(path: Path, kept: Kept) -> bool:
    return _check(path, kept).is_good


def _is_good_to_the_shell(path: Path, kept: Kept) -> bool:
    return _check_by_shell(path, kept) == 0


@pytest.mark.parametrize(
    "is_good", [_is_good_to_us, pytest.param(_is_good_to_the_shell, marks=pytest.mark.long)]
)
def test_every_change_of_a_file_is_told(
    kept: Kept, tmp_path: Path, is_good: Callable[[Path, Kept], bool]
) -> None:
    missed = []
    for number, (what, members) in enumerate(_every_change(_read(kept.sealed.path))):
        path = tmp_path / f"{number}.zip"
        write_zip(path, members)
        if is_good(path, kept):
            missed.append(what)
    assert missed == []


def _add(name: str, *, data: bytes = b"x", mode: int = 0o100644) -> Callable[[bytes], bytes]:
    def trick(package: bytes) -> bytes:
        file = io.BytesIO(package)
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "a") as opened:
            opened.writestr(info, data)  # a name that is there twice is warned of
        return file.getvalue()

    return trick


def _rename_local(package: bytes) -> bytes:
    at = package.index(b"run.json")
    return package[:at] + b"rum.json" + package[at + 8 :]


def _comment(package: bytes) -> bytes:
    return package[:-2] + struct.pack("<H", 3) + b"abc"


def _repack(package: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


TRICKS = {
    "up": _add("../evil"),
    "absolute": _add("/evil"),
    "backslash": _add("pages\\evil"),
    "case": _add("RUN.json"),
    "twice": _add("run.json"),
    "link": _add("pages/link", data=b"/etc/passwd", mode=0o120777),
    "folder": _add("empty/", data=b""),
    "hidden": _add(".hidden"),
    "newline": _add("a\nb"),
    "trailing": lambda package: package + b"\0",
    "prefixed": lambda package: b"#!/bin/sh\n" + package,
    "comment": _comment,
    "local name": _rename_local,
    "packed": _repack,
    "cut": lambda package: package[:-1],
    "empty": lambda _: b"",
    "two": lambda package: package + package,
}


@pytest.mark.parametrize("trick", TRICKS)
def test_every_trick_with_the_archive_is_told_by_both(
    kept: Kept, tmp_path: Path, trick: str
) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(TRICKS[trick](kept.sealed.path.read_bytes()))

    assert not _check(path, kept).is_good
    assert _check_by_shell(path, kept) != 0


def test_no_byte_of_the_headers_is_free(kept: Kept, tmp_path: Path) -> None:
    package = bytearray(kept.sealed.path.read_bytes())
    with kept.sealed.path.open("rb") as file:
        members = read_zip(file)
    content = {at for each in members.values() for at in range(each.start, each.start + each.size)}
    path = tmp_path / "p.zip"
    for at in sorted(set(range(len(package))) - content):
        package[at] ^= 0x10
        path.write_bytes(package)
        assert not _check(path, kept).is_good, at
        package[at] ^= 0x10


def test_another_root_bears_nothing_out(kept: Kept, tmp_path: Path) -> None:
    other = find_keys(tmp_path / "other", name="Other", now=NOW)

    verdict = check_package(kept.sealed.path, Roots(signer=other.root, tsa=other.root))

    assert [each.where for each in verdict.faults] == [
        "manifest.json.p7s",
        "manifest.json.p7s.tsr",
    ]


def test_no_authority_answers_queued_and_said(kept: Kept, tmp_path: Path) -> None:
    sealing = _sealing(make_folder(tmp_path / "work"), kept.keys, tsa="http://127.0.0.1:9/")

    sealed = seal_folder(sealing, tmp_path / "p.zip")

    assert sealed.stamp == "queued"
    assert "127.0.0.1:9" in sealed.why_unstamped
    verdict = check_package(sealed.path, Roots(signer=kept.keys.root))
    assert verdict.is_good
    assert "local clock" in verdict.notes[0]
    assert not _check(sealed.path, kept).is_good  # whoever wants a stamp is told there is none


def test_what_cannot_be_signed_is_not_sealed(kept: Kept, tmp_path: Path) -> None:
    other = find_keys(tmp_path / "other", name="Other", now=NOW)
    shutil.copy(kept.keys.key, other.key)

    with pytest.raises(SigningFailed):
        seal_folder(_sealing(make_folder(tmp_path / "work"), other), tmp_path / "p.zip")
    assert not (tmp_path / "p.zip").exists()


def test_half_of_the_keys_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()
    with pytest.raises(KeysMissing):
        find_keys(tmp_path, name="House", now=NOW)


def test_a_link_in_the_folder_is_refused(kept: Kept, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "work")
    (folder / "pages" / "passwd").symlink_to("/etc/passwd")
    with pytest.raises(FolderRefused):
        seal_folder(_sealing(folder, kept.keys), tmp_path / "p.zip")
