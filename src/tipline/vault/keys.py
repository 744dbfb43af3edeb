"""The keys of one Tipline, as files: made once, read at every start.

The vault's directory holds what the public side needs: the ledger's signing key and the public
halves. The desk's directory holds what opens reports and contacts.
"""

import base64
import os
from pathlib import Path

from msgspec import Struct

from tipline.vault.ledger.note import NoteSigner
from tipline.vault.sealing import KEY_BYTES, OpeningKey

LOG_KEY, LOG_VKEY = "log.key", "log.vkey"
DESK_PUBLIC, IDENTITY_PUBLIC = "desk.pub", "identity.pub"
DESK_PRIVATE, IDENTITY_PRIVATE = "desk.key", "identity.key"


class VaultKeys(Struct, frozen=True):
    """What the vault's owner needs: it signs, and seals to others, and can open nothing."""

    signer: NoteSigner
    desk_public: bytes
    identity_public: bytes

    @property
    def origin(self) -> str:
        """The ledger's name, first line of every checkpoint."""
        return self.signer.verifier.name


def make_keys(*, vault_dir: Path, desk_dir: Path, origin: str) -> None:
    """Make whatever key is not there yet; those that are stay, so call it at every start.

    ``origin`` names the ledger when its key is first made. A public key without its private
    half stays alone: that half is kept on another machine.
    """
    for directory in (vault_dir, desk_dir):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (vault_dir / LOG_KEY).exists():
        _write_new(vault_dir / LOG_KEY, NoteSigner(origin, os.urandom(KEY_BYTES)).skey)
    _write_new(vault_dir / LOG_VKEY, _read_signer(vault_dir).verifier.vkey)
    _make_pair(desk_dir / DESK_PRIVATE, vault_dir / DESK_PUBLIC)
    _make_pair(desk_dir / IDENTITY_PRIVATE, vault_dir / IDENTITY_PUBLIC)


def load_vault_keys(vault_dir: Path) -> VaultKeys:
    """Read the keys of the vault's owner."""
    return VaultKeys(
        signer=_read_signer(vault_dir),
        desk_public=_read_key(vault_dir / DESK_PUBLIC),
        identity_public=_read_key(vault_dir / IDENTITY_PUBLIC),
    )


def load_vkey(vault_dir: Path) -> str:
    """Read the ledger's verifier key, the line by which anyone checks its checkpoints."""
    return (vault_dir / LOG_VKEY).read_text("utf-8").strip()


def load_desk_key(desk_dir: Path) -> OpeningKey:
    """Read the key that opens reports."""
    return OpeningKey(_read_key(desk_dir / DESK_PRIVATE))


def load_identity_key(desk_dir: Path) -> OpeningKey:
    """Read the key that opens reporters' contacts."""
    return OpeningKey(_read_key(desk_dir / IDENTITY_PRIVATE))


def _make_pair(private: Path, public: Path) -> None:
    if not private.exists() and not public.exists():
        _write_new(private, _encode(os.urandom(KEY_BYTES)))
    if private.exists():
        _write_new(public, _encode(OpeningKey(_read_key(private)).public))


def _read_signer(vault_dir: Path) -> NoteSigner:
    return NoteSigner.read((vault_dir / LOG_KEY).read_text("utf-8"))


def _read_key(path: Path) -> bytes:
    return base64.b64decode(path.read_text("ascii"), validate=False)


def _write_new(path: Path, text: str) -> None:
    """Write a small file durably; one that is there stays, whoever made it."""
    if path.exists():
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        partial.unlink()


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
