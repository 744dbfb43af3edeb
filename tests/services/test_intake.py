"""What intake remembers of a report, and how it knows a second try."""

import asyncio
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tipline.domain.intake.receipt import read_code
from tipline.domain.intake.submission import Contact, Loss, Subject, Submission
from tipline.services import intake
from tipline.services.mailbox import open_mailbox
from tipline.vault import (
    Opened,
    OwnedVault,
    RetryMismatch,
    SealedFile,
    derive_code_keys,
    load_desk_key,
    load_identity_key,
    open_contact,
    open_record,
)

NOW = dt.datetime(2026, 3, 1, 23, 59, 58, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ATTACHMENT = intake.Attachment(
    sealed=SealedFile("ab" * 16, 3, 64, bytes(32)),
    name="a.png",
    type="image/png",
    sha256=b"\1" * 32,
    key=b"\2" * 32,
)
Homes = tuple[Path, Path]


def take(vault: OwnedVault, *submissions: Submission, **more: Any) -> list[intake.Receipt]:
    given_more = {"retry": None, "now": NOW, "lane": "normal", **more}

    async def run() -> list[intake.Receipt]:
        return await intake.receive(vault=vault, submissions=submissions, **given_more)

    return asyncio.run(run())


def open_at(vault: OwnedVault, homes: Homes, index: int) -> Opened:
    stored = vault.get(index)
    assert stored
    return open_record(stored, load_desk_key(homes[1]))


def test_a_receipt_names_code_and_leaf(vault: OwnedVault, homes: Homes) -> None:
    (receipt,) = take(vault, Submission(text="  as sent \r\n"))
    kept = open_at(vault, homes, receipt.leaf_index)
    assert read_code(receipt.code) == receipt.code
    assert kept.text == b"  as sent \r\n"
    assert kept.box == derive_code_keys(receipt.code.encode()).box


def test_the_details_are_what_the_desk_expects(vault: OwnedVault, homes: Homes) -> None:
    submission = Submission(
        text="x",
        subjects=(Subject("link", "http://a.example"),),
        occurred_at="2026-01-31",
        came_by="sms",
        losses=(Loss(Decimal("12.50"), from_="a"),),
        contact="call me",
        language="zh_CN",
        region="110000",
    )
    take(vault, submission, sender="partner", lane="slow", files=(ATTACHMENT,))
    kept = open_at(vault, homes, 0)
    assert json.loads(kept.details) == {
        "v": 1,
        "received_at": "2026-03-01T15:59Z",
        "language": "zh-hans",
        "region": "110000",
        "subjects": [{"kind": "link", "value": "http://a.example"}],
        "occurred_at": "2026-01-31",
        "came_by": "sms",
        "losses": [{"amount": "12.50", "currency": "CNY", "from": "a", "to": None}],
        "sender": "partner",
        "lane": "slow",
        "files": [
            {
                "file_id": "ab" * 16,
                "name": "a.png",
                "type": "image/png",
                "size": 3,
                "sha256": "01" * 32,
                "key": "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
            }
        ],
        "has_contact": True,
    }
    assert kept.files == (ATTACHMENT.sealed,)
    assert list(json.loads(kept.details)) == sorted(json.loads(kept.details))


@pytest.mark.parametrize(
    ("contact", "kept"),
    [("call me", {"other": "call me"}), (Contact(email="a@b"), {"email": "a@b"})],
)
def test_a_contact_is_always_an_object(
    vault: OwnedVault, homes: Homes, contact: str | Contact, kept: dict[str, str]
) -> None:
    take(vault, Submission(text="x", contact=contact))
    box = open_at(vault, homes, 0).contact_box
    assert json.loads(open_contact(box, load_identity_key(homes[1]))) == kept


@pytest.mark.parametrize("contact", [None, "", Contact(), Contact(name="")])
def test_no_contact_is_no_box(
    vault: OwnedVault, homes: Homes, contact: str | Contact | None
) -> None:
    take(vault, Submission(text="x", contact=contact))
    kept = open_at(vault, homes, 0)
    assert kept.contact_box == b""
    assert json.loads(kept.details)["has_contact"] is False


@pytest.mark.parametrize("count", [2, intake.POOL_FROM - 1, intake.POOL_FROM, 101])
def test_many_are_kept_together_in_order(vault: OwnedVault, homes: Homes, count: int) -> None:
    receipts = take(vault, *(Submission(text=str(number)) for number in range(count)))
    assert [each.leaf_index for each in receipts] == list(range(count))
    assert len({each.code for each in receipts}) == count
    for number in (0, count // 2, count - 1):
        assert open_at(vault, homes, number).text == str(number).encode()
        keys = derive_code_keys(receipts[number].code.encode())
        assert open_at(vault, homes, number).box == keys.box


@pytest.mark.parametrize("count", [1, 40])
def test_a_second_try_gets_the_first_receipts(vault: OwnedVault, count: int) -> None:
    submissions = [Submission(text=str(number)) for number in range(count)]
    retry = intake.SentOnce(b"key", b"b" * 32)
    first = take(vault, *submissions, retry=retry)
    take(vault, Submission(text="between"))
    assert take(vault, *submissions, retry=retry) == first
    assert vault.size() == count + 1


def test_a_key_with_another_body_is_refused(vault: OwnedVault) -> None:
    take(vault, Submission(text="x"), retry=intake.SentOnce(b"key", b"a" * 32))
    with pytest.raises(RetryMismatch):
        take(vault, Submission(text="y"), retry=intake.SentOnce(b"key", b"b" * 32))


def test_the_code_itself_is_nowhere_in_the_vault(vault: OwnedVault, homes: Homes) -> None:
    receipts = take(vault, Submission(text="x"), retry=intake.SentOnce(b"key", b"b" * 32))
    raw = b"".join(path.read_bytes() for path in homes[0].iterdir())
    assert receipts[0].code.encode() not in raw


def test_a_reply_is_chained_to_the_newest_record(vault: OwnedVault, homes: Homes) -> None:
    (receipt,) = take(vault, Submission(text="x"))
    for number in range(2):
        mailbox = open_mailbox(vault=vault, code=receipt.code)
        reply = intake.OwnReply(at=intake.write_minute(NOW), text=f"more {number}")

        async def run(mailbox: Any = mailbox, reply: intake.OwnReply = reply) -> int:
            return await intake.receive_reply(
                vault=vault, keys=mailbox.keys, last=mailbox.last, reply=reply, retry=None
            )

        index = asyncio.run(run())
        assert open_at(vault, homes, index).prev == mailbox.last.leaf_hash
    assert mailbox.last.index == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(one=TEXTS, other=TEXTS)
def test_only_the_same_form_has_the_same_digest(one: str, other: str) -> None:
    same = intake.digest_submission(Submission(text=one)) == intake.digest_submission(
        Submission(text=other)
    )
    assert same == (one == other)


def test_the_digest_knows_files_by_what_is_in_them() -> None:
    submission = Submission(text="x")
    again = intake.Attachment(
        sealed=SealedFile("cd" * 16, 3, 64, b"\3" * 32),
        name="b.png",
        type="",
        sha256=ATTACHMENT.sha256,
        key=b"\4" * 32,
    )
    assert intake.digest_submission(submission, [ATTACHMENT]) == intake.digest_submission(
        submission, [again]
    )
    assert intake.digest_submission(submission, [ATTACHMENT]) != intake.digest_submission(
        submission
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_comes_back_byte_for_byte(vault: OwnedVault, homes: Homes, text: str) -> None:
    (receipt,) = take(vault, Submission(text=text))
    assert open_at(vault, homes, receipt.leaf_index).text == text.encode()
