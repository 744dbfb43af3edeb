"""Proof of work buys the normal lane, once."""

import base64
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from tipline.interfaces.doorway.work import VALID_MINUTES, Challenge, WorkDesk, WorkRefused

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

NOW = dt.datetime.now(dt.UTC)


def solve(challenge: Challenge) -> str:
    """Solve a challenge as work.js does."""
    for number in range(challenge.max_number + 1):
        digest = hashlib.sha256(f"{challenge.salt}{number}".encode()).hexdigest()
        if digest == challenge.challenge:
            solution = {
                "algorithm": challenge.algorithm,
                "challenge": challenge.challenge,
                "number": number,
                "salt": challenge.salt,
                "signature": challenge.signature,
            }
            return base64.b64encode(json.dumps(solution).encode()).decode()
    raise AssertionError


def test_a_solution_counts_once() -> None:
    desk = WorkDesk(cost=50)
    payload = solve(desk.make_challenge(now=NOW))
    desk.spend(payload, now=NOW)
    with pytest.raises(WorkRefused):
        desk.spend(payload, now=NOW)


def test_another_spelling_of_a_spent_solution_is_spent_too() -> None:
    desk = WorkDesk(cost=50)
    payload = solve(desk.make_challenge(now=NOW))
    desk.spend(payload, now=NOW)
    other = json.dumps({**json.loads(base64.b64decode(payload)), "took": 7}, indent=1)
    with pytest.raises(WorkRefused):
        desk.spend(base64.b64encode(other.encode()).decode(), now=NOW)


def test_an_old_solution_is_refused() -> None:
    desk = WorkDesk(cost=50)
    payload = solve(desk.make_challenge(now=NOW - dt.timedelta(minutes=VALID_MINUTES + 1)))
    with pytest.raises(WorkRefused):
        desk.spend(payload, now=NOW)


def test_another_process_challenge_is_refused() -> None:
    payload = solve(WorkDesk(cost=50).make_challenge(now=NOW))
    with pytest.raises(WorkRefused):
        WorkDesk(cost=50).spend(payload, now=NOW)


def test_what_was_spent_is_forgotten_when_it_is_void_anyway() -> None:
    desk = WorkDesk(cost=50)
    desk.spend(solve(desk.make_challenge(now=NOW)), now=NOW)
    later = NOW + dt.timedelta(minutes=2 * VALID_MINUTES)
    desk.spend(solve(desk.make_challenge(now=later)), now=later)
    assert len(desk._spent) == 1


WRONG = st.dictionaries(
    st.sampled_from(["algorithm", "challenge", "number", "salt", "signature"]),
    st.none() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=2),
)


@given(st.text() | WRONG.map(lambda d: base64.b64encode(json.dumps(d).encode()).decode()))
def test_anything_else_is_refused_and_never_fails(payload: str) -> None:
    with pytest.raises(WorkRefused):
        WorkDesk(cost=50).spend(payload, now=NOW)


def lanes(door: "Door") -> list[str]:
    return [json.loads(each.details)["lane"] for each in door.open_all()]


def test_work_buys_the_normal_lane_once(door: "Door", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.doorway.plain, "per_minute", 0)
    challenge = door.get("/api/v1/work").json
    payload = solve(
        Challenge(
            *(
                challenge[name]
                for name in ("algorithm", "challenge", "maxNumber", "salt", "signature")
            )
        )
    )
    for _ in range(2):
        answer = door.post_json("/api/v1/reports", {"text": "x"}, tipline_work=payload)
        assert answer.status == 201
    assert lanes(door) == ["normal", "slow"]


def test_a_form_without_scripts_takes_the_plain_lane(
    door: "Door", monkeypatch: pytest.MonkeyPatch
) -> None:
    door.post_form("/en/report/", {"text": "first"})
    monkeypatch.setattr(door.doorway.plain, "per_minute", 0)
    assert door.post_form("/en/report/", {"text": "second", "work": "junk"}).status == 201
    assert lanes(door) == ["normal", "slow"]


def test_the_forms_challenge_can_be_solved(door: "Door", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.doorway.plain, "per_minute", 0)
    made: list[Challenge] = []
    make = door.doorway.work.make_challenge
    monkeypatch.setattr(
        door.doorway.work, "make_challenge", lambda **given: made.append(make(**given)) or made[-1]
    )
    page = door.get("/en/report/").text
    assert f'data-challenge="{made[0].challenge}"' in page
    assert f'data-max="{made[0].max_number}"' in page
    door.post_form("/en/report/", {"text": "x", "work": solve(made[0])})
    assert lanes(door) == ["normal"]
