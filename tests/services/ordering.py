"""An order and those around it, for tests of what becomes of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tipline.domain.disposal.measures import Measure, SubjectKind, Verdict
from tipline.domain.duties import Actor, Role
from tipline.domain.flow import Step
from tipline.services import deadlines, drafts, inspections, measures, orders
from tipline.store import queue
from tipline.store.models import Inspection, Order

SITE = "evil.example"
LINK = "http://evil.example/pay"


def make_verdict(**changes: Any) -> Verdict:
    given = {
        "measure": Measure.SITE_CLOSED,
        "subjects": ((SubjectKind.SITE, SITE),),
        "offences": ("FR-PHISH",),
        "evidence": (),
        "facts": "The page asks for card numbers in the name of a bank.",
        **changes,
    }
    return Verdict(**given)


def make_draft(now: datetime, **changes: Any) -> drafts.Draft:
    given = {
        "recipient": "Evil Hosting Ltd",
        "items": (drafts.NewItem(kind="site", value=SITE, extract="Card form at /pay"),),
        "demand": "Remove the card form.",
        "redress": "Appeal on this page within 184 days.",
        "deadline": now + timedelta(days=15),
        **changes,
    }
    return drafts.Draft(**given)


@dataclass
class Office:
    """Officers of one region, and what they did so far."""

    house: Any
    hire: Any
    analyst: Actor = field(init=False)
    lead: Actor = field(init=False)
    legal: Actor = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.analyst = self.hire(Role.ANALYST)
        self.lead = self.hire(Role.REGIONAL_LEAD)
        self.legal = self.hire(Role.LEGAL_OFFICER)
        self.now = self.house.now

    def look(self, by: Actor | None = None) -> int:
        """Have the site looked at; gives the inspection."""
        asked = inspections.Look(kind="site", value=SITE, url=LINK)
        by_id = (by or self.analyst).id
        made = inspections.ask_inspection(look=asked, by=by_id, now=self.now)
        inspections.finish_inspection(
            inspection=made,
            found=inspections.Found(package="first.zip", sha256="0" * 64),
            now=self.now,
        )
        return made

    def decide(self, by: Actor | None = None, **changes: Any) -> int:
        evidence = changes.pop("evidence", None) or (f"inspection:{self.look(by)}",)
        return measures.decide_subjects(
            verdict=make_verdict(evidence=evidence, **changes),
            by=by or self.analyst,
            now=self.now,
        )

    def draft(self, by: Actor | None = None, **changes: Any) -> int:
        author = by or self.analyst
        return drafts.draft_order(
            ruling=self.decide(author),
            draft=make_draft(self.now, **changes),
            by=author,
            now=self.now,
        )

    def issue(self, **changes: Any) -> int:
        """Bring an order all the way to its recipient."""
        order = self.draft(**changes)
        for approver in (self.lead, self.legal):
            orders.approve_order(order=order, by=approver, now=self.now)
        orders.issue_order(order=order, desk_key=self.house.desk_key, by=self.legal, now=self.now)
        return order

    def code(self, order: int) -> str:
        row = Order.objects.get(event=order)
        return orders.open_code(row, desk_key=self.house.desk_key).replace("-", "").replace(" ", "")

    def tick(self, now: datetime) -> None:
        """Do what is due at ``now`` about orders, but for the inspecting itself."""
        self.now = now
        steps = {
            Step.WATCH: deadlines.watch_orders,
            Step.LOOK: deadlines.look_again,
            Step.JUDGE: deadlines.judge_inspections,
            Step.EXPIRE: measures.expire_decisions,
        }
        for _round in range(4):
            for step, work in steps.items():
                taken = queue.lease(step=step, size=50, now=now, lasts=timedelta(seconds=60))
                if taken.jobs:
                    work(taken=taken, jobs=taken.jobs, now=now)

    def find(self, result: str, **more: Any) -> None:
        """Let the inspection that is under way come to ``result``."""
        row = Inspection.objects.filter(state="queued").latest("event")
        inspections.finish_inspection(
            inspection=row.event, found=inspections.Found(result=result, **more), now=self.now
        )
        self.tick(self.now)


def stand(order: int) -> str:
    return Order.objects.get(event=order).state
