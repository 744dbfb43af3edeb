"""Signed notes and checkpoints: published examples, round trips, and every kind of refusal."""

import base64

import pytest
from hypothesis import given, strategies as st

from tipline.vault.ledger.checkpoint import (
    Checkpoint,
    read_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from tipline.vault.ledger.note import (
    NoteSigner,
    NoteVerifier,
    read_note,
    sign_note,
    verify_note,
)
from tipline.vault.ledger.refusals import NoteRefused

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
ORIGIN = "hotline.example/log"
LOG = NoteSigner(ORIGIN, bytes(range(32)))
WITNESS = NoteSigner("witness.example/w1", bytes(range(1, 33)))
CHECKPOINT = sign_checkpoint(origin=ORIGIN, size=42, root=bytes(32), key=LOG)
NAMES = st.text(
    st.characters(
        min_codepoint=33, exclude_characters="+", exclude_categories=["Cs", "Zs", "Zl", "Zp"]
    ),
    min_size=1,
    max_size=40,
).filter(lambda name: not any(char.isspace() for char in name))


def test_the_published_example_is_verified():
    verifier = NoteVerifier.read(EXAMPLE_KEY)
    assert verifier.vkey == EXAMPLE_KEY
    assert verify_note(EXAMPLE_NOTE.encode(), [verifier]) == "This is an example message.\n"


@given(st.binary(min_size=32, max_size=32), NAMES)
def test_keys_survive_being_written_and_read(private: bytes, name: str):
    signer = NoteSigner(name, private)
    assert NoteSigner.read(signer.skey).skey == signer.skey
    assert NoteVerifier.read(signer.verifier.vkey).vkey == signer.verifier.vkey


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32) | st.just("\n")))
def test_whatever_is_signed_is_read_back(text: str):
    note = sign_note(text + "\n", [LOG, WITNESS])
    assert verify_note(note, [LOG.verifier]) == text + "\n"
    assert verify_note(note, [WITNESS.verifier, LOG.verifier]) == text + "\n"
    assert [one.name for one in read_note(note).signatures] == [ORIGIN, "witness.example/w1"]


@given(st.integers(0, len(CHECKPOINT) * 8 - 1))
def test_no_bit_of_a_checkpoint_can_be_changed(bit: int):
    altered = bytearray(CHECKPOINT)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NoteRefused):
        verify_checkpoint(bytes(altered), [LOG.verifier], origin=ORIGIN)


@given(st.integers(0, 10**18 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_says_what_was_signed(size: int, root: bytes):
    note = sign_checkpoint(origin=ORIGIN, size=size, root=root, key=LOG, cosigners=[WITNESS])
    expected = Checkpoint(ORIGIN, size, root)
    assert verify_checkpoint(note, [WITNESS.verifier], origin=ORIGIN) == expected
    assert read_checkpoint(note) == expected


def test_signatures_of_unknown_keys_are_passed_over():
    note = sign_note("text\n", [WITNESS, LOG])
    assert verify_note(note, [LOG.verifier]) == "text\n"
    with pytest.raises(NoteRefused, match="no trusted key"):
        verify_note(sign_note("text\n", [WITNESS]), [LOG.verifier])


def test_another_key_of_the_same_name_is_an_unknown_key():
    namesake = NoteSigner(ORIGIN, bytes(range(2, 34)))
    with pytest.raises(NoteRefused, match="no trusted key"):
        verify_note(sign_note("text\n", [namesake]), [LOG.verifier])
    assert verify_note(sign_note("text\n", [namesake, LOG]), [LOG.verifier]) == "text\n"


def test_one_false_signature_of_a_trusted_key_spoils_the_note():
    true = sign_note("text\n", [LOG, WITNESS]).decode()
    forged = sign_note("other\n", [WITNESS]).decode().splitlines(keepends=True)[-1]
    spoiled = (true + forged).encode()
    assert verify_note(spoiled, [LOG.verifier]) == "text\n"
    with pytest.raises(NoteRefused, match="not over this text"):
        verify_note(spoiled, [LOG.verifier, WITNESS.verifier])


def test_a_checkpoint_of_another_log_is_refused():
    with pytest.raises(NoteRefused, match="not of other"):
        verify_checkpoint(CHECKPOINT, [LOG.verifier], origin="other")


def test_extension_lines_are_kept():
    note = sign_note(f"{ORIGIN}\n1\n{base64.b64encode(bytes(32)).decode()}\nmore\n", [LOG])
    assert read_checkpoint(note).extensions == ("more",)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nsignature\n",
        b"text\n\n\xe2\x80\x94 name\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAA==\n",
        b"text\n\n\xe2\x80\x94 na+me AAAAAAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAA!A\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAB=\n",
        b"text\n\n\xe2\x80\x94 name  AAAAAAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAAA",
        b"te\x00xt\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"te\xffxt\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"text\r\n\r\n\xe2\x80\x94 name AAAAAAAA\r\n",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAAA\n" * 101,
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_note_is_refused(note: bytes):
    with pytest.raises(NoteRefused):
        read_note(note)


@pytest.mark.parametrize("text", ["", "text", "a\tb\n", "a\r\n", "\x00\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str):
    with pytest.raises(NoteRefused):
        sign_note(text, [LOG])


@pytest.mark.parametrize(
    "text",
    [
        "\n1\nAAAA\n",
        f"{ORIGIN}\n1\n",
        f"{ORIGIN}\n01\n{base64.b64encode(bytes(32)).decode()}\n",
        f"{ORIGIN}\n-1\n{base64.b64encode(bytes(32)).decode()}\n",
        f"{ORIGIN}\n\u0661\n{base64.b64encode(bytes(32)).decode()}\n",
        f"{ORIGIN}\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"{ORIGIN}\n1\n{base64.b64encode(bytes(32)).decode()}\n\nmore\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str):
    with pytest.raises(NoteRefused):
        verify_checkpoint(sign_note(text, [LOG]), [LOG.verifier], origin=ORIGIN)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "name",
        "name+id",
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY.replace("example.com", "example.org"),
        EXAMPLE_KEY[:-4],
        EXAMPLE_KEY.replace("+AekyeR", "+BOkyeR"),
        EXAMPLE_KEY.replace("foo", "fo o"),
        "+" + EXAMPLE_KEY,
    ],
)
def test_what_is_no_key_is_refused(key: str):
    with pytest.raises(NoteRefused):
        NoteVerifier.read(key)
    with pytest.raises(NoteRefused):
        NoteSigner.read(key)
    with pytest.raises(NoteRefused):
        NoteSigner.read("PRIVATE+KEY+" + key)


def test_a_bad_name_signs_nothing():
    for name in ("", "a b", "a+b", "a\nb", "a\u3000b", "a\x01b"):
        with pytest.raises(NoteRefused):
            NoteSigner(name, bytes(32))
