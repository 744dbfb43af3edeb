"""The way of a report on one page: which steps follow which event.

A stage never calls the next one. It records its event, and the steps named here are queued in the
same transaction.
"""

from enum import StrEnum


class Step(StrEnum):
    """Work that a worker takes from the queue."""

    ASSESS = "assess"  # read a report by machine: identifiers, priority, region
    TELL = "tell"  # seal what is to be said to the holder of the report's code
    RELEASE = "release"  # a claim has run out: others may take the report
    LIST = "list"  # note the subjects of a decided report as known, or no more


AFTER: dict[str, tuple[Step, ...]] = {
    # intake
    "report.received": (Step.ASSESS,),
    "report.refused": (),  # a sealed record that could not be opened was set aside
    "record.dismissed": (),  # a person looked at it and let it be
    "reply.received": (),
    # triage
    "report.assessed": (Step.TELL,),
    "report.routed": (),
    "report.corrected": (),  # a person accepted, changed or dismissed a part of the opinion
    "rule.set": (),  # which agency gets which reports
    "list.imported": (),
    "list.removed": (),
    "known.added": (),  # subjects of a report that was decided against them
    "known.withdrawn": (),  # that decision holds no more
    "known.removed": (),  # listed wrongly: an exception from every list
    "known.restored": (),
    "model.trained": (),  # fitted to what officers ruled, and compared with the one in use
    "model.promoted": (),
    "model.reverted": (),
    # disposal
    "report.claimed": (Step.TELL,),  # and RELEASE once the claim runs out
    "report.skipped": (),
    "report.released": (),
    "report.assigned": (),
    "report.noted": (),
    "decision.made": (Step.TELL, Step.LIST),
    "reporter.asked": (Step.TELL,),
    "contact.revealed": (),
    "report.opened": (),  # by somebody who must say why
    # feedback
    "reporter.told": (),
    # the house itself
    "step.quarantined": (),
    "step.retried": (),
    "step.dismissed": (),
    "desk.rebuilt": (),
    "staff.made": (),
    "staff.altered": (),
    "agency.made": (),
    "agency.altered": (),
}


class EventUnknown(LookupError):
    """No event of this name is on the page, so nobody would know what follows it."""


def list_steps(kind: str) -> tuple[Step, ...]:
    """Steps that follow an event of ``kind``.

    Raises:
        EventUnknown: ``kind`` is not in ``AFTER``.

    """
    if kind not in AFTER:
        raise EventUnknown(kind)
    return AFTER[kind]
