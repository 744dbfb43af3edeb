"""Checks a package strictly: its spelling, its signature, its stamp, and every file in it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct, structs

from tipline.adapters.package.signing import check_signature
from tipline.adapters.package.stamping import StampRefused, check_stamp, read_time
from tipline.adapters.package.zips import Member, ZipRefused, hash_source, read_member, read_zip
from tipline.domain.evidence.custody import CustodyBroken, get_head, read_chain
from tipline.domain.evidence.manifest import Manifest, ManifestBroken, read_manifest
from tipline.domain.evidence.members import MANIFEST, SIGNATURE, STAMP, SUMS, find_strangers
from tipline.domain.evidence.sumfile import write_sums
from tipline.domain.evidence.verdict import Fault, PackageVerdict


class Roots(Struct, frozen=True, kw_only=True):
    """Whom the verifier trusts, as PEM files; never taken from inside a package.

    ``is_own`` says that the signer's root is the verifier's own house.
    """

    signer: Path
    tsa: Path | None = None
    is_own: bool = False


def check_package(path: Path, roots: Roots) -> PackageVerdict:
    """Check the package at ``path``.

    Raises:
        OSError: it cannot be read at all.

    """
    verdict = PackageVerdict(package=str(path), sha256=hash_source(path)[0])
    with path.open("rb") as file:
        try:
            check = _Check(file, read_zip(file), roots)
            faults = sorted(check.find_faults())
        except ZipRefused as refused:
            return structs.replace(verdict, faults=(refused.fault,))
    told = check.manifest
    return structs.replace(
        verdict,
        faults=tuple(faults),
        notes=tuple(check.notes),
        id=told.id if told else "",
        sealed_at=told.sealed_at if told else "",
        stamped_at=check.stamped_at,
        files=len(check.members),
    )


class _Check:
    """One check; ``notes`` and ``stamped_at`` are filled while faults are found."""

    def __init__(self, file: IO[bytes], members: dict[str, Member], roots: Roots) -> None:
        self.file, self.members, self.roots = file, members, roots
        self.manifest: Manifest | None = None
        self.notes: list[str] = []
        self.stamped_at = ""

    def find_faults(self) -> Iterator[Fault]:
        missing = [each for each in (MANIFEST, SIGNATURE, SUMS) if each not in self.members]
        if missing:
            yield from (Fault(each, "is missing") for each in missing)
            return
        try:
            self.manifest = read_manifest(self._read(MANIFEST))
        except ManifestBroken as broken:
            yield Fault(MANIFEST, str(broken))
        yield from self._check_signature()
        if self.manifest:
            yield from self._check_stamp(self.manifest)
            yield from self._check_files(self.manifest)

    def _check_signature(self) -> Iterator[Fault]:
        signature = self._read(SIGNATURE)
        if why := check_signature(self._read(MANIFEST), signature, roots=self.roots.signer):
            yield Fault(SIGNATURE, f"does not bear out the manifest: {why}")
        if _measure_der(signature) != len(signature):
            yield Fault(SIGNATURE, "does not end where its content ends")
        if self.roots.is_own:
            self.notes.append(
                "signature checked with this house's own root alone: that is trust in oneself; "
                "give --ca with the root of whoever sealed the package"
            )

    def _check_stamp(self, manifest: Manifest) -> Iterator[Fault]:
        if STAMP not in self.members:
            if manifest.stamp == "attached":
                yield Fault(STAMP, "is missing, though the manifest says that it is there")
            elif self.roots.tsa:
                yield Fault(STAMP, f"is missing: the time stamp is {manifest.stamp!r}")
            self.notes.append("no time stamp: the times are those of the sealer's local clock only")
            return
        stamp = self._read(STAMP)
        try:
            self.stamped_at = read_time(stamp).isoformat()
        except StampRefused as refused:
            yield Fault(STAMP, str(refused))
            return
        if _measure_der(stamp) != len(stamp):
            yield Fault(STAMP, "does not end where its content ends")
        if not self.roots.tsa:
            self.notes.append("time stamp not checked: give --tsa-ca with its authority's root")
        elif why := check_stamp(stamp, self._read(SIGNATURE), roots=self.roots.tsa):
            yield Fault(STAMP, f"does not bear out the signature: {why}")

    def _check_files(self, manifest: Manifest) -> Iterator[Fault]:
        listed = {each.path: each for each in manifest.files}
        yield from find_strangers(self.members, listed)
        sums = {}
        for name in sorted(listed.keys() & self.members.keys()):
            digest = hashlib.sha256()
            for piece in read_member(self.file, self.members[name]):
                digest.update(piece)
            sums[name] = digest.hexdigest()
            if (sums[name], self.members[name].size) != (listed[name].sha256, listed[name].bytes):
                yield Fault(name, "was changed: it is not the file that the manifest lists")
        written = write_sums({name: each.sha256 for name, each in listed.items()})
        if self._read(SUMS) != written or hash_source(written)[0] != manifest.sums_sha256:
            yield Fault(SUMS, "does not say what the manifest says")
        if "custody.jsonl" in self.members:
            yield from self._check_custody(manifest)

    def _check_custody(self, manifest: Manifest) -> Iterator[Fault]:
        try:
            chain = read_chain(self._read("custody.jsonl"))
        except CustodyBroken as broken:
            yield Fault("custody.jsonl", str(broken))
            return
        if get_head(chain) != manifest.custody_head:
            yield Fault("custody.jsonl", "does not end where the manifest says")

    def _read(self, name: str) -> bytes:
        return b"".join(read_member(self.file, self.members[name]))


def _measure_der(data: bytes) -> int:
    """Give how long the outermost element of a DER structure says that it is."""
    if len(data) < 2 or data[1] < 0x80:
        return 2 + data[1] if len(data) > 1 else -1
    width = data[1] & 0x7F
    return 2 + width + int.from_bytes(data[2 : 2 + width], "big")
