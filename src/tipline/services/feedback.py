"""Tell reporters: seal each letter to its report's code and keep it in the vault."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from django.db import transaction

from tipline.domain.feedback.status import Message
from tipline.store import queue
from tipline.store.models import Event, Letter
from tipline.store.record import NewEvent, record_many
from tipline.vault import Appended, Entry, Retry, Unit, Vault

WAIT_SECONDS = 30
_encoder = msgspec.json.Encoder(order="sorted")


def tell_reporters(
    *, vault: Vault, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime
) -> None:
    """Send the letters that the jobs' events wrote: the TELL step.

    An event that wrote none, or whose letter the vault has, only ends its step. A letter sent
    twice is one record: its retry key is the hash of its event.

    Raises:
        LeaseLost: another worker has the steps.
        VaultRefusal: the vault did not take a letter; try again.

    """
    letters = list(
        Letter.objects.filter(event__in=[job.event for job in jobs], leaf_index=None)
        .select_related("report")
        .order_by("event")
    )
    sent = [(letter, future.result(WAIT_SECONDS)) for letter, future in _send(letters, vault)]
    with transaction.atomic():
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=[_make_event(letter, kept) for letter, kept in sent], now=now)


def write_message(letter: Letter) -> Message:
    """Write a letter as the holder of the code will read it."""
    return Message(
        type=letter.type,  # type: ignore[arg-type]  # the outgoing types are those of a message
        at=letter.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        state=letter.state,
        outcome=letter.outcome,
        reason=letter.reason,
        params=letter.params,
        text=letter.text,
        question_id=letter.question_id,
    )


def _send(letters: Sequence[Letter], vault: Vault) -> list[tuple[Letter, "Future[Appended]"]]:
    # All are on their way before the first is waited for, so that they share commits.
    hashes = dict(
        Event.objects.filter(seq__in=[each.event for each in letters]).values_list("seq", "hash")
    )
    return [
        (each, vault.append(_make_unit(each, bytes(hashes[each.event]), vault))) for each in letters
    ]


def _make_unit(letter: Letter, event_hash: bytes, vault: Vault) -> Unit:
    box = bytes(letter.report.box)
    text = _encoder.encode(write_message(letter))
    entry = Entry(
        kind="message",
        text=text,
        box=box,
        to=bytes(letter.report.holder_key),
        prev=vault.read_box(box=box)[-1].leaf_hash,
    )
    return Unit((entry,), Retry(b"letter:" + event_hash, sha256(text).digest(), b""))


def _make_event(letter: Letter, kept: Appended) -> NewEvent:
    return NewEvent(
        kind="reporter.told",
        subject=f"report:{letter.report_id}",
        body={"letter": letter.event, "leaf_index": kept.first_index},
    )
