"""Makes one package of what an inspection left in its working folder."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tipline.adapters.package.keys import Keys
from tipline.adapters.package.signing import sign
from tipline.adapters.package.stamping import StampRefused, ask_stamp
from tipline.adapters.package.wacz import WARC, Shown, write_wacz
from tipline.adapters.package.zips import Source, hash_source, write_zip
from tipline.domain.evidence.custody import Act, add_act, get_head, write_chain
from tipline.domain.evidence.manifest import (
    FORMAT,
    Listed,
    Manifest,
    Previous,
    Stamping,
    name_role,
    write_manifest,
)
from tipline.domain.evidence.members import MANIFEST, SIGNATURE, STAMP, SUMS, is_plain
from tipline.domain.evidence.sumfile import write_sums

_LEFT_OUT = ("journal.jsonl", WARC)
_OURS = ("verify.sh", "VERIFY.md")


class FolderRefused(Exception):
    """A folder is none that can be sealed; says why."""


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """What is sealed, by whom and for what; ``tsa`` is the time stamp authority's address."""

    folder: Path
    id: str
    by: str
    agency: str
    keys: Keys
    now: datetime
    case: str = ""
    tsa: str = ""
    previous: Previous | None = None
    acts: tuple[Act, ...] = ()
    extra: Mapping[str, bytes] = field(default_factory=dict)


class Sealed(Struct, frozen=True, kw_only=True):
    """A package as written; ``why_unstamped`` says why a time stamp is missing."""

    path: Path
    sha256: str
    manifest_sha256: str
    stamp: Stamping
    why_unstamped: str = ""


def seal_folder(sealing: Sealing, out: Path) -> Sealed:
    """Seal the working folder into the package ``out``, which must not be there yet.

    Raises:
        FolderRefused: the folder is no working folder, or holds what a package may not.
        SigningFailed: it cannot be signed; then nothing is written.
        ZipRefused: it is too large.

    """
    with tempfile.TemporaryDirectory(prefix=".seal-", dir=out.parent) as scratch:
        members = _gather(sealing, Path(scratch))
        why = ""
        signed = _sign(sealing, members, stamp="attached" if sealing.tsa else "none")
        if sealing.tsa:
            try:
                signed[STAMP] = ask_stamp(sealing.tsa, signed[SIGNATURE])
            except StampRefused as refused:
                why, signed = str(refused), _sign(sealing, members, stamp="queued")
        made = Path(scratch) / "package.zip"
        write_zip(made, {**members, **signed})
        with made.open("rb") as file:
            os.fsync(file.fileno())
        os.link(made, out)
    return Sealed(
        path=out,
        sha256=hash_source(out)[0],
        manifest_sha256=hash_source(signed[MANIFEST])[0],
        stamp="attached" if STAMP in signed else "queued" if sealing.tsa else "none",
        why_unstamped=why,
    )


def _gather(sealing: Sealing, scratch: Path) -> dict[str, Source]:
    members: dict[str, Source] = dict(_list_folder(sealing.folder))
    warc = sealing.folder / WARC
    if not warc.is_file():
        raise FolderRefused(f"{sealing.folder}: holds no {WARC}; is it an inspection's folder?")
    write_wacz(scratch / "capture.wacz", warc, list(_list_pages(sealing.folder)), now=sealing.now)
    members["capture.wacz"] = scratch / "capture.wacz"
    for name in _OURS:
        place = resources.files("tipline.adapters.package") / "papers" / name
        members[name] = place.read_bytes()
    members["trust/ca.pem"] = sealing.keys.root
    return {**members, **sealing.extra}


def _list_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise FolderRefused(f"{path}: is neither a file nor a folder")
        if path.is_dir() or name in _LEFT_OUT:
            continue
        if not is_plain(name):
            raise FolderRefused(f"{path}: has a name that a package may not hold")
        yield name, path


def _list_pages(folder: Path) -> Iterator[Shown]:
    for path in sorted(folder.glob("pages/*/page.json")):
        page = json.loads(path.read_bytes())
        url = page.get("final_url") or page.get("url", "")
        yield Shown(url, page.get("title", ""), page.get("at", ""))


def _sign(sealing: Sealing, members: dict[str, Source], *, stamp: Stamping) -> dict[str, bytes]:
    chain = ()
    sealed = Act(at=sealing.now, by=sealing.by, action="sealed")
    for act in (*sealing.acts, sealed):
        chain = add_act(chain, act)  # type: ignore[assignment]
    members["custody.jsonl"] = write_chain(chain)
    files = []
    for name in sorted(members):
        digest, size = hash_source(members[name])
        files.append(Listed(path=name, bytes=size, sha256=digest, role=name_role(name)))
    sums = write_sums({each.path: each.sha256 for each in files})
    manifest = write_manifest(
        Manifest(
            format=FORMAT,
            id=sealing.id,
            sealed_at=sealing.now.isoformat(),
            clock="local clock of the machine that sealed",
            by=sealing.by,
            agency=sealing.agency,
            case=sealing.case,
            tool={each: metadata.version(each) for each in ("tipline", "warcio", "cryptography")},
            run=_read_run(sealing.folder),
            previous=sealing.previous,
            stamp=stamp,
            custody_head=get_head(chain),
            sums_sha256=hash_source(sums)[0],
            files=tuple(files),
        )
    )
    return {MANIFEST: manifest, SUMS: sums, SIGNATURE: sign(manifest, sealing.keys)}


def _read_run(folder: Path) -> dict[str, Any]:
    path = folder / "run.json"
    if not path.is_file():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
