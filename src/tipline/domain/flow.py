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
    INDEX = "index"  # make a record findable, and tell of it who looks for such
    LINK = "link"  # place a report in a cluster
    SETTLE = "settle"  # link the whole archive anew
    LIST = "list"  # note the subjects of a decided report as known, or no more
    EXPIRE = "expire"  # a measure ends by itself
    SERVE = "serve"  # seal what is to be said to the holder of an order's code
    WATCH = "watch"  # an order's next alarm: reminder, deadline, re-check, escalation, lapse
    LOOK = "look"  # have an order's items inspected again
    INSPECT = "inspect"  # carry an inspection out
    JUDGE = "judge"  # take an inspection's result to its order


AFTER: dict[str, tuple[Step, ...]] = {
    # intake
    "report.received": (Step.ASSESS,),
    "report.refused": (),  # a sealed record that could not be opened was set aside
    "record.dismissed": (),  # a person looked at it and let it be
    "reply.received": (),
    # triage
    "report.assessed": (Step.TELL, Step.INDEX, Step.LINK),
    "report.routed": (Step.INDEX,),
    "report.corrected": (
        Step.INDEX,
    ),  # a person accepted, changed or dismissed a part of the opinion
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
    # evidence
    "inspection.asked": (Step.INSPECT,),
    "inspection.finished": (Step.JUDGE,),
    # case
    "case.opened": (),
    "case.split": (),  # opened with a part of another case
    "case.described": (),
    "case.extended": (),  # reports or subjects came in
    "case.reduced": (),
    "case.noted": (),
    "case.led": (),
    "case.placed": (),  # under another case, or under none
    "case.offered": (),  # to another agency of this desk
    "case.accepted": (),
    "case.declined": (),
    "case.referred": (),  # to an agency outside
    "referral.answered": (),
    "case.suspended": (),
    "case.resumed": (),
    "case.closed": (),
    "case.merged": (),
    "task.set": (),
    "task.done": (),
    "person.named": (),  # under seal
    "person.revealed": (),
    "fact.stated": (),
    "flow.stated": (),
    # looking for what is known
    "search.saved": (),
    "search.ended": (),
    "search.hit": (),  # a saved search found a record that it did not find before
    "search.seen": (),
    # linking
    "reports.linked": (),  # placed as they came; the nightly SETTLE follows
    "reports.moved": (),  # by a run over the whole archive, which ends with the next
    "clusters.settled": (),
    "link.ruled": (),  # a person said that two reports are the same people's, or are not; SETTLE follows
    "gang.named": (),
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
    "subject.decided": (Step.EXPIRE,),  # a measure for one or many subjects; EXPIRE at its end
    "action.confirmed": (),  # by a second person of another role
    "action.refused": (),
    "action.done": (),
    "action.reversed": (),
    "action.expired": (),
    "order.drafted": (),
    "order.revised": (),
    "order.approved": (),
    "order.issued": (Step.SERVE, Step.WATCH),
    "order.ratified": (Step.SERVE, Step.WATCH),
    "order.lapsed": (Step.SERVE,),
    "order.served": (),
    "order.listed": (Step.SERVE,),  # on the public register
    "order.unlisted": (Step.SERVE,),
    "order.assigned": (),  # to the agency that carries it out
    "order.acknowledged": (Step.WATCH,),
    "order.answered": (),
    "extension.asked": (),
    "extension.refused": (Step.SERVE,),
    "look.asked": (Step.LOOK,),  # the respondent wants an inspection before the deadline
    "appeal.received": (),
    "order.extended": (Step.SERVE, Step.WATCH),
    "order.reminded": (Step.SERVE, Step.WATCH),
    "order.expired": (Step.SERVE, Step.WATCH, Step.LOOK),
    "order.rechecked": (Step.WATCH, Step.LOOK),
    "order.escalated": (Step.WATCH,),
    "order.inspected": (Step.SERVE, Step.WATCH),
    "order.ruled": (Step.SERVE, Step.WATCH),  # a person said what the inspection means
    "order.reappeared": (Step.SERVE, Step.WATCH),
    "order.reopened": (Step.SERVE, Step.WATCH),
    "order.closed": (Step.SERVE, Step.WATCH),
    "order.withdrawn": (Step.SERVE,),
    "answers.read": (),
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
