"""Steps of orders, measures and inspections that are still to be done, as their rows tell."""

from collections.abc import Iterator

from tipline.domain.disposal.measures import ActionState
from tipline.domain.flow import Step
from tipline.store.models import Event, Inspection, Order, OrderLetter, SubjectDecision
from tipline.store.queue import NewJob


def list_due_steps() -> Iterator[NewJob]:
    """List what a rebuilt desk has to queue again: a step that was done is not among them."""
    yield from _list_letters()
    yield from _list_alarms()
    yield from _list_looks()
    yield from _list_ends()


def _list_letters() -> Iterator[NewJob]:
    rows = OrderLetter.objects.filter(leaf_index=None).values_list("event", "order_id", "at")
    for event, order, at in rows:
        yield NewJob(step=Step.SERVE, subject=f"order:{order}", event=event, due_at=at)


def _list_alarms() -> Iterator[NewJob]:
    rows = Order.objects.filter(alarm_at__isnull=False, alarm_event__isnull=False)
    for order, event, at in rows.values_list("event", "alarm_event", "alarm_at"):
        if event is not None and at is not None:
            yield NewJob(step=Step.WATCH, subject=f"order:{order}", event=event, due_at=at)


def _list_looks() -> Iterator[NewJob]:
    wanted = Order.objects.filter(look_event__isnull=False).values_list("event", "look_event")
    for order, event in wanted:
        for at in Event.objects.filter(seq=event or 0).values_list("at", flat=True):
            yield NewJob(step=Step.LOOK, subject=f"order:{order}", event=event or 0, due_at=at)
    queued = Inspection.objects.filter(state__in=("queued", "running"))
    for inspection, at in queued.values_list("event", "asked_at"):
        subject = f"inspection:{inspection}"
        yield NewJob(step=Step.INSPECT, subject=subject, event=inspection, due_at=at)
    judged = Order.objects.filter(is_inspecting=True, inspection__state__in=("done", "failed"))
    for inspection in judged.values_list("inspection_id", flat=True):
        subject = f"inspection:{inspection}"
        found = Event.objects.filter(subject=subject, kind="inspection.finished")
        for event, at in found.values_list("seq", "at")[:1]:
            yield NewJob(step=Step.JUDGE, subject=subject, event=event, due_at=at)


def _list_ends() -> Iterator[NewJob]:
    rows = SubjectDecision.objects.filter(expires_at__isnull=False)
    for ruling in rows.order_by("event"):
        open_ones = ruling.actions.exclude(state=ActionState.REVERSED.value)
        if ruling.expires_at is not None and open_ones.exists():
            subject = f"ruling:{ruling.event}"
            yield NewJob(
                step=Step.EXPIRE, subject=subject, event=ruling.event, due_at=ruling.expires_at
            )
