"""What a code opens, and that nothing else opens it."""

import asyncio
import datetime as dt
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from tipline.domain.feedback.status import Message
from tipline.domain.intake.receipt import CHARACTERS, CodeMistyped, CodeRefused, make_code
from tipline.domain.intake.submission import Submission
from tipline.services import intake, mailbox
from tipline.vault import Entry, OwnedVault, Unit, derive_code_keys, load_vkey
from tipline.vault.ledger.disclosure import decode_disclosure
from tipline.vault.ledger.proof import decode_proof

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
QUESTION = Message(type="question", at="2026-03-02T10:00Z", text="Which?", question_id="q1")
OUTCOME = Message(type="outcome", at="2026-03-03T10:00Z", outcome="ALREADY_DOWN", reason="gone")


def file(vault: OwnedVault, text: str = "x") -> str:
    async def run() -> list[intake.Receipt]:
        return await intake.receive(
            vault=vault, submissions=[Submission(text=text)], retry=None, now=NOW, lane="normal"
        )

    return asyncio.run(run())[0].code


def say(vault: OwnedVault, code: str, message: Message) -> int:
    keys = derive_code_keys(code.encode())
    entry = Entry(
        kind="message", text=msgspec.json.encode(message), box=keys.box, to=keys.holder_key
    )
    return vault.append(Unit((entry,))).result(10).first_index


def reply(vault: OwnedVault, code: str, text: str, question_id: str = "") -> int:
    async def run() -> int:
        opened = mailbox.open_mailbox(vault=vault, code=code)
        own = intake.OwnReply(at="2026-03-02T11:00Z", text=text, question_id=question_id)
        return await intake.receive_reply(
            vault=vault, keys=opened.keys, last=opened.last, reply=own, retry=None
        )

    return asyncio.run(run())


def test_the_thread_is_whole_and_in_order(vault: OwnedVault) -> None:
    code, other = file(vault), file(vault)
    say(vault, code, QUESTION)
    say(vault, other, OUTCOME)
    reply(vault, code, "the blue one", "q1")
    opened = mailbox.open_mailbox(vault=vault, code=code)
    assert [(each.leaf_index, each.kind) for each in opened.letters] == [
        (0, "report"), (2, "message"), (4, "reply"),
    ]  # fmt: skip
    assert opened.letters[2].own.text == "the blue one"
    assert opened.asked == {"q1"}
    assert opened.status.open_questions == ()


def test_the_day_of_receipt_sets_the_promise(vault: OwnedVault) -> None:
    opened = mailbox.open_mailbox(vault=vault, code=file(vault))
    promised = mailbox.read_promise(mailbox=opened, outcome_days=30)
    assert promised.outcome_by == dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


def test_an_unknown_code_opens_nothing(vault: OwnedVault) -> None:
    file(vault)
    with pytest.raises(mailbox.CodeUnknown):
        mailbox.open_mailbox(vault=vault, code=make_code(bytes(12)))


def test_an_erased_report_is_as_unknown(vault: OwnedVault, monkeypatch: pytest.MonkeyPatch) -> None:
    code = file(vault)
    index = say(vault, code, OUTCOME)
    stored = vault.read_box(box=derive_code_keys(code.encode()).box)
    erased = [msgspec.structs.replace(each, holder_box=b"", keybox=b"") for each in stored]
    monkeypatch.setattr(vault, "read_box", lambda **_asked: erased)
    with pytest.raises(mailbox.CodeUnknown):
        mailbox.open_mailbox(vault=vault, code=code)
    with pytest.raises(mailbox.CodeUnknown):
        mailbox.build_holder_proof(vault=vault, code=code, leaf_index=index, vkey="")


def test_a_message_that_does_not_open_is_left_out(
    vault: OwnedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file(vault)
    say(vault, code, OUTCOME)
    report, message = vault.read_box(box=derive_code_keys(code.encode()).box)
    broken = msgspec.structs.replace(message, ciphertext=message.ciphertext[::-1])
    monkeypatch.setattr(vault, "read_box", lambda **_asked: [report, broken])
    assert len(mailbox.open_mailbox(vault=vault, code=code).letters) == 1


def test_proofs_open_the_commitment(vault: OwnedVault, tmp_path: Path) -> None:
    code = file(vault)
    vkey = load_vkey(tmp_path / "vault")
    for index in (0, say(vault, code, OUTCOME), reply(vault, code, "y")):
        raw = mailbox.build_holder_proof(vault=vault, code=code, leaf_index=index, vkey=vkey)
        proof = decode_proof(raw)
        assert (proof.index, decode_disclosure(proof.extra).vkey) == (index, vkey)


def test_anothers_record_has_no_proof(vault: OwnedVault) -> None:
    file(vault)
    with pytest.raises(mailbox.LeafUnknown):
        mailbox.build_holder_proof(vault=vault, code=file(vault), leaf_index=0, vkey="")


def test_only_the_words_themselves_pass(vault: OwnedVault) -> None:
    code = file(vault, "mine")
    mailbox.check_own_words(vault=vault, code=code, leaf_index=0, words=b"mine")
    with pytest.raises(mailbox.LeafUnknown):
        mailbox.check_own_words(vault=vault, code=code, leaf_index=0, words=b"mine\n")


def test_one_slip_is_mended_only_towards_a_code_that_is_held(vault: OwnedVault) -> None:
    code = file(vault)
    for at in range(len(code)):
        wrong = code[:at] + next(c for c in CHARACTERS if c != code[at]) + code[at + 1 :]
        assert mailbox.find_code(vault=vault, text=wrong) == code


def test_a_slip_near_nothing_is_told(vault: OwnedVault) -> None:
    file(vault)
    code = make_code(bytes(12))
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    with pytest.raises(CodeMistyped):
        mailbox.find_code(vault=vault, text=wrong)


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_no_guess_is_a_code(text: str) -> None:
    class Empty:
        def read_box(self, *, box: bytes) -> list[object]:
            assert len(box) == 16
            return []

    def open_guess() -> None:
        code = mailbox.find_code(vault=Empty(), text=text)  # type: ignore[arg-type]  # it only looks
        mailbox.open_mailbox(vault=Empty(), code=code)  # type: ignore[arg-type]  # it only looks

    with pytest.raises((CodeRefused, mailbox.CodeUnknown)):
        open_guess()
