"""Sealed, append-only store of what was received and done, and the ledger over it."""

from tipline.vault.attached import Attachment, FileDetails, describe_files
from tipline.vault.client import ClientVault, open_client
from tipline.vault.entries import (
    NO_LEAF,
    Appended,
    Entry,
    HolderNote,
    Opened,
    Retry,
    SealedFile,
    Stored,
    Unit,
)
from tipline.vault.face import Vault
from tipline.vault.keys import (
    VaultKeys,
    load_desk_key,
    load_identity_key,
    load_vault_keys,
    load_vkey,
    make_keys,
)
from tipline.vault.opening import (
    list_files,
    open_contact,
    open_holder_box,
    open_message,
    open_record,
)
from tipline.vault.owner import OwnedVault, open_owner
from tipline.vault.people import open_person, seal_person
from tipline.vault.refusals import (
    RetryMismatch,
    SealBroken,
    UnitRefused,
    VaultBusy,
    VaultClosed,
    VaultForeign,
    VaultFull,
    VaultOwned,
    VaultRefusal,
    VaultUnavailable,
)
from tipline.vault.sealing import CodeKeys, OpeningKey, Sealer, derive_code_keys
from tipline.vault.wire import serve_socket

__all__ = [
    "NO_LEAF",
    "Appended",
    "Attachment",
    "ClientVault",
    "CodeKeys",
    "Entry",
    "FileDetails",
    "HolderNote",
    "Opened",
    "OpeningKey",
    "OwnedVault",
    "Retry",
    "RetryMismatch",
    "SealBroken",
    "SealedFile",
    "Sealer",
    "Stored",
    "Unit",
    "UnitRefused",
    "Vault",
    "VaultBusy",
    "VaultClosed",
    "VaultForeign",
    "VaultFull",
    "VaultKeys",
    "VaultOwned",
    "VaultRefusal",
    "VaultUnavailable",
    "derive_code_keys",
    "describe_files",
    "list_files",
    "load_desk_key",
    "load_identity_key",
    "load_vault_keys",
    "load_vkey",
    "make_keys",
    "open_client",
    "open_contact",
    "open_holder_box",
    "open_message",
    "open_owner",
    "open_person",
    "open_record",
    "seal_person",
    "serve_socket",
]
