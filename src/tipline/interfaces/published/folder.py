"""Puts a whole site in place of the one before, or leaves that one as it is."""

import shutil
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

MANIFEST = "manifest.json"
MADE_BY = "tipline publish"


class NotOurs(Exception):
    """The folder holds something that was not published by us; the message says what to do."""


class Manifest(msgspec.Struct, frozen=True):
    """What a site consists of: the SHA-256 of each file. Its presence says that we made it."""

    made_by: str
    files: dict[str, str]


def put_site(output: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, bool]:
    """Write ``files`` as the site at ``output``; gives their count and whether anything changed.

    Raises:
        NotOurs: something else is there.

    """
    output = output.absolute()
    before = output.with_name(f".{output.name}.before")
    if before.exists() and not output.exists():
        before.rename(output)  # the last run ended between its two last steps
    old = check_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    try:
        manifest = _write(made, files)
        if manifest == old:
            return len(manifest.files), False
        made.chmod(0o755)
        _swap(made, output, before)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return len(manifest.files), True


def check_folder(output: Path) -> Manifest | None:
    """Read the manifest of the site at ``output``; None where nothing is there yet.

    Raises:
        NotOurs: something else is there.

    """
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return None
    try:
        manifest = msgspec.json.decode((output / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        manifest = Manifest("", {})
    if manifest.made_by != MADE_BY:
        raise NotOurs(
            f"{output} is not empty and was not made by '{MADE_BY}': name a new or empty folder"
        )
    return manifest


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Manifest:
    sums = {}
    for name, body in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        sums[name] = sha256(body).hexdigest()
    manifest = Manifest(MADE_BY, dict(sorted(sums.items())))
    body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / MANIFEST).write_bytes(body + b"\n")
    return manifest


def _swap(made: Path, output: Path, before: Path) -> None:
    shutil.rmtree(before, ignore_errors=True)
    if output.exists():
        output.rename(before)
    made.rename(output)
    shutil.rmtree(before, ignore_errors=True)
