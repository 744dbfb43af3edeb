"""Hand a case to another agency, refer it out, put it under another. One transaction a call."""

from datetime import datetime

from django.db import transaction

from tipline.domain.case.state import HandoverState, check_at_work
from tipline.domain.duties import Action, Actor, check_may
from tipline.services.case.opening import CaseRefused, CaseUnknown
from tipline.store.models import Agency, Case, CaseHandover
from tipline.store.queries.case_access import lock_case, lock_case_standing
from tipline.store.record import record


@transaction.atomic
def offer_case(*, case: int, agency: str, reason: str, by: Actor, now: datetime) -> int:
    """Offer the case to another agency; it stays here until their lead accepts. Returns an id.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        CaseStateRefused: it is over.
        CaseRefused: there is no such agency, it has the case already, or is asked already.

    """
    access = lock_case(actor=by, action=Action.TRANSFER_CASE, case=case)
    check_at_work(access.state)
    if agency == access.agency or not Agency.objects.filter(code=agency).exists():
        raise CaseRefused("agency")
    waiting = CaseHandover.objects.filter(case=case, state=HandoverState.OFFERED.value)
    if waiting.exclude(agency=None).exists():
        raise CaseRefused("offered")
    body = {"agency": agency, "name": "", "reason": _check_reason(reason)}
    return record(kind="case.offered", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def answer_offer(
    *, handover: int, is_accepted: bool, text: str = "", by: Actor, now: datetime
) -> int:
    """Answer an offer as a lead of the agency it was made to; returns the case's id.

    An accepted case has this agency, its region and ``by`` as lead from then on; the number stays,
    as people cite it.

    Raises:
        NotAllowed: the duties of ``by`` do not reach the agency's region.
        CaseRefused: there is no such offer, it is answered, or a refusal says no reason.
        CaseStateRefused: the case is over meanwhile.

    """
    row = CaseHandover.objects.filter(event=handover).exclude(agency=None).first()
    if row is None or row.agency is None or row.state != HandoverState.OFFERED.value:
        raise CaseRefused("handover")
    check_may(by, Action.TRANSFER_CASE, region=row.agency.region)
    access = lock_case_standing(case=row.case_id)
    check_at_work(access.state)
    state = HandoverState.ACCEPTED if is_accepted else HandoverState.REFUSED
    body = {
        "handover": handover,
        "state": state.value,
        "text": text.strip() if is_accepted else _check_reason(text),
        "agency": row.agency_id,
        "region": row.agency.region,
        "lead": by.id,
    }
    kind = "case.accepted" if is_accepted else "case.declined"
    record(kind=kind, subject=f"case:{row.case_id}", by=by.id, now=now, body=body)
    return row.case_id


@transaction.atomic
def refer_case(*, case: int, name: str, reason: str, by: Actor, now: datetime) -> int:
    """Refer the case to an agency outside this desk; returns the referral's id.

    Raises:
        CaseUnknown, NotAllowed, CaseStateRefused: as for ``offer_case``.
        CaseRefused: no agency is named, or no reason written.

    """
    access = lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    check_at_work(access.state)
    if not name.strip() or len(name) > 200:
        raise CaseRefused("agency")
    body = {"agency": None, "name": name.strip(), "reason": _check_reason(reason)}
    return record(kind="case.referred", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def answer_referral(
    *, case: int, handover: int, state: HandoverState, text: str, by: Actor, now: datetime
) -> None:
    """Write down what the agency outside answered.

    Raises:
        CaseUnknown, NotAllowed: as for ``offer_case``.
        CaseRefused: the case has no such referral, or it is answered.

    """
    lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    waiting = CaseHandover.objects.filter(
        event=handover, case=case, agency=None, state=HandoverState.OFFERED.value
    )
    if not waiting.exists() or state is HandoverState.OFFERED:
        raise CaseRefused("handover")
    body = {"handover": handover, "state": state.value, "text": text.strip()}
    record(kind="referral.answered", subject=f"case:{case}", by=by.id, now=now, body=body)


@transaction.atomic
def place_case(*, case: int, parent: int | None, by: Actor, now: datetime) -> None:
    """Put the case under another one, of whatever region, or under none.

    Raises:
        CaseUnknown, NotAllowed: as for ``offer_case``; or there is no such parent.
        CaseRefused: it would lie under itself.

    """
    lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    if parent is not None:
        _check_parent(case, parent)
    record(kind="case.placed", subject=f"case:{case}", by=by.id, now=now, body={"parent": parent})


def _check_parent(case: int, parent: int) -> None:
    above: int | None = parent
    while above is not None:
        if above == case:
            raise CaseRefused("circle")
        row = Case.objects.filter(event=above).values_list("parent", flat=True)
        if not row:
            raise CaseUnknown
        above = row[0]


def _check_reason(reason: str) -> str:
    if not reason.strip():
        raise CaseRefused("reason")
    return reason.strip()
