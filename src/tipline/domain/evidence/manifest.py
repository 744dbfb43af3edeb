"""What a package holds and how it came about; its canonical JSON (RFC 8785) is what is signed."""

from typing import Any, Literal

import msgspec
import rfc8785
from msgspec import Struct

FORMAT = "tipline-evidence-1"
Stamping = Literal["attached", "queued", "none"]


class ManifestBroken(Exception):
    """A manifest cannot be read; says why."""


class Listed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the package."""

    path: str
    bytes: int
    sha256: str
    role: str


class Previous(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The package of the look that this one repeats."""

    id: str
    manifest_sha256: str


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed statement. ``stamp`` says whether a time stamp must lie beside the signature.

    ``sums_sha256`` and ``custody_head`` bind the list of sums and the custody log; times are of
    the local clock, which only a time stamp bears out.
    """

    format: str
    id: str
    sealed_at: str
    clock: str
    by: str
    agency: str
    case: str
    tool: dict[str, str]
    run: dict[str, Any]
    previous: Previous | None
    stamp: Stamping
    custody_head: str
    sums_sha256: str
    files: tuple[Listed, ...]


def write_manifest(manifest: Manifest) -> bytes:
    """Write the one spelling that a manifest has."""
    return rfc8785.dumps(msgspec.to_builtins(manifest))


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        ManifestBroken: it is not the canonical JSON of a manifest of this format.

    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except ValueError as error:
        raise ManifestBroken(f"is no manifest: {error}") from None
    if manifest.format != FORMAT:
        raise ManifestBroken(f"is of the format {manifest.format!r}; this verifier reads {FORMAT}")
    if write_manifest(manifest) != data:
        raise ManifestBroken("is not in canonical form")
    return manifest


def name_role(path: str) -> str:
    """Tell what a file is for, by its place."""
    head, _, tail = path.partition("/")
    if head == "downloads" and tail.endswith(".bin"):
        return "hostile-download"
    return {"pages": "page", "network": "network", "downloads": "verdict"}.get(head, "record")
