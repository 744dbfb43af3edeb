"""Proof files: round trips, the whole verification, and what is refused."""

import pytest
from hypothesis import given, strategies as st

from tipline.vault.ledger.checkpoint import sign_checkpoint
from tipline.vault.ledger.disclosure import Disclosure, decode_disclosure, encode_disclosure
from tipline.vault.ledger.merkle import hash_leaf
from tipline.vault.ledger.note import NoteSigner, write_base64
from tipline.vault.ledger.paths import build_inclusion, build_root
from tipline.vault.ledger.proof import LogProof, decode_proof, encode_proof, verify_proof
from tipline.vault.ledger.refusals import LedgerRefusal, ProofRefused

ORIGIN = "hotline.example/log"
LOG = NoteSigner(ORIGIN, bytes(range(32)))
LEAVES = [hash_leaf(str(n).encode()) for n in range(200)]
HASHES = st.binary(min_size=32, max_size=32)


def read_leaves(level: int, first: int, count: int) -> bytes:
    assert level == 0
    return b"".join(LEAVES[first : first + count])


def make_proof(index: int, size: int, extra: bytes = b"") -> LogProof:
    root = build_root(size, read_leaves)
    checkpoint = sign_checkpoint(origin=ORIGIN, size=size, root=root, key=LOG)
    return LogProof(index, tuple(build_inclusion(index, size, read_leaves)), checkpoint, extra)


PROOF = make_proof(70, 150, b"opaque")
FILE = encode_proof(PROOF)


def check(proof: LogProof, leaf_hash: bytes) -> int:
    verifiers = [LOG.verifier]
    return verify_proof(proof, leaf_hash=leaf_hash, verifiers=verifiers, origin=ORIGIN).size


def test_a_proof_file_looks_as_the_format_says():
    lines = FILE.decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", f"extra {write_base64(b'opaque')}", "index 70"]
    assert lines[3 : 3 + len(PROOF.hashes)] == [write_base64(one) for one in PROOF.hashes]
    assert FILE.endswith(b"\n\n" + PROOF.checkpoint)


def test_a_proof_without_extra_has_no_line_for_it():
    assert encode_proof(make_proof(0, 1)).startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n\n")


@given(st.integers(0, 10**18 - 1), st.lists(HASHES, max_size=63), st.binary(max_size=2_000))
def test_every_proof_is_read_back(index: int, hashes: list[bytes], extra: bytes):
    proof = LogProof(index, tuple(hashes), PROOF.checkpoint, extra)
    assert decode_proof(encode_proof(proof)) == proof


@given(st.data(), st.integers(1, 200))
def test_a_true_proof_is_verified_from_its_file_alone(data: st.DataObject, size: int):
    index = data.draw(st.integers(0, size - 1))
    proof = decode_proof(encode_proof(make_proof(index, size)))
    assert check(proof, LEAVES[index]) == size
    with pytest.raises(ProofRefused):
        check(proof, hash_leaf(b"another"))


@given(st.integers(0, len(FILE) * 8 - 1))
def test_a_file_with_a_changed_bit_shows_nothing_new(bit: int):
    altered = bytearray(FILE)
    altered[bit // 8] ^= 1 << bit % 8
    try:
        proof = decode_proof(bytes(altered))
        check(proof, LEAVES[70])
    except LedgerRefusal:
        return
    assert (proof.index, proof.hashes, proof.checkpoint) == (70, PROOF.hashes, PROOF.checkpoint)
    assert proof.extra != PROOF.extra  # opaque, bound by the leaf alone


@pytest.mark.parametrize(
    "file",
    [
        b"",
        FILE[:100],
        FILE.replace(b"proof@v1", b"proof@v2"),
        FILE.replace(b"index 70", b"index 070"),
        FILE.replace(b"index 70", b"index -70"),
        FILE.replace(b"index 70", b"index 7_0"),
        FILE.replace(b"index 70\n", b""),
        FILE.replace(b"extra ", b"extra"),
        FILE.replace(b"\n", b"\r\n"),
        FILE.replace(PROOF.checkpoint, b""),
        FILE.replace(PROOF.checkpoint, b"hello\n"),
        FILE.replace(write_base64(PROOF.hashes[0]).encode(), b"AAAA"),
        FILE.replace(
            b"index 70\n", b"index 70\n" + write_base64(bytes(32)).encode() + b"\n" + b"AAAA\n"
        ),
        encode_proof(LogProof(0, (bytes(32),) * 64, PROOF.checkpoint)),
        encode_proof(LogProof(0, (), PROOF.checkpoint, bytes(2_000_000))),
        b"\xff\xfe" + FILE,
    ],
)
def test_what_is_no_proof_file_is_refused(file: bytes):
    with pytest.raises(ProofRefused):
        decode_proof(file)


DISCLOSURES = st.builds(
    Disclosure,
    kind=st.text(max_size=32),
    salt=HASHES,
    prev=HASHES,
    details_sha256=HASHES,
    row_digest=HASHES,
    vkey=st.text(max_size=100),
)


@given(DISCLOSURES)
def test_every_disclosure_is_read_back(disclosure: Disclosure):
    assert decode_disclosure(encode_disclosure(disclosure)) == disclosure


@pytest.mark.parametrize("extra", [b"", b"{}", b"[]", b"\xff", b'{"v":1}', b"null"])
def test_what_is_no_disclosure_is_refused(extra: bytes):
    with pytest.raises(ProofRefused):
        decode_disclosure(extra)


def test_a_disclosure_of_another_version_is_refused():
    values = dict.fromkeys(("salt", "prev", "details_sha256", "row_digest"), bytes(32))
    with pytest.raises(ProofRefused, match="version 2"):
        decode_disclosure(encode_disclosure(Disclosure(kind="report", v=2, **values)))
