"""A flooder is slowed, others are not, and nobody's address is kept."""

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from tipline.interfaces.doorway.flood import (
    DELAY_SECONDS_MAX,
    SLEEPERS_MAX,
    FloodMeter,
    name_network,
)
from tipline.interfaces.doorway.lanes import NORMAL, SLOW, PlainLane

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door


def charge(meter: FloodMeter, address: str, *, times: int = 1, now: float = 0.0) -> float:
    return max(meter.charge(address=address, cost=1, now=now) for _ in range(times))


def test_an_ordinary_source_never_waits() -> None:
    meter = FloodMeter(per_minute=10)
    assert charge(meter, "192.0.2.1", times=10) == 0


def test_a_flooder_waits_and_another_does_not() -> None:
    meter = FloodMeter(per_minute=10)
    assert charge(meter, "192.0.2.1", times=11) > 0
    assert charge(meter, "198.51.100.1") == 0


def test_waiting_drains_the_bucket() -> None:
    meter = FloodMeter(per_minute=10)
    assert charge(meter, "192.0.2.1", times=15) > 0
    assert charge(meter, "192.0.2.1", now=60.0) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("192.0.2.1", "192.0.2.200"), ("2001:db8:0:1::1", "2001:db8:0:2:ffff::9"),
     ("192.0.2.9", "::ffff:192.0.2.1"), ("2001:db8::1%eth0", "2001:db8::2")],
)  # fmt: skip
def test_neighbours_are_one_source(one: str, other: str) -> None:
    assert name_network(one) == name_network(other)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "unix", ""]
)
def test_this_machine_is_not_metered_unless_asked(address: str) -> None:
    assert charge(FloodMeter(per_minute=1), address, times=50) == 0
    metered = charge(FloodMeter(per_minute=1, meter_loopback=True), address, times=50)
    assert (metered > 0) == bool(name_network(address))


def test_the_meter_keeps_no_address_and_forgets_in_a_day() -> None:
    meter = FloodMeter(per_minute=1)
    charge(meter, "192.0.2.77", times=5)
    kept = repr(vars(meter))
    assert "192" not in "".join(repr(source) for source in meter._levels)
    assert bytes([192, 0, 2]) not in b"".join(meter._levels)
    charge(meter, "198.51.100.1", now=90_000.0)
    assert len(meter._levels) == 1
    assert repr(vars(meter)) != kept


@given(costs=st.lists(st.integers(1, 5_000), max_size=30))
def test_the_wait_is_bounded(costs: list[int]) -> None:
    meter = FloodMeter(per_minute=5)
    for at, cost in enumerate(costs):
        delay = meter.charge(address="192.0.2.1", cost=cost, now=at * 1.0)
        assert 0 <= delay <= DELAY_SECONDS_MAX


def test_sleeping_requests_cannot_fill_the_server() -> None:
    meter = FloodMeter(per_minute=1, sleepers=SLEEPERS_MAX)
    assert charge(meter, "192.0.2.1", times=100) == 0


def test_the_plain_lane_fills_and_empties_by_the_minute() -> None:
    lane = PlainLane(per_minute=2)
    assert [lane.take(count=1, now=0.0) for _ in range(3)] == [NORMAL, NORMAL, SLOW]
    assert lane.take(count=1, now=61.0) == NORMAL
    assert lane.take(count=5, now=61.0) == SLOW


def test_a_flooder_is_answered_late_but_taken(
    door: "Door", monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(door.doorway, "_wait", note)
    monkeypatch.setattr(door.doorway.flood, "per_minute", 3)
    door.peer = ("203.0.113.5", 1)
    answers = [door.post_json("/api/v1/reports", {"text": "x"}) for _ in range(6)]
    door.peer = ("198.51.100.5", 1)
    honest = door.post_form("/en/report/", {"text": "honest"})
    assert {answer.status for answer in (*answers, honest)} == {201}
    assert len(waits) == 3
    assert waits == sorted(waits)


def test_forwarded_addresses_are_not_believed(
    door: "Door", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.doorway.flood, "per_minute", 1)
    door.peer = ("203.0.113.5", 1)
    for number in range(3):
        door.headers = {"x-forwarded-for": f"10.0.{number}.1", "forwarded": f"for=10.1.{number}.1"}
        monkeypatch.setattr(
            door.doorway.flood, "sleepers", SLEEPERS_MAX
        )  # measured, not waited for
        door.post_json("/api/v1/receipts:status", {"receipt_code": "x"})
    monkeypatch.setattr(door.doorway.flood, "sleepers", 0)
    assert door.doorway.flood.charge(address="203.0.113.9", cost=1, now=time.monotonic()) > 0
    assert len(door.doorway.flood._levels) == 1
