"""The score that orders the queue: named parts, no reward for numbers of heads."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.priority import (
    HIGHEST,
    PAYMENT,
    RECENT,
    Part,
    Signals,
    judge_priority,
    list_highest,
)
from tipline.domain.triage.reasons import REASONS
from tipline.domain.triage.recency import Moment
from tipline.domain.triage.spread import Sighting, Spread, measure_spread
from tipline.domain.triage.stake import Stake, Sum, find_stake, sum_losses
from tipline.domain.triage.vulnerability import Need, find_needs
from tipline.domain.values import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEEDS = tuple(Need(name, 0, 1) for name in ("danger", "elderly", "minor", "ill", "debt"))


def stake(amount: int = 1, source: str = "fields") -> Stake:
    return Stake(cny=Decimal(amount), source=source)


def ago(**passed: float) -> Moment:
    return Moment(NOW - timedelta(**passed))


def score(**signals: object) -> dict[str, int]:
    return judge_priority(Signals(now=NOW, **signals)).points


@st.composite
def signals(draw: st.DrawFn) -> Signals:
    hours = st.floats(0, 400)
    return Signals(
        now=NOW,
        stake=draw(
            st.none()
            | st.builds(
                Stake,
                cny=st.decimals(0, 10**9, places=2),
                source=st.sampled_from(["fields", "text"]),
                at_least=st.booleans(),
            )
        ),
        moment=draw(st.none() | hours.map(lambda each: ago(hours=each))),
        paid=draw(st.booleans()),
        needs=draw(st.lists(st.sampled_from(NEEDS), max_size=5, unique=True)),
        offence="FR-PHISH",
        urgency=draw(st.integers(0, 5)),
        identifiers=draw(st.integers(0, 50)),
        has_payment=draw(st.booleans()),
        known=draw(st.sampled_from(["", "subject.own", "subject.listed"])),
        spread=Spread(draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))),
        files=draw(st.integers(0, 9)),
        links=draw(st.integers(0, 10)),
        odd_links=1,
    )


class TestScore:
    def test_nothing_to_save_scores_nothing(self) -> None:
        assert judge_priority(Signals(now=NOW)) == judge_priority(Signals(now=NOW))
        assert judge_priority(Signals(now=NOW)).score == 0

    @given(signals())
    def test_its_named_parts_sum_up_to_it_and_it_stays_within_bounds(self, given: Signals) -> None:
        judged = judge_priority(given)

        assert 0 <= judged.score <= HIGHEST
        assert judged.score == sum(judged.points.values())
        assert len(judged.points) == len(judged.parts)
        assert all(part.points >= 0 and part.reason_key in REASONS for part in judged.parts)
        assert set(judged.points) <= set(list_highest())

    def test_money_sent_within_the_hour_goes_before_all_but_danger(self) -> None:
        most = list_highest()
        other = sum(most.values()) - most["danger"] - most["recent"] - most["payment"]
        other += RECENT[1][1] + PAYMENT["payment.fresh"]
        least = score(stake=stake(), moment=ago(minutes=59), has_payment=True)

        assert sum(least.values()) > other

    @given(signals())
    def test_nobody_without_danger_overtakes_money_that_can_be_stopped(
        self, given: Signals
    ) -> None:
        hour = timedelta(hours=1)
        is_danger = any(need.name == "danger" for need in given.needs)
        is_fresh = given.moment is not None and NOW - given.moment.at <= hour
        least = judge_priority(
            Signals(now=NOW, stake=stake(source="text"), moment=ago(minutes=1), has_payment=True)
        )

        if not is_danger and not is_fresh:
            assert judge_priority(given).score < least.score

    def test_a_full_score_keeps_all_its_reasons(self) -> None:
        judged = judge_priority(
            Signals(
                now=NOW,
                stake=stake(300_000),
                moment=ago(minutes=3),
                needs=NEEDS,
                urgency=5,
                has_payment=True,
                identifiers=4,
                files=2,
            )
        )

        assert judged.score == HIGHEST
        assert [part.name for part in judged.parts][-2:] == ["evidence", "files"]


class TestMoney:
    def test_more_money_scores_more(self) -> None:
        for source in ("fields", "text"):
            sums = [1, 1_000, 10_000, 50_000, 200_000]
            points = [score(stake=stake(each, source))["loss"] for each in sums]
            assert points == sorted(points)
            assert len(set(points)) == 5

    def test_what_only_the_text_says_weighs_no_more(self) -> None:
        for amount in (1, 1_000, 10_000, 50_000, 200_000):
            told = score(stake=stake(amount, "text"))["loss"]
            assert told <= score(stake=stake(amount))["loss"]

    def test_the_larger_of_fields_and_text_counts_and_they_are_not_added(self) -> None:
        losses = (Money(Decimal(3_000), "CNY"), Money(Decimal(2_000), "CNY"))
        small = Sum(money=Money(Decimal(5_000), "CNY"), start=0, end=4)
        large = Sum(money=Money(Decimal(1_000), "USD"), start=5, end=9, at_least=True)

        assert find_stake(losses=losses, named=[small]) == Stake(
            cny=Decimal(5_000), source="fields"
        )
        assert find_stake(losses=losses, named=[small, large]) == Stake(
            cny=Decimal(7_000), source="text", at_least=True, start=5, end=9
        )
        assert find_stake(losses=(), named=()) is None

    def test_at_least_is_said(self) -> None:
        judged = judge_priority(
            Signals(now=NOW, stake=Stake(cny=Decimal(9), source="text", at_least=True))
        )

        assert judged.parts[0].reason_key == "loss.least"

    def test_currencies_are_weighed(self) -> None:
        assert sum_losses([Money(Decimal(100), "usd"), Money(Decimal(5), "CNY")]) == 705
        assert sum_losses([Money(Decimal(100), "ZZZ")]) == 100

    @pytest.mark.parametrize(
        ("hours", "points"), [(0.5, 47), (1, 47), (1.1, 10), (24, 10), (72, 7), (168, 3), (169, 0)]
    )
    def test_fresh_losses_come_first(self, hours: float, points: int) -> None:
        assert score(stake=stake(), moment=ago(hours=hours)).get("recent", 0) == points

    def test_a_payment_that_may_be_stopped_scores_more(self) -> None:
        def pay(**passed: float) -> int:
            return score(stake=stake(), has_payment=True, moment=ago(**passed))["payment"]

        assert pay(minutes=5) > pay(hours=5) > pay(days=9) == score(has_payment=True)["payment"]


class TestNeed:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("他被控制在园区", "danger"),
            ("不想活了", "danger"),
            ("they threaten to kill me", "danger"),
            ("she is held hostage", "danger"),
            ("骗走了奶奶的养老钱", "elderly"),
            ("我母亲今年72岁", "elderly"),
            ("my 81-year-old neighbour", "elderly"),
            ("我儿子12岁，是小学生", "minor"),
            ("a 14-year-old girl", "minor"),
            ("这是给孩子治病的救命钱", "ill"),
            ("只好借了网贷", "debt"),
            ("it was our life savings", "debt"),
        ],
    )
    def test_words_of_need_are_found_where_they_stand(self, text: str, name: str) -> None:
        found = {each.name: text[each.start : each.end] for each in find_needs(text)}

        assert found[name]

    @pytest.mark.parametrize(
        "text", ["邻居太吵了", "共172岁的公司", "room 715", "转了60000元", "订单号 7岁月静好", ""]
    )
    def test_other_words_are_not(self, text: str) -> None:
        assert [each.name for each in find_needs(text) if each.name in {"danger", "elderly"}] == []

    def test_need_scores_once_and_danger_apart(self) -> None:
        assert set(score(needs=NEEDS)) == {"danger", "vulnerable"}
        assert score(needs=NEEDS)["danger"] > score(stake=stake(999))["loss"]

    @given(st.text())
    def test_places_point_at_the_text(self, text: str) -> None:
        told = f"{text}老人"

        assert all(0 <= each.start < each.end <= len(told) for each in find_needs(told))


names = st.sampled_from("abcdef")
sightings = st.lists(st.builds(Sighting, names, names), max_size=40)


class TestSpread:
    """Brigading and self-reporting raise nothing: distinct evidence counts, not heads."""

    @given(sightings, st.integers(2, 500), names, st.sets(names))
    def test_sending_the_same_again_changes_nothing(
        self, seen: list[Sighting], times: int, text: str, mine: set[str]
    ) -> None:
        once = measure_spread(text=text, identifiers=mine, seen=seen)

        assert measure_spread(text=text, identifiers=mine, seen=seen * times) == once

    @given(sightings, names, st.sets(names))
    def test_ones_own_evidence_does_not_speak_for_itself(
        self, seen: list[Sighting], text: str, mine: set[str]
    ) -> None:
        own = [Sighting(each, text) for each in mine]

        before = measure_spread(text=text, identifiers=mine, seen=seen)
        assert measure_spread(text=text, identifiers=mine, seen=[*seen, *own * 500]) == before

    def test_other_texts_and_other_numbers_do(self) -> None:
        seen = [Sighting(*each) for each in product("ab", ("t1", "t2"))] + [Sighting("c", "t1")]

        assert measure_spread(text="t1", identifiers={"a"}, seen=seen) == Spread(1, 2)

    def test_points_grow_slowly(self) -> None:
        points = [score(spread=Spread(texts=n)).get("spread", 0) for n in (0, 1, 3, 10, 30, 10**6)]

        assert points == [0, 1, 2, 3, 4, 4]


def test_a_part_tells_its_reason() -> None:
    part = Part("loss", 5, "loss", {"amount": "9"})

    assert (part.reason.key, part.reason.params) == ("loss", {"amount": "9"})
