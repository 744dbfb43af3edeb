"""From an append to a line on a stranger's screen: the holder's proof, made by the vault itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.vault import (
    Entry,
    OwnedVault,
    Unit,
    derive_code_keys,
    load_vault_keys,
    load_vkey,
    make_keys,
    open_holder_box,
    open_owner,
)
from tipline.vault.ledger.disclosure import Disclosure, encode_disclosure
from tipline.vault.ledger.merkle import hash_leaf, split_hashes
from tipline.vault.ledger.tiles import decode_bundle

VERIFY = Path(__file__).parents[2] / "docs" / "verify.py"
CODE = derive_code_keys(b"0123456789ABCDEFGHJK")
TEXT = "有人冒充客服。\r\nSomeone posed as support.".encode()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OwnedVault]:
    make_keys(
        vault_dir=tmp_path / "vault", desk_dir=tmp_path / "desk", origin="hotline.example/log"
    )
    opened = open_owner(tmp_path / "vault/vault.db", keys=load_vault_keys(tmp_path / "vault"))
    for count in (3, 250, 60):
        others = tuple(Entry(kind="event", text=b"other %d" % n) for n in range(count))
        opened.append(Unit(others)).result()
    yield opened
    opened.close()


def file_report(vault: OwnedVault) -> int:
    report = Entry(
        kind="report",
        text=TEXT,
        box=CODE.box,
        holder_key=CODE.holder_key,
        holder_secret=CODE.holder_secret,
    )
    return vault.append(Unit((report,))).result().first_index


def build_holder_proof(vault: OwnedVault, vkey: str) -> bytes:
    (stored,) = vault.read_box(box=CODE.box)
    note = open_holder_box(stored, CODE.holder_secret)
    disclosure = Disclosure(
        kind=stored.kind,
        salt=note.salt,
        prev=note.prev,
        details_sha256=note.details_sha256,
        row_digest=stored.row_digest,
        vkey=vkey,
    )
    return vault.build_proof(index=stored.index, extra=encode_disclosure(disclosure))


def verify(proof: Path, text: Path, key: str) -> tuple[int, str]:
    command = [sys.executable, VERIFY, proof, text, "--key", key, "--lang", "en"]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def test_a_report_is_shown_to_be_received_by_its_code_alone(vault: OwnedVault, tmp_path: Path):
    index = file_report(vault)
    vault.append(Unit((Entry(kind="event", text=b"later"),))).result()
    vkey = load_vkey(tmp_path / "vault")
    proof, text = tmp_path / "it.tlog-proof", tmp_path / "it.txt"
    proof.write_bytes(build_holder_proof(vault, vkey))
    text.write_bytes(TEXT + b"\r\n")
    status, line = verify(proof, text, vkey)
    assert status == 0
    assert f"(report) at index {index} of {vault.size()}, signed by hotline.example/log" in line
    text.write_bytes(TEXT.replace(b"support", b"police"))
    assert verify(proof, text, vkey)[0] == 1
    proof.write_bytes(vault.build_proof(index=index))
    assert verify(proof, text, vkey)[0] == 2


def test_entry_bundles_hash_to_the_tiles_beside_them(vault: OwnedVault):
    for number, width in ((0, 256), (1, 57)):
        tile, bundle = vault.tile(0, number, width), vault.entries(number, width)
        assert tile
        assert bundle
        assert [hash_leaf(entry) for entry in decode_bundle(bundle)] == split_hashes(tile)
    assert vault.tile(0, 1, 58) is None
    assert vault.entries(1, 58) is None
