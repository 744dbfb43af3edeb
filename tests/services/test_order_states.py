"""Any walk of officers, respondents and clocks over one order: what must hold at every step."""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.services.ordering import Office, make_draft
from tipline.domain.disposal.measures import ActionState, MeasureRefused
from tipline.domain.disposal.orders import APPROVERS, ORDER_MOVES, OrderRefused, OrderState
from tipline.domain.duties import NotAllowed, Role
from tipline.services import drafts, measures, orders, supervision
from tipline.store.models import Event, Inspection, Order, SubjectAction
from tipline.store.queries.standing import OrderUnknown, RulingUnknown

REFUSED = (OrderRefused, MeasureRefused, NotAllowed, OrderUnknown, RulingUnknown)
PEOPLE = st.sampled_from(["analyst", "lead", "legal"])
STEPS = {(state.value, after.value) for (state, _), after in ORDER_MOVES.items()}


class Walk(RuleBasedStateMachine):
    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.order = self.office.draft(
            is_emergency=False, deadline=self.office.now + timedelta(days=20)
        )
        self.ruling = Order.objects.get(event=self.order).decision_id
        self.state = OrderState.DRAFTED.value
        self.seq = self.count()

    def count(self) -> int:
        return Event.objects.filter(subject=f"order:{self.order}").count()

    def attempt(self, work, **given) -> None:
        with suppress(*REFUSED):
            work(order=self.order, now=self.office.now, **given)

    @rule(who=PEOPLE)
    def approve(self, who) -> None:
        self.attempt(orders.approve_order, by=getattr(self.office, who))

    @rule(who=PEOPLE)
    def issue(self, who) -> None:
        by = getattr(self.office, who)
        self.attempt(orders.issue_order, by=by, desk_key=self.office.house.desk_key)

    @rule(who=PEOPLE)
    def revise(self, who) -> None:
        draft = make_draft(self.office.now)
        self.attempt(drafts.revise_order, by=getattr(self.office, who), draft=draft)

    @rule(who=PEOPLE, days=st.integers(-5, 400))
    def extend(self, who, days) -> None:
        deadline = self.office.now + timedelta(days=days)
        by = getattr(self.office, who)
        self.attempt(supervision.extend_order, by=by, deadline=deadline, reason="x")

    @rule(who=PEOPLE, ruling=st.sampled_from(["comply", "partly", "fail", "miss"]))
    def judge(self, who, ruling) -> None:
        by = getattr(self.office, who)
        self.attempt(supervision.rule_order, by=by, ruling=ruling, reason="x")

    @rule(who=PEOPLE, end=st.sampled_from(["close", "close", "withdraw"]))
    def end(self, who, end) -> None:
        work = supervision.close_order if end == "close" else supervision.withdraw_order
        self.attempt(work, by=getattr(self.office, who), reason="x")

    @rule(who=PEOPLE)
    def look(self, who) -> None:
        self.attempt(supervision.inspect_order, by=getattr(self.office, who))

    @rule(result=st.sampled_from(["compliant", "partial", "not_compliant", "unreachable"]))
    def find(self, result) -> None:
        if Inspection.objects.filter(state="queued").exists():
            self.office.find(result)

    @rule(days=st.integers(0, 40))
    def pass_time(self, days) -> None:
        self.office.tick(self.office.now + timedelta(days=days))

    @rule(who=PEOPLE, act=st.sampled_from(["confirm", "perform", "reverse"]))
    def act(self, who, act) -> None:
        ids = list(SubjectAction.objects.filter(decision=self.ruling).values_list("id", flat=True))
        given = {"ruling": self.ruling, "by": getattr(self.office, who), "now": self.office.now}
        with suppress(*REFUSED):
            if act == "confirm":
                measures.confirm_decision(**given)
            elif act == "perform":
                measures.perform_actions(**given, actions=ids)
            else:
                measures.reverse_actions(**given, actions=ids, reason="x")

    @invariant()
    def every_change_is_a_move_and_an_event(self) -> None:
        row, count = Order.objects.get(event=self.order), self.count()
        if row.state != self.state:
            assert count > self.seq
        bodies = Event.objects.filter(subject=f"order:{self.order}").order_by("seq")
        states = [json.loads(each.body).get("state") for each in bodies]
        walked = [OrderState.DRAFTED.value, *filter(None, states)]
        for before, after in pairwise(walked):
            assert before == after or (before, after) in STEPS
        assert walked[-1] == row.state
        self.state, self.seq = row.state, count

    @invariant()
    def no_order_is_one_persons(self) -> None:
        row = Order.objects.get(event=self.order)
        if row.number is None:
            return
        behind = {row.drafted_by_id, *(officer for officer, _, _ in row.approvals)}
        roles = {row.drafted_role, *(role for _, role, _ in row.approvals)}
        assert len(behind) >= 2
        assert {Role(role) for role in roles} >= APPROVERS

    @invariant()
    def actions_are_confirmed_by_another_or_not_done(self) -> None:
        for action in SubjectAction.objects.filter(decision=self.ruling):
            if action.state in {ActionState.PENDING.value, ActionState.DONE.value}:
                assert action.confirmed_by_id not in {None, action.decision.by_id}

    @invariant()
    def an_alarm_is_never_behind_a_deadline_that_passed(self) -> None:
        row = Order.objects.get(event=self.order)
        if row.state in {"issued", "acknowledged", "extended", "reopened"}:
            assert row.alarm_at is not None
            assert row.alarm_at <= row.deadline

    def teardown(self) -> None:
        Inspection.objects.filter(state="queued").update(state="failed")


@pytest.mark.usefixtures("db")
def test_no_walk_breaks_an_order(house, hire) -> None:
    machine = type("Walk", (Walk,), {"office": Office(house, hire)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
