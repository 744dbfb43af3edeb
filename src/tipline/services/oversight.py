"""Let those who watch over the house look at a report, for a reason that stays in the audit."""

from datetime import datetime

from django.db import transaction

from tipline.domain.duties import Action, Actor
from tipline.store.queries.access import lock_access
from tipline.store.record import record


@transaction.atomic
def open_report(*, report: int, reason: str, by: Actor, now: datetime) -> None:
    """Keep why ``by`` reads the report; called once, before it is shown.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``by`` do not reach it, or there is no reason.

    """
    lock_access(actor=by, action=Action.READ_REPORT, report=report, now=now, reason=reason)
    body = {"reason": reason.strip()}
    record(kind="report.opened", subject=f"report:{report}", by=by.id, now=now, body=body)
