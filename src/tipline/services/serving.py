"""Serve orders: seal what is said of each to its code and keep it in the vault."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db import transaction

from tipline.store import queue
from tipline.store.models import Event, OrderLetter
from tipline.store.record import NewEvent, record_many
from tipline.vault import NO_LEAF, Appended, Entry, Retry, Unit, Vault

WAIT_SECONDS = 30
KIND = "order"
_encoder = msgspec.json.Encoder(order="sorted")


def serve_orders(
    *, vault: Vault, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime
) -> None:
    """Send the letters that the jobs' events wrote: the SERVE step.

    A letter sent twice is one record: its retry key is the hash of its event. Letters of one order
    go one after the other, since each is chained to the one before.

    Raises:
        LeaseLost: another worker has the steps.
        VaultRefusal: the vault did not take a letter; try again.

    """
    letters = list(
        OrderLetter.objects.filter(event__in=[job.event for job in jobs], leaf_index=None)
        .select_related("order")
        .order_by("event")
    )
    sent = [(letter, _send(letter, vault)) for letter in letters]
    with transaction.atomic():
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=[_make_event(letter, kept) for letter, kept in sent], now=now)


def _send(letter: OrderLetter, vault: Vault) -> Appended:
    box = bytes(letter.order.box or b"")
    text = _encoder.encode(letter.said)
    thread = vault.read_box(box=box)
    entry = Entry(
        kind=KIND,
        text=text,
        box=box,
        to=bytes(letter.order.holder_key or b""),
        prev=thread[-1].leaf_hash if thread else NO_LEAF,
    )
    event_hash = bytes(Event.objects.values_list("hash", flat=True).get(seq=letter.event))
    retry = Retry(b"order:" + event_hash, sha256(text).digest(), b"")
    return vault.append(Unit((entry,), retry)).result(WAIT_SECONDS)


def _make_event(letter: OrderLetter, kept: Appended) -> NewEvent:
    return NewEvent(
        kind="order.served",
        subject=f"order:{letter.order_id}",
        body={"letter": letter.event, "leaf_index": kept.first_index},
    )
