"""What the holder of a receipt code may do: read where the report stands, and answer."""

import asyncio
import datetime as dt

import msgspec
from django.utils.translation import gettext, override

from tipline.domain.feedback.status import word_reason
from tipline.domain.intake.submission import Submission, check_submission
from tipline.interfaces.api.calls import Answer, Call
from tipline.interfaces.api.codes import read_given_code
from tipline.interfaces.api.contract import (
    PREFIX,
    CodeGiven,
    MessageShown,
    ReplyGiven,
    ReplyKept,
    StatusShown,
)
from tipline.interfaces.api.keeping import keeping
from tipline.interfaces.api.problems import FieldError, Problem
from tipline.interfaces.api.wording import word_fault
from tipline.services.intake import OwnReply, receive_reply, write_minute
from tipline.services.mailbox import CodeUnknown, Letter, Mailbox, open_mailbox


async def show_status(call: Call) -> Answer:
    """Tell state, outcome and every message; an unknown code and an erased one give the same 404."""
    given = await call.read_json(CodeGiven)
    await call.door.pace(call.scope)
    mailbox = await _open(call, given.receipt_code)
    with override(call.language):
        messages = tuple(_show(call, letter) for letter in mailbox.letters)
    status = mailbox.status
    return Answer(
        200, msgspec.json.encode(StatusShown(status.state, status.outcome or None, messages))
    )


async def show_page(call: Call) -> Answer:
    """Lead a person who follows the address in a browser to the status page."""
    target = f"{call.door.settings.public_address}/{call.language}/status/"
    return Answer(303, b"", headers=((b"location", target.encode()),))


async def take_reply(call: Call) -> Answer:
    """Keep what the code holder says back, durably; 201 with its leaf."""
    body = await call.read_body(limit=call.door.settings.body_bytes_max)
    given = call.decode(body, ReplyGiven)
    _check_reply(call, given)
    await call.door.pace(call.scope)
    mailbox = await _open(call, given.receipt_code)
    if given.question_id and given.question_id not in mailbox.asked:
        error = FieldError("question_id", _word_unasked(call.language), "unknown_question")
        raise Problem("report_refused", errors=(error,))
    reply = OwnReply(
        at=write_minute(dt.datetime.now(dt.UTC)), text=given.text, question_id=given.question_id
    )
    with keeping():
        leaf_index = await receive_reply(
            vault=call.door.vault,
            keys=mailbox.keys,
            last=mailbox.last,
            reply=reply,
            retry=call.make_retry(body, sender=""),
        )
    return Answer(201, msgspec.json.encode(ReplyKept(leaf_index, _name_proof(call, leaf_index))))


def _word_unasked(language: str) -> str:
    with override(language):
        return gettext("Nobody asked a question of this name.")


def _check_reply(call: Call, given: ReplyGiven) -> None:
    faults = check_submission(Submission(text=given.text), call.door.limits)
    errors = tuple(FieldError(f.field, word_fault(f, call.language), f.code) for f in faults)
    if errors:
        raise Problem("report_refused", errors=errors)


async def _open(call: Call, text: str) -> Mailbox:
    code = read_given_code(text, language=call.language)
    try:
        return await asyncio.to_thread(open_mailbox, vault=call.door.vault, code=code)
    except CodeUnknown:
        raise Problem("code_unknown") from None


def _show(call: Call, letter: Letter) -> MessageShown:
    proof_url, said, own = _name_proof(call, letter.leaf_index), letter.said, letter.own
    if said:
        return MessageShown(
            leaf_index=letter.leaf_index,
            proof_url=proof_url,
            type=said.type,
            at=said.at,
            state=said.state,
            outcome=said.outcome,
            reason=gettext(word_reason(said.reason)) % said.params if said.reason else "",
            text=said.text,
            question_id=said.question_id,
        )
    return MessageShown(
        leaf_index=letter.leaf_index,
        proof_url=proof_url,
        type=letter.kind,
        at=letter.at,
        text=own.text if own else "",
        question_id=own.question_id if own else "",
    )


def _name_proof(call: Call, leaf_index: int) -> str:
    return f"{call.door.settings.public_address}{PREFIX}/proofs/{leaf_index}"
