"""File reports: one, or a batch that is kept all or none."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from tipline.domain.intake.faults import Fault, SubmissionRefused
from tipline.domain.intake.receipt import format_code
from tipline.domain.intake.submission import Submission, admit_submission
from tipline.interfaces.api.calls import Answer, Call
from tipline.interfaces.api.contract import PREFIX, Filed, FiledBatch
from tipline.interfaces.api.keeping import keeping
from tipline.interfaces.api.problems import FieldError, Problem
from tipline.interfaces.api.wording import word_fault
from tipline.services.intake import Receipt, receive

ERRORS_SHOWN_MAX = 100
BODY_CODES = {"not_json", "not_utf8", "too_deep", "cut_short"}
_encode = msgspec.json.encode
_batch_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_batch_list = msgspec.json.Decoder(list[msgspec.Raw])


async def file_report(call: Call) -> Answer:
    """Keep one report durably; 201 with its receipt."""
    body = await call.read_body(limit=call.door.settings.body_bytes_max)
    now = dt.datetime.now(dt.UTC)
    try:
        submission = admit_submission(body, call.door.limits, now=now)
    except SubmissionRefused as refused:
        raise _refuse(call, [(None, fault) for fault in refused.faults]) from None
    receipts = await _keep(call, [submission], body=body, now=now)
    return Answer(201, _encode(_show(call, receipts[0])))


async def file_batch(call: Call) -> Answer:
    """Keep up to ``batch_max`` reports, all or none; 201 with their receipts in order."""
    settings = call.door.settings
    body = await call.read_body(limit=settings.body_bytes_max * 20)
    now = dt.datetime.now(dt.UTC)
    submissions = _admit_all(call, _split_batch(call, body), now)
    receipts = await _keep(call, submissions, body=body, now=now)
    return Answer(201, _encode(FiledBatch(tuple(_show(call, each) for each in receipts))))


def _split_batch(call: Call, body: bytes) -> list[msgspec.Raw]:
    """Take a batch apart without reading its reports yet."""
    try:
        if body.lstrip()[:1] == b"[":
            found = _batch_list.decode(body)
        else:
            given = _batch_object.decode(body)
            found = _batch_list.decode(given.pop("reports", msgspec.Raw(b"[]")))
            for name in given:
                raise _refuse(call, [(None, Fault(name, "unknown_field"))])
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError):
        raise _refuse(call, [(None, Fault("", "not_json", {"byte": 0}))]) from None
    _check_count(call, len(found))
    return found


def _check_count(call: Call, count: int) -> None:
    limit = call.door.settings.batch_max
    if not count:
        raise _refuse(call, [(None, Fault("reports", "empty"))])
    if count > limit:
        raise _refuse(
            call, [(None, Fault("reports", "too_many", {"count": count, "limit": limit}))]
        )


def _admit_all(call: Call, raws: Sequence[msgspec.Raw], now: dt.datetime) -> list[Submission]:
    submissions: list[Submission] = []
    faults: list[tuple[int | None, Fault]] = []
    for index, raw in enumerate(raws):
        try:
            submissions.append(admit_submission(bytes(raw), call.door.limits, now=now))
        except SubmissionRefused as refused:
            faults += [(index, fault) for fault in refused.faults]
    if faults:
        raise _refuse(call, faults)
    return submissions


async def _keep(
    call: Call, submissions: Sequence[Submission], *, body: bytes, now: dt.datetime
) -> list[Receipt]:
    sender = call.name_sender()
    if not sender:
        await call.door.pace(call.scope, cost=len(submissions))
    retry = call.make_retry(body, sender=sender)
    lane = call.door.choose_lane(
        sender=sender, payload=call.get_work(), count=len(submissions), now=now
    )
    with keeping():
        return await receive(
            vault=call.door.vault,
            submissions=submissions,
            retry=retry,
            now=now,
            lane=lane,
            sender=sender,
        )


def _show(call: Call, receipt: Receipt) -> Filed:
    site = call.door.settings.public_address + PREFIX
    return Filed(
        format_code(receipt.code),
        receipt.leaf_index,
        f"{site}/proofs/{receipt.leaf_index}",
        f"{site}/receipts:status",
    )


def _refuse(call: Call, faults: Sequence[tuple[int | None, Fault]]) -> Problem:
    is_body = all(not fault.field and fault.code in BODY_CODES for _, fault in faults)
    errors = tuple(
        FieldError(fault.field, word_fault(fault, call.language), fault.code, index)
        for index, fault in faults[:ERRORS_SHOWN_MAX]
    )
    return Problem("json_broken" if is_body else "report_refused", errors=errors)
