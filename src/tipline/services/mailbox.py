"""What the holder of a receipt code sees: their records, where the report stands, its proofs."""

import datetime as dt
import hashlib
from collections.abc import Sequence

import msgspec

from tipline.domain.feedback.status import Message, Promise, Status, promise, summarise
from tipline.domain.intake.receipt import CodeMistyped, read_code
from tipline.vault import (
    CodeKeys,
    HolderNote,
    SealBroken,
    Stored,
    Vault,
    derive_code_keys,
    open_holder_box,
    open_message,
)
from tipline.vault.ledger.disclosure import Disclosure, encode_disclosure

_message = msgspec.json.Decoder(Message)
KINDS = frozenset({"report", "reply", "message"})  # an order's code opens other kinds


class CodeUnknown(Exception):
    """No report has this code, or it was erased; nobody can tell which."""


class LeafUnknown(Exception):
    """The code holder has no such record."""


class OwnWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was kept for the holder of their own report or reply."""

    at: str = ""
    text: str = ""
    question_id: str = ""
    files: tuple[str, ...] = ()


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One record on the holder's thread: ``said`` by the desk, or the holder's ``own``."""

    leaf_index: int
    kind: str
    at: str
    said: Message | None = None
    own: OwnWords | None = None
    words: bytes = b""  # the committed text, where it can be shown


class Mailbox(msgspec.Struct, frozen=True, kw_only=True):
    """All that a code opens."""

    keys: CodeKeys
    last: Stored
    letters: tuple[Letter, ...]
    status: Status

    @property
    def asked(self) -> frozenset[str]:
        """Ids of all questions that were ever asked, answered or not."""
        said = (letter.said for letter in self.letters)
        return frozenset(each.question_id for each in said if each and each.question_id)


def find_code(*, vault: Vault, text: str) -> str:
    """Read a code as typed; one slip is mended when just one code so near opens anything.

    Looking at up to 40 neighbours takes 5 of a code's 90 bits from whoever guesses.

    Raises:
        CodeMistyped: nearly a code, and no neighbour or several open something.
        CodeRefused: no code at all.

    """
    try:
        return read_code(text)
    except CodeMistyped as mistyped:
        found = [code for code in mistyped.candidates if _is_held(vault, code)]
        if len(found) != 1:
            raise
        return found[0]


def _is_held(vault: Vault, code: str) -> bool:
    return bool(vault.read_box(box=derive_code_keys(code.encode()).box))


def open_mailbox(*, vault: Vault, code: str) -> Mailbox:
    """Open everything that belongs to ``code`` (20 canonical characters), oldest first.

    Raises:
        CodeUnknown: there is nothing, or it was erased.

    """
    keys, stored = _list_stored(vault, code)
    letters = [_open_letter(each, keys) for each in stored]
    if letters[0] is None:
        raise CodeUnknown
    shown = tuple(letter for letter in letters if letter)
    said = [letter.said for letter in shown if letter.said]
    answered = frozenset(letter.own.question_id for letter in shown if letter.own)
    return Mailbox(
        keys=keys, last=stored[-1], letters=shown, status=summarise(said, answered=answered)
    )


def read_promise(*, mailbox: Mailbox, outcome_days: int) -> Promise:
    """Say what happens next and by when."""
    return promise(
        received_at=dt.datetime.fromisoformat(mailbox.letters[0].at),
        outcome_days=outcome_days,
        state=mailbox.status.state,
    )


def build_holder_proof(*, vault: Vault, code: str, leaf_index: int, vkey: str) -> bytes:
    """Build the proof file of one of the holder's records, with what opens its commitment.

    ``vkey`` is the ledger's verifier key, which travels along.

    Raises:
        CodeUnknown: there is nothing of this code, or it was erased.
        LeafUnknown: that record is not the holder's.

    """
    keys, stored = _list_stored(vault, code)
    found = _find(stored, leaf_index)
    note = _open_note(found, keys)
    disclosure = Disclosure(
        kind=found.kind,
        salt=note.salt,
        prev=note.prev,
        details_sha256=note.details_sha256,
        row_digest=found.row_digest,
        vkey=vkey,
    )
    return vault.build_proof(index=leaf_index, extra=encode_disclosure(disclosure))


def check_own_words(*, vault: Vault, code: str, leaf_index: int, words: bytes) -> None:
    """Refuse ``words`` that are not the text of the holder's record ``leaf_index``.

    Raises:
        CodeUnknown: there is nothing of this code, or it was erased.
        LeafUnknown: that record is not the holder's, or says something else.

    """
    keys, stored = _list_stored(vault, code)
    note = _open_note(_find(stored, leaf_index), keys)
    if hashlib.sha256(words).digest() != note.text_sha256:
        raise LeafUnknown


def _list_stored(vault: Vault, code: str) -> tuple[CodeKeys, list[Stored]]:
    keys = derive_code_keys(code.encode())
    stored = [each for each in vault.read_box(box=keys.box) if each.kind in KINDS]
    if not stored:
        raise CodeUnknown
    return keys, stored


def _find(stored: Sequence[Stored], leaf_index: int) -> Stored:
    for each in stored:
        if each.index == leaf_index:
            return each
    raise LeafUnknown


def _open_note(stored: Stored, keys: CodeKeys) -> HolderNote:
    try:
        if stored.reader == "holder":
            opened = open_message(stored, keys.private_key)
            return HolderNote(
                salt=opened.salt,
                prev=opened.prev,
                text_sha256=hashlib.sha256(opened.text).digest(),
                details_sha256=hashlib.sha256(opened.details).digest(),
                note=b"",
            )
        return open_holder_box(stored, keys.holder_secret)
    except SealBroken:
        raise CodeUnknown from None  # erased: nothing says that it ever was


def _open_letter(stored: Stored, keys: CodeKeys) -> Letter | None:
    try:
        if stored.reader == "holder":
            opened = open_message(stored, keys.private_key)
            said = _message.decode(opened.text)
            return Letter(
                leaf_index=stored.index,
                kind=stored.kind,
                at=said.at,
                said=said,
                words=opened.text,
            )
        note = open_holder_box(stored, keys.holder_secret).note
    except SealBroken:
        return None
    own = msgspec.json.decode(note, type=OwnWords)
    return Letter(
        leaf_index=stored.index, kind=stored.kind, at=own.at, own=own, words=own.text.encode()
    )
