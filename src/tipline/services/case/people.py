"""Victims, suspects and witnesses: kept under seal, shown for a written reason that stays."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.db import transaction

from tipline.domain.case.people import PersonRole, check_person
from tipline.domain.case.state import check_at_work
from tipline.domain.duties import Action, Actor
from tipline.services.case.opening import CaseRefused
from tipline.store.models import CasePerson
from tipline.store.queries.case_access import list_family, lock_case
from tipline.store.record import record
from tipline.vault import OpeningKey, SealBroken, open_person, seal_person


class PersonSealed(Exception):
    """What is kept of the person does not open with this key."""


@transaction.atomic
def name_person(
    *,
    case: int,
    role: PersonRole,
    told: Mapping[str, str],
    by: Actor,
    now: datetime,
    identity_key: OpeningKey,
) -> int:
    """Add a person to the case; what is told of them is sealed at once. Returns the row's id.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        CaseStateRefused: it is over.
        PersonRefused: nothing is told, or something that is not kept of people.

    """
    access = lock_case(actor=by, action=Action.WORK_CASE, case=case)
    check_at_work(access.state)
    box = seal_person(msgspec.json.encode(check_person(told)), identity_key)
    held = CasePerson.objects.filter(case__in=list_family(case), role=role.value)
    body = {
        "role": role.value,
        "ordinal": held.count() + 1,
        "box": b64encode(box).decode(),
    }
    return record(kind="person.named", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def reveal_person(
    *, case: int, person: int, reason: str, by: Actor, now: datetime, identity_key: OpeningKey
) -> dict[str, str]:
    """Open what is kept of a person of the case.

    Raises:
        CaseUnknown, NotAllowed: there is none, the duties of ``by`` do not reach it, or no reason.
        CaseRefused: the case has no such person.
        PersonSealed: it does not open with this key.

    """
    lock_case(actor=by, action=Action.REVEAL_PERSON, case=case, reason=reason)
    row = CasePerson.objects.filter(event=person, case__in=list_family(case)).first()
    if row is None:
        raise CaseRefused("person")
    try:
        told = open_person(bytes(row.box), identity_key)
    except SealBroken as broken:
        raise PersonSealed from broken
    body = {"person": person, "reason": reason.strip()}
    record(kind="person.revealed", subject=f"case:{case}", by=by.id, now=now, body=body)
    return msgspec.json.decode(told, type=dict[str, str])
