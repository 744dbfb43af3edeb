"""docs/verify.py, as a person runs it: one line and an exit status, whatever it is given."""

import ast
import importlib.util
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings, strategies as st

from tipline.vault.digests import commit_to, hash_leaf
from tipline.vault.ledger.checkpoint import sign_checkpoint
from tipline.vault.ledger.disclosure import Disclosure, encode_disclosure
from tipline.vault.ledger.note import NoteSigner
from tipline.vault.ledger.paths import build_inclusion, build_root, verify_inclusion
from tipline.vault.ledger.proof import LogProof, encode_proof
from tipline.vault.ledger.refusals import ProofRefused

VERIFY = Path(__file__).parents[2] / "docs" / "verify.py"
ORIGIN = "hotline.example/log"
LOG = NoteSigner(ORIGIN, bytes(range(32)))
VKEY = LOG.verifier.vkey
OTHER = NoteSigner(ORIGIN, bytes(range(1, 33)))
OTHERS = [sha256(bytes([n])).digest() for n in range(100)]
TEXT = "他们让我转账。\r\nThey told me to pay.\r\n".encode()
SALT, PREV, DETAILS, ROW = (bytes([n]) * 32 for n in (1, 2, 3, 4))


def make_proof(
    text: bytes = TEXT,
    *,
    key: NoteSigner = LOG,
    vkey: str = VKEY,
    index: int = 40,
    extra: bytes | None = None,
) -> bytes:
    """A proof file of a report's text among 100 leaves."""
    commitment = commit_to(
        salt=SALT,
        kind="report",
        prev=PREV,
        text_sha256=sha256(text).digest(),
        details_sha256=DETAILS,
    )
    leaves = [*OTHERS[:index], hash_leaf(commitment, ROW), *OTHERS[index + 1 :]]

    def read(level: int, first: int, count: int) -> bytes:
        return b"".join(leaves[first : first + count])

    root = build_root(100, read)
    checkpoint = sign_checkpoint(origin=ORIGIN, size=100, root=root, key=key)
    disclosure = Disclosure(
        kind="report", salt=SALT, prev=PREV, details_sha256=DETAILS, row_digest=ROW, vkey=vkey
    )
    extra = encode_disclosure(disclosure) if extra is None else extra
    return encode_proof(
        LogProof(index, tuple(build_inclusion(index, 100, read)), checkpoint, extra)
    )


PROOF = make_proof()


class Run:
    """Files to verify, and a way to do it."""

    def __init__(self, directory: Path) -> None:
        self.proof, self.text = directory / "it.tlog-proof", directory / "it.txt"
        self.proof.write_bytes(PROOF)
        self.text.write_bytes(TEXT)

    def __call__(self, *options: str, lang: str = "en") -> tuple[int, str]:
        command = [sys.executable, "-I", VERIFY, self.proof, self.text, "--lang", lang, *options]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.stderr == b""
        (line,) = done.stdout.decode().splitlines()
        return done.returncode, line


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", VERIFY)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_received_text_is_told_with_its_place_and_its_signer(run: Run):
    status, line = run("--key", VKEY)
    assert status == 0
    key_id = LOG.verifier.key_id.hex()
    assert line == (
        "RECEIVED: log hotline.example/log holds this text (report) at index 40 of 100, signed by "
        f"hotline.example/log, key {key_id}. The key is the one that you gave."
    )


def test_the_key_may_be_a_file(run: Run, tmp_path: Path):
    path = tmp_path / "log.vkey"
    path.write_text(VKEY + "\n")
    assert run("--key", str(path)) == run("--key", VKEY)


def test_a_key_that_came_with_the_proof_is_told_to_be_no_more_than_that(run: Run):
    status, line = run()
    assert status == 0
    assert "only as good as the place that you had the proof from" in line


def test_the_line_is_also_in_chinese(run: Run):
    status, line = run("--key", VKEY, lang="zh")
    assert (status, line[:4]) == (0, "已收到：")
    assert "密钥由您指定" in line


def test_the_terminals_language_is_used(run: Run):
    for variables, start in (
        ({"LANG": "zh_CN.UTF-8"}, "已收到"),
        ({"LANG": "de_DE.UTF-8"}, "RECEIVED"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "C"}, "已收到"),
    ):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG"))
        }
        environment = kept | variables | {"PYTHONUTF8": "1"}
        command = [sys.executable, VERIFY, run.proof, run.text]
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert done.stdout.decode().startswith(start)


def test_a_terminal_without_chinese_gets_a_line_all_the_same(run: Run):
    command = [sys.executable, VERIFY, run.proof, run.text, "--lang", "zh"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stderr == b""


def test_both_languages_say_everything(verifier: ModuleType):
    assert verifier.MESSAGES["en"].keys() == verifier.MESSAGES["zh"].keys()


SPELLINGS = {
    "line endings changed to CRLF": TEXT.replace(b"\r\n", b"\n"),
    "byte order mark removed": b"\xef\xbb\xbf" + TEXT,
    "newlines at its end removed": TEXT + b"\r\n",
    "a newline at its end added": TEXT.rstrip(),
    "from UTF-16": TEXT.decode().encode("utf-16"),
    "from GB18030": TEXT.decode().encode("gb18030"),
    "CRLF, a newline": TEXT.replace(b"\r\n", b"\n").rstrip(),
    "mark removed, its line endings": b"\xef\xbb\xbf" + TEXT.replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("needed", SPELLINGS)
def test_what_an_editor_does_to_a_text_is_undone_and_told(run: Run, needed: str):
    run.text.write_bytes(SPELLINGS[needed])
    status, line = run("--key", VKEY)
    assert status == 0
    assert needed.split(",", maxsplit=1)[0] in line
    assert needed.rsplit(",", maxsplit=1)[-1] in line


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"one line", b"one line\n"),
        (b"one line", b"one line\n\n\n"),
        (b"a\nb", b"a\r\nb\r\n"),
        (b"a\nb\n", b"a\r\nb"),
        (b"\xef\xbb\xbfmarked", b"marked\n"),
        (b"", b"\n"),
        (b"\xff raw", b"\xff raw"),
    ],
)
def test_other_texts_are_found_too(run: Run, sent: bytes, kept: bytes):
    run.proof.write_bytes(make_proof(sent))
    run.text.write_bytes(kept)
    assert run()[0] == 0


def test_an_unchanged_text_is_not_said_to_have_been_changed(run: Run):
    assert "with" not in run("--key", VKEY)[1]


@pytest.mark.parametrize("text", [b"", b"another", TEXT[:-4], b" " + TEXT, TEXT.upper()])
def test_another_text_is_not_received(run: Run, text: bytes):
    run.text.write_bytes(text)
    status, line = run("--key", VKEY)
    assert status == 1
    assert line.startswith("NOT RECEIVED: this is not the text")


def test_a_proof_that_another_key_signed_shows_nothing(run: Run):
    run.proof.write_bytes(make_proof(key=OTHER))
    status, line = run("--key", VKEY)
    assert (status, "not signed by the key" in line) == (1, True)


def test_a_forged_signature_is_told(run: Run):
    changed = PROOF.replace(b"\n100\n", b"\n101\n")
    run.proof.write_bytes(changed)
    status, line = run("--key", VKEY)
    assert (status, "is false" in line) == (1, True)


def test_a_forged_signature_beside_a_true_one_is_told(run: Run):
    forged = PROOF.replace(b"\n100\n", b"\n101\n").splitlines(keepends=True)[-1]
    key_and_false = forged[:-20] + b"A" * 17 + forged[-3:]
    run.proof.write_bytes(PROOF + key_and_false)
    status, line = run("--key", VKEY)
    assert (status, "is false" in line) == (1, True)


def test_a_proof_that_was_mailed_with_other_line_endings_is_read(run: Run):
    run.proof.write_bytes(b"\xef\xbb\xbf" + PROOF.replace(b"\n", b"\r\n"))
    assert run()[0] == 0


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (b"", "first line"),
        (b"\xff\x00", "not UTF-8"),
        (TEXT, "first line"),
        (PROOF[:200], "checkpoint"),
        (PROOF.replace(b"index 40", b"index x"), "number"),
        (PROOF.replace(b"\nindex 40", b""), "no index"),
        (PROOF.replace(b"\n100\n", b"\n0100\n"), "number"),
        (PROOF.replace(b"extra ", b"extra !"), "base64"),
        (PROOF.replace("— ".encode(), b"- "), "signature line"),
        (make_proof(extra=b"[" * 100_000), "opens the record is malformed"),
        (make_proof(extra=b"\xff"), "opens the record is malformed"),
        (make_proof(extra=b'"v"'), "opens the record is malformed"),
        (make_proof(extra=b'{"v":1,"salt":"AAAA"}'), "opens the record is malformed"),
        (make_proof(extra=b'{"v":2}'), "newer verify.py"),
        (make_proof(extra=b""), "made with the receipt code"),
        (make_proof(vkey=""), "carries no key"),
        (make_proof(vkey="\x1b[31mred\u202e"), "name+id+base64"),
        (bytes(2_000_001), "longer than"),
    ],
)
def test_a_proof_that_cannot_be_used_is_told_with_the_reason(run: Run, proof: bytes, reason: str):
    run.proof.write_bytes(proof)
    status, line = run()
    assert status == 2
    assert line.startswith("UNUSABLE: ")
    assert reason in line
    assert line.isprintable()


@pytest.mark.parametrize(
    "key", ["", "x", VKEY[:-1], VKEY.replace("log+", "lag+"), "n" * 5_000, "a+b+é"]
)
def test_a_mistyped_key_is_told(run: Run, key: str):
    status, line = run("--key", key)
    assert (status, "name+id+base64" in line) == (2, True)


def test_missing_files_are_told(run: Run):
    run.text.unlink()
    status, line = run()
    assert (status, "it.txt cannot be read" in line) == (2, True)
    run.text.mkdir()
    assert run()[0] == 2


def test_a_text_may_come_by_standard_input(run: Run):
    command = [sys.executable, VERIFY, run.proof, "-", "--lang", "en"]
    done = subprocess.run(command, input=TEXT, capture_output=True, check=True)
    assert done.stdout.startswith(b"RECEIVED")


@settings(max_examples=300, deadline=None)
@given(cut=st.integers(0, len(PROOF)), junk=st.binary(max_size=8), skip=st.integers(0, 40))
def test_no_damage_to_a_proof_makes_it_stumble_or_changes_what_it_says(
    verifier: ModuleType, tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes, skip: int
):
    run = Run(tmp_path_factory.getbasetemp())
    run.proof.write_bytes(PROOF[:cut] + junk + PROOF[cut + skip :])
    options = verifier.argparse.Namespace(proof=str(run.proof), text=str(run.text), key=VKEY)
    try:
        verdict = verifier.verify(options)
    except verifier.Verdict as refusal:
        verdict = refusal
    line = verifier.render(verdict, "zh")
    assert line.isprintable()
    if verdict.status == 0:
        assert {"index": 40, "size": 100, "kind": "report"}.items() <= verdict.values.items()


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 7), st.data())
def test_paths_are_climbed_as_the_vaults_own_check_does(
    verifier: ModuleType, index: int, size: int, length: int, data: st.DataObject
):
    leaf, *hashes = OTHERS[: length + 1]
    proof = {"index": index, "size": size, "hashes": hashes}
    found = verifier.climb(leaf, proof)
    root = found or data.draw(st.sampled_from(OTHERS))
    try:
        verify_inclusion(leaf_hash=leaf, index=index, size=size, proof=hashes, root=root)
    except ProofRefused:
        assert found is None
    else:
        assert found == root


def test_only_the_one_right_spelling_of_a_point_is_read(verifier: ModuleType):
    one, prime = 1, verifier.P
    assert verifier.decode_point(one.to_bytes(32, "little")) == (0, 1, 1, 0)
    for wrong in (one | 1 << 255, prime + one, prime - 1 | 1 << 255, 2):
        assert verifier.decode_point(wrong.to_bytes(32, "little")) is None
    base = verifier.encode_point(verifier.BASE)
    assert verifier.decode_point(base) == verifier.BASE
    assert verifier.encode_point(verifier.multiply(verifier.ORDER, verifier.BASE)) == one.to_bytes(
        32, "little"
    )


@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0))
def test_signatures_are_judged_as_the_cryptography_library_does(
    verifier: ModuleType, private: bytes, message: bytes, bit: int
):
    key = Ed25519PrivateKey.from_private_bytes(private)
    public = key.public_key().public_bytes_raw()
    true = key.sign(message)
    assert verifier.is_signed(public, message, true)
    false = bytearray(true)
    false[bit % 512 // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidSignature):
        key.public_key().verify(bytes(false), message)
    assert not verifier.is_signed(public, message, bytes(false))
    assert not verifier.is_signed(public, message + b"!", true)
    assert not verifier.is_signed(public, message, true[:63])
    bigger = int.from_bytes(true[32:], "little") + verifier.ORDER
    assert not verifier.is_signed(public, message, true[:32] + bigger.to_bytes(32, "little"))


def test_rfc_8032s_first_example_is_verified(verifier: ModuleType):
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verifier.is_signed(bytes.fromhex(public), b"", bytes.fromhex(signature))


def test_the_verifier_stands_alone_on_python_3_8():
    tree = ast.parse(VERIFY.read_text(), feature_version=(3, 8))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
