"""Show a reporter's contact to an officer who wrote down why; the reason stays in the audit."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from tipline.domain.duties import Action, Actor
from tipline.store.models import Report
from tipline.store.queries.access import lock_access
from tipline.store.record import record
from tipline.vault import OpeningKey, SealBroken, open_contact


class ContactMissing(LookupError):
    """The reporter left no contact."""


class ContactSealed(Exception):
    """The contact does not open with this key."""


@transaction.atomic
def reveal_contact(
    *, report: int, reason: str, by: Actor, now: datetime, identity_key: OpeningKey
) -> Any:
    """Open the reporter's contact; gives what they gave, a text or an object of texts.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``by`` do not reach it, or there is no reason.
        ContactMissing: the reporter left none.
        ContactSealed: it does not open with this key.

    """
    lock_access(actor=by, action=Action.READ_CONTACT, report=report, now=now, reason=reason)
    box = bytes(Report.objects.values_list("contact_box", flat=True).get(leaf_index=report))
    if not box:
        raise ContactMissing
    try:
        contact = msgspec.json.decode(open_contact(box, identity_key))
    except SealBroken as broken:
        raise ContactSealed from broken
    body = {"reason": reason.strip()}
    record(kind="contact.revealed", subject=f"report:{report}", by=by.id, now=now, body=body)
    return contact
