"""The vault is read with nothing but ``docs/explanation/vault.md``: no code of the vault is used.

Should this fail, then either the format was broken or the page is wrong; both are faults.
"""

import base64
import hashlib
import hmac
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import apsw
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tipline.vault import Entry, Retry, Unit, load_vault_keys, make_keys, open_owner
from tipline.vault.files import FileSealer
from tipline.vault.sealing import derive_code_keys

CODE = b"458S9CJJG43H822GW3TE"
TEXT = "他们让我先垫付。\r\nThen they were gone.".encode()
DETAILS = b'{"v":1}'
FIELDS = [
    "unit_size",
    "kind",
    "reader",
    "sealed_kek",
    "box",
    "holder_key",
    "keybox",
    "ciphertext",
    "holder_box",
    "contact_box",
    "files",
    "retry_hash",
    "retry_tag",
    "answer_box",
]


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hkdf(secret: bytes, info: bytes, *, salt: bytes | None = None, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def open_gcm(key: bytes, sealed: bytes, bound: bytes | None) -> bytes:
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)


def open_box(private: bytes, box: bytes, bound: bytes) -> bytes:
    own = X25519PrivateKey.from_private_bytes(private)
    ephemeral, recipient = box[:32], own.public_key().public_bytes_raw()
    secret = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    key = hkdf(secret, b"tipline/v1/box", salt=ephemeral + recipient)
    return open_gcm(key, box[32:], bound)


def unpad(padded: bytes) -> bytes:
    assert len(padded) % 512 == 0
    return padded[4 : 4 + struct.unpack(">I", padded[:4])[0]]


def read_plaintext(row: dict[str, bytes], dek: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    plain = AESGCM(dek).decrypt(bytes(12), row["ciphertext"], bound_of(row))
    assert len(plain) % 512 == 0
    text_size, details_size = struct.unpack(">II", plain[64:72])
    text, rest = plain[72 : 72 + text_size], plain[72 + text_size :]
    return plain[:32], plain[32:64], text, rest[:details_size]


def bound_of(row: dict[str, bytes]) -> bytes:
    return row["kind"] + b"\0" + row["box"]


def commit(kind: bytes, salt: bytes, prev: bytes, hashes: tuple[bytes, bytes]) -> bytes:
    return hmac.digest(salt, b"tipline/v1/" + kind + b"\0" + prev + b"".join(hashes), "sha256")


def digest_row(row: dict[str, bytes]) -> bytes:
    parts = [row[name] for name in FIELDS]
    lengths = b"".join(struct.pack(">I", len(part)) for part in parts)
    return sha256(b"tipline/v1/row" + lengths + b"".join(parts))


def hash_leaf(row: dict[str, bytes]) -> bytes:
    data = b"\1" + sha256(b"tipline/v1/leaf" + row["commitment"] + row["row_digest"])
    return sha256(b"\0" + data)


def read_key(path: Path) -> bytes:
    return base64.b64decode(path.read_text())


def read_rows(path: Path) -> Iterator[dict[str, bytes]]:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    names = [row[1] for row in connection.execute("PRAGMA table_info(record)")]
    query = (
        "SELECT record.*, sealed_kek FROM record JOIN log_commit ON number = commit_id ORDER BY idx"
    )
    for values in connection.execute(query).fetchall():
        row = dict(zip((*names, "sealed_kek"), values, strict=True))
        row = {name: each.encode() if isinstance(each, str) else each for name, each in row.items()}
        if row["reader"] == b"holder":
            row["sealed_kek"] = b""
        yield {
            **row,
            "unit_size": struct.pack(">I", row["unit_size"]),
            "retry_hash": row["retry_hash"] or b"",
        }
    connection.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with a report that has everything, and a letter to its reporter."""
    data = tmp_path_factory.mktemp("data")
    make_keys(vault_dir=data / "vault", desk_dir=data / "desk", origin="hotline.example/log")
    (data / "vault" / "files").mkdir(exist_ok=True)
    with FileSealer(data / "vault" / "files", limit=1_000_000) as sealer:
        sealer.write(b"picture" * 20_000)
        kept = sealer.finish()
    (data / "file.key").write_bytes(kept.key)
    keys = derive_code_keys(CODE)
    report = Entry(
        kind="report", text=TEXT, details=DETAILS, box=keys.box, holder_key=keys.holder_key,
        holder_secret=keys.holder_secret, holder_note=b"{}", contact=b'{"email":"a@mail.example"}',
        files=(kept.file,),
    )  # fmt: skip
    letter = Entry(kind="message", text=b'{"type":"state"}', box=keys.box, to=keys.holder_key)
    vault = open_owner(data / "vault" / "vault.db", keys=load_vault_keys(data / "vault"))
    vault.append(Unit((report,), Retry(b"retry-key", sha256(b"body"), CODE))).result()
    vault.append(Unit((letter, letter))).result()
    vault.close()
    return data


@pytest.fixture
def rows(written: Path) -> list[dict[str, bytes]]:
    return list(read_rows(written / "vault" / "vault.db"))


def test_every_row_answers_to_its_digest_and_its_leaf(rows: list[dict[str, bytes]]) -> None:
    assert len(rows) == 3
    for row in rows:
        assert digest_row(row) == row["row_digest"]
        assert hash_leaf(row) == row["leaf_hash"]


def test_the_desk_key_opens_a_report(written: Path, rows: list[dict[str, bytes]]) -> None:
    private, row = read_key(written / "desk" / "desk.key"), rows[0]

    kek = open_box(private, row["sealed_kek"], b"tipline/v1/kek")
    dek = open_gcm(kek, row["keybox"], bound_of(row))
    salt, prev, text, details = read_plaintext(row, dek)

    assert (prev, text, details) == (bytes(32), TEXT, DETAILS)
    assert commit(b"report", salt, prev, (sha256(text), sha256(details))) == row["commitment"]


def test_the_identity_key_opens_a_contact(written: Path, rows: list[dict[str, bytes]]) -> None:
    private = read_key(written / "desk" / "identity.key")

    contact = open_box(private, rows[0]["contact_box"], b"tipline/v1/contact")

    assert json.loads(unpad(contact)) == {"email": "a@mail.example"}


def test_a_receipt_code_opens_what_is_its_own(rows: list[dict[str, bytes]]) -> None:
    report, letter = rows[:2]
    secret = hkdf(CODE, b"tipline/v1/code/secret")
    private = hkdf(CODE, b"tipline/v1/code/private")

    own = open_gcm(secret, report["holder_box"], bound_of(report))
    dek = open_box(private, letter["keybox"], bound_of(letter))
    salt, prev, text, _ = read_plaintext(letter, dek)

    assert report["box"] == hkdf(CODE, b"tipline/v1/code/box", length=16) == letter["box"]
    assert unpad(own[128:]) == b"{}"
    assert (
        commit(b"report", own[:32], own[32:64], (own[64:96], own[96:128])) == report["commitment"]
    )
    assert text == b'{"type":"state"}'
    assert commit(b"message", salt, prev, (sha256(text), sha256(b"{}"))) == letter["commitment"]


def test_a_retry_key_with_its_body_opens_the_answer(rows: list[dict[str, bytes]]) -> None:
    row, body = rows[0], sha256(b"body")

    key = hkdf(b"retry-key", b"tipline/v1/retry/answer", salt=body)
    tag = hmac.digest(hkdf(b"retry-key", b"tipline/v1/retry/tag"), body, "sha256")

    assert row["retry_hash"] == sha256(b"tipline/v1/retry" + b"retry-key")
    assert row["retry_tag"] == tag
    assert open_gcm(key, row["answer_box"], None) == CODE


def test_a_sealed_file_opens_chunk_by_chunk(written: Path, rows: list[dict[str, bytes]]) -> None:
    ((file_id, size, sealed_size, sealed_sha256),) = msgspec.msgpack.decode(rows[0]["files"])
    sealed, header = (written / "vault" / "files" / file_id).read_bytes(), b"tipline/v1/file\n"
    aead = AESGCM((written / "file.key").read_bytes())

    chunks = [sealed[at : at + 65_552] for at in range(16, len(sealed), 65_552)]
    plain = b""
    for number, chunk in enumerate(chunks):
        last = b"\1" if number == len(chunks) - 1 else b"\0"
        plain += aead.decrypt(bytes(7) + struct.pack(">I", number) + last, chunk, header)

    assert (len(sealed), sha256(sealed), sealed[:16]) == (sealed_size, sealed_sha256, header)
    assert plain == b"picture" * 20_000
    assert size == len(plain)
    assert len(file_id) == len(bytes.fromhex(file_id)) * 2 == 32
