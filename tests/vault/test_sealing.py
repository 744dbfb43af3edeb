"""Sealed things open with their key, as they were, and with nothing else."""

import hmac
import os
from hashlib import sha256

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, strategies as st

from tipline.vault import Entry, OpeningKey, Retry, RetryMismatch, SealBroken, Unit
from tipline.vault.committer import make_commit
from tipline.vault.digests import commit_to, hash_fields, hash_leaf, make_entry
from tipline.vault.entries import Stored
from tipline.vault.opening import open_contact, open_holder_box, open_message, open_record
from tipline.vault.records import KEK_BOUND, ONCE, CommitSealer, bind
from tipline.vault.retries import open_answer, seal_answer, tag_body
from tipline.vault.sealing import (
    LOT_BYTES,
    Lot,
    Sealer,
    decrypt,
    derive_code_keys,
    derive_key,
    encrypt,
    pad,
    unpad,
)

DESK, IDENTITY, HOLDER = (OpeningKey(bytes([n] * 32)) for n in (1, 2, 3))
SECRET = bytes(range(32))


def seal(entry: Entry, retry: Retry | None = None) -> Stored:
    """One entry, sealed and read back as the engines give it."""
    sealer = CommitSealer(desk_public=DESK.public, identity_public=IDENTITY.public)
    ((_, kind, reader, box, key, keybox, words, holder, contact, files, *_, c, digest, leaf),) = (
        sealer.seal_unit(Unit((entry,), retry))
    )
    return Stored(
        index=0,
        kind=kind,
        reader=reader,
        box=box,
        holder_key=key,
        sealed_kek=sealer.sealed_kek,
        keybox=keybox,
        ciphertext=words,
        holder_box=holder,
        contact_box=contact,
        files=files,
        commitment=c,
        row_digest=digest,
        leaf_hash=leaf,
    )


words = st.binary(max_size=2_000)
entries = st.builds(
    Entry,
    kind=st.from_regex(r"[a-z._]{1,32}", fullmatch=True),
    text=words,
    details=words,
    box=st.sampled_from([b"", bytes(16), os.urandom(16)]),
    holder_secret=st.just(SECRET),
    holder_note=words,
    contact=st.binary(min_size=1, max_size=500),
    prev=st.binary(min_size=32, max_size=32),
)


@given(entries)
def test_a_record_opens_to_what_was_sealed(entry: Entry):
    stored = seal(entry)
    opened = open_record(stored, DESK)
    assert (opened.text, opened.details, opened.prev) == (entry.text, entry.details, entry.prev)
    assert open_contact(stored.contact_box, IDENTITY) == entry.contact
    note = open_holder_box(stored, SECRET)
    assert (note.note, note.salt, note.prev) == (entry.holder_note, opened.salt, entry.prev)
    assert note.text_sha256 == sha256(entry.text).digest()
    rebuilt = commit_to(
        salt=note.salt,
        kind=entry.kind,
        prev=note.prev,
        text_sha256=note.text_sha256,
        details_sha256=note.details_sha256,
    )
    assert hash_leaf(rebuilt, stored.row_digest) == stored.leaf_hash


@given(entries)
def test_a_message_opens_for_its_holder(entry: Entry):
    sent = Entry(kind="message", text=entry.text, box=entry.box, to=HOLDER.public)
    stored = seal(sent)
    assert open_message(stored, HOLDER.private).text == entry.text
    for another in (DESK.private, IDENTITY.private):
        with pytest.raises(SealBroken):
            open_message(stored, another)


PARTS = ("kind", "box", "sealed_kek", "keybox", "ciphertext", "commitment")


@given(entries, st.sampled_from(PARTS), st.data())
def test_a_record_with_a_changed_part_does_not_open(entry: Entry, part: str, data: st.DataObject):
    stored = seal(entry)
    value = getattr(stored, part)
    changed = value + "x" if isinstance(value, str) else change_byte(value, data)
    parts = {name: getattr(stored, name) for name in stored.__struct_fields__}
    with pytest.raises(SealBroken):
        open_record(Stored(**{**parts, part: changed}), DESK)


def change_byte(value: bytes, data: st.DataObject) -> bytes:
    if not value:
        return b"x" * 16
    place = data.draw(st.integers(0, len(value) - 1))
    return (
        value[:place] + bytes([value[place] ^ data.draw(st.integers(1, 255))]) + value[place + 1 :]
    )


@given(st.binary(max_size=3_000))
def test_the_length_of_words_shows_only_roughly(text: bytes):
    stored = seal(Entry(kind="report", text=text))
    assert (len(stored.ciphertext) - 16) % 512 == 0
    assert len(pad(text)) % 512 == 0
    assert unpad(pad(text)) == text


def test_the_same_words_never_look_the_same():
    first, second = seal(Entry(kind="report", text=b"x")), seal(Entry(kind="report", text=b"x"))
    for part in ("keybox", "ciphertext", "commitment", "row_digest", "leaf_hash", "sealed_kek"):
        assert getattr(first, part) != getattr(second, part)


@pytest.mark.parametrize("box", [b"", bytes(31), bytes(32), bytes(44), bytes(60), bytes(92)])
def test_what_is_no_box_does_not_open(box: bytes):
    with pytest.raises(SealBroken):
        DESK.open(box)
    with pytest.raises(SealBroken):
        decrypt(SECRET, box)


@given(plain=st.binary(max_size=71))
def test_a_record_too_short_to_be_one_is_refused_by_name(plain: bytes):
    """A seized public host may seal whatever it likes; the desk sets it aside and goes on."""
    whole = seal(Entry(kind="report"))
    bound = bind(whole.kind, whole.box)
    dek = decrypt(DESK.open(whole.sealed_kek, KEK_BOUND), whole.keybox, bound)
    short = AESGCM(dek).encrypt(ONCE, plain, bound)

    with pytest.raises(SealBroken):
        open_record(msgspec.structs.replace(whole, ciphertext=short), DESK)


@pytest.mark.parametrize("padded", [b"", b"\0\0\0"])
def test_what_was_never_padded_is_refused_by_name(padded: bytes):
    with pytest.raises(SealBroken):
        unpad(padded)


@given(sealed=st.binary(max_size=40).filter(lambda each: len(each) not in {16, 24, 32}))
def test_a_sealed_key_that_is_none_is_refused_by_name(sealed: bytes):
    key = OpeningKey(os.urandom(32))
    box = Sealer(key.public).seal(sealed, b"kek")

    with pytest.raises(SealBroken):
        key.open_cipher(box, b"kek")


def test_a_box_is_x25519_hkdf_and_aes_gcm_as_another_library_has_them():
    box = Sealer(DESK.public).seal(b"plain", b"bound")
    shared = X25519PrivateKey.from_private_bytes(DESK.private).exchange(
        X25519PublicKey.from_public_bytes(box[:32])
    )
    extracted = hmac.digest(box[:32] + DESK.public, shared, "sha256")
    key = hmac.digest(extracted, b"tipline/v1/box\x01", "sha256")
    assert AESGCM(key).decrypt(box[32:44], box[44:], b"bound") == b"plain"


def test_code_keys_are_apart_and_always_the_same():
    keys = derive_code_keys(b"0123456789ABCDEFGHJK")
    assert keys == derive_code_keys(b"0123456789ABCDEFGHJK")
    assert keys.holder_key == OpeningKey(keys.private_key).public
    assert (len(keys.box), len({keys.box, keys.holder_secret, keys.private_key})) == (16, 3)
    assert keys != derive_code_keys(b"0123456789ABCDEFGHJM")


@given(st.binary(min_size=1, max_size=80), words, words, words)
def test_a_retry_gives_its_answer_to_the_same_body_only(key, body, other, answer):
    retry = Retry(key, sha256(body).digest(), answer)
    tag, box = tag_body(retry), seal_answer(retry)
    assert open_answer(retry, tag=tag, answer_box=box) == answer
    if other != body:
        with pytest.raises(RetryMismatch):
            open_answer(Retry(key, sha256(other).digest(), b""), tag=tag, answer_box=box)


def test_a_changed_answer_is_found():
    retry = Retry(b"k", bytes(32), b"answer")
    with pytest.raises(SealBroken):
        open_answer(retry, tag=tag_body(retry), answer_box=encrypt(SECRET, b"answer"))


@given(st.lists(st.binary(max_size=9), max_size=6), st.lists(st.binary(max_size=9), max_size=6))
def test_different_fields_never_hash_alike(one, two):
    assert (hash_fields(b"label", one) == hash_fields(b"label", two)) == (one == two)


def test_a_leaf_is_opaque_and_of_33_bytes():
    entry = make_entry(bytes(32), bytes(32))
    assert (len(entry), entry[:1]) == (33, b"\x01")
    assert hash_leaf(bytes(32), bytes(32)) == sha256(b"\0" + entry).digest()


def test_a_commit_digest_covers_every_column():
    plain = make_commit(1, 2, (3, b"kek", b"note"))
    others = [
        make_commit(9, 2, (3, b"kek", b"note")),
        make_commit(1, 9, (3, b"kek", b"note")),
        make_commit(1, 2, (9, b"kek", b"note")),
        make_commit(1, 2, (3, b"kex", b"note")),
        make_commit(1, 2, (3, b"kek", b"nota")),
    ]
    assert len({each.digest for each in (plain, *others)}) == 6


def test_random_bytes_are_handed_out_once_whatever_sizes_are_asked_for() -> None:
    draw = Lot().draw
    sizes = [12, 32, 32, 12, 12] * (3 * LOT_BYTES // 100)
    drawn = [draw(size) for size in sizes]
    assert list(map(len, drawn)) == sizes
    assert len(set(drawn)) == len(drawn)


@given(st.binary(min_size=20, max_size=20))
def test_the_keys_of_a_code_are_those_of_plain_hkdf(code: bytes) -> None:
    keys = derive_code_keys(code)
    assert keys.box == derive_key(code, info=b"tipline/v1/code/box", length=16)
    assert keys.holder_secret == derive_key(code, info=b"tipline/v1/code/secret")
    assert keys.private_key == derive_key(code, info=b"tipline/v1/code/private")
