"""Work on some of the demonstration's reports, so that every page has something to show."""

import datetime as dt
import time
from collections.abc import Mapping

from tipline.domain.disposal.state import TransitionRefused
from tipline.domain.duties import Actor
from tipline.domain.triage.known import Shelf
from tipline.services.disposal import Ruling, ask_reporter, claim_report, decide_report
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.known import find_known

WAIT_SECONDS = 30
# Row of the demonstration: what its officer decides, or asks.
CLOSED = ("qq", "99999900707")  # the account that the ruling of row 37 is about
RULINGS = {
    20: Ruling(outcome="ACTIONED", reason="site_closed", note="seen again after three days: gone"),
    22: Ruling(outcome="ACTIONED", reason="content_removed"),
    37: Ruling(outcome="ACTIONED", reason="account_closed", note="closed by the platform today"),
    36: Ruling(outcome="OUT_OF_SCOPE", reason="not_crime_report"),
}
QUESTIONS = {
    7: "Which bank sent you the one-time code, and at what time did the payment go out?",
    1: "请问第二笔转账的收款账户是什么？如有聊天记录截图，请一并上传。",
}


def rehearse(*, leaves: Mapping[int, int], by: Actor) -> int:
    """Decide and ask as ``by``; ``leaves`` gives each row's report. Returns how many were done.

    Waits until the worker has read the reports, a while at most.
    """
    until = time.monotonic() + WAIT_SECONDS
    rows = [row for row in (*RULINGS, *QUESTIONS) if row in leaves]
    done = 0
    for row in rows:
        while not _handle(row, leaves[row], by) and time.monotonic() < until:
            time.sleep(0.3)
        done += time.monotonic() < until
    return done


def await_known(*, kind: str, value: str, shelf: Shelf) -> bool:
    """Wait until what was decided against is known here, a while at most; tells whether it is."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        found = find_known(
            subjects=[(kind, value)], shelf=shelf, today=dt.datetime.now(dt.UTC).date()
        )
        if found.hits[0]:
            return True
        time.sleep(0.3)
    return False


def _handle(row: int, report: int, by: Actor) -> bool:
    now = dt.datetime.now(dt.UTC)
    try:
        claim_report(report=report, by=by, now=now)
    except (ReportUnknown, TransitionRefused):
        return False
    if row in RULINGS:
        decide_report(report=report, ruling=RULINGS[row], by=by, now=now)
    else:
        ask_reporter(report=report, question=QUESTIONS[row], by=by, now=now)
    return True
