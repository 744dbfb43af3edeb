"""The machine's first reading: priority, region and reasons."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.assess import assess
from tipline.domain.triage.naming import read_value
from tipline.domain.triage.offences import OFFENCES, OffenceUnknown, check_known, list_codes
from tipline.domain.triage.priority import HIGHEST, Signals, judge_priority, sum_losses
from tipline.domain.triage.reasons import REASONS, render
from tipline.domain.triage.routing import choose_region, find_region
from tipline.domain.values import Identifier, Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOST = {"amount": "38000", "currency": "CNY", "to": "6222021234567890128"}


def score(**signals: object) -> dict[str, int]:
    judged = judge_priority(Signals(**{"text": "", "now": NOW, **signals}))
    return {part.name: part.points for part in judged.parts}


def landline(value: str) -> Identifier:
    return Identifier("phone", value, 0, 1, "x")


class TestPriority:
    def test_nothing_to_save_scores_nothing(self) -> None:
        assert judge_priority(Signals(text="邻居太吵了", now=NOW)).score == 0

    def test_more_money_scores_more(self) -> None:
        sums = [1, 1_000, 10_000, 50_000, 200_000]
        points = [score(losses=(Money(Decimal(each), "CNY"),))["loss"] for each in sums]

        assert points == sorted(points)
        assert len(set(points)) == 5

    def test_currencies_are_weighed(self) -> None:
        assert sum_losses([Money(Decimal(100), "usd"), Money(Decimal(5), "CNY")]) == 705
        assert sum_losses([Money(Decimal(100), "ZZZ")]) == 100

    @pytest.mark.parametrize(
        ("ago", "points"), [(1, 20), (24, 20), (72, 14), (7 * 24, 7), (8 * 24, 0)]
    )
    def test_fresh_losses_come_first(self, ago: int, points: int) -> None:
        found = score(losses=(Money(Decimal(1), "CNY"),), occurred_at=NOW - timedelta(hours=ago))

        assert found.get("recent", 0) == points

    def test_a_payment_that_may_be_stopped_scores_more(self) -> None:
        loss = (Money(Decimal(1), "CNY"),)

        fresh = score(losses=loss, has_payment=True, occurred_at=NOW)["payment"]
        old = score(losses=loss, has_payment=True, occurred_at=NOW - timedelta(days=9))["payment"]
        assert fresh > old == score(has_payment=True)["payment"]

    @pytest.mark.parametrize(
        "text", ["他被控制在园区", "不想活了", "they threaten to kill me", "she is held hostage"]
    )
    def test_danger_comes_before_small_losses(self, text: str) -> None:
        assert score(text=text)["danger"] > score(losses=(Money(Decimal(999), "CNY"),))["loss"]

    def test_evidence_and_files(self) -> None:
        assert score(identifiers=3, files=2) == {"evidence": 5, "files": 5}

    @given(
        st.lists(st.decimals(0, 10**12, places=2), max_size=5),
        st.none() | st.datetimes(timezones=st.just(UTC)),
        st.sampled_from(["被绑架", "", "hostage"]),
    )
    def test_the_score_stays_within_bounds(
        self, amounts: list[Decimal], occurred_at: datetime | None, text: str
    ) -> None:
        judged = judge_priority(
            Signals(
                text=text,
                losses=tuple(Money(amount, "USD") for amount in amounts),
                occurred_at=occurred_at,
                now=NOW,
                has_payment=True,
                identifiers=3,
                files=1,
            )
        )

        assert 0 <= judged.score <= HIGHEST
        assert judged.score == min(HIGHEST, sum(part.points for part in judged.parts))


class TestRouting:
    def test_what_the_reporter_says_comes_first(self) -> None:
        routing = choose_region(
            reported="500000", identifiers=[landline("+8637165781234")], default="110000"
        )

        assert (routing.region, routing.reason.key) == ("500000", "region.reported")

    def test_then_a_landline(self) -> None:
        routing = choose_region(
            reported="", identifiers=[landline("+8637165781234")], default="110000"
        )

        assert (routing.region, routing.reason.key) == ("410000", "region.landline")

    def test_then_the_hotlines_own(self) -> None:
        routing = choose_region(
            reported="", identifiers=[landline("+8613812345678")], default="110000"
        )

        assert (routing.region, routing.reason.key) == ("110000", "region.default")

    def test_cities_of_one_province_speak_for_it(self) -> None:
        both = [landline("+8631112345678"), landline("+8631512345678")]

        assert choose_region(reported=None, identifiers=both).region == "130000"

    def test_the_place_named_most_often_wins(self) -> None:
        three = [landline("+862361234567"), *[landline("+8631562345678")] * 2]

        assert choose_region(reported=None, identifiers=three).region == "130200"

    @pytest.mark.parametrize(
        ("phone", "region"),
        [
            ("+861065521234", "110000"),
            ("+862363651234", "500000"),
            ("+8631165521234", "130100"),
            ("+8613812345678", None),
            ("+442079460958", None),
            ("+86", None),
            ("", None),
        ],
    )
    def test_where_a_landline_lies(self, phone: str, region: str | None) -> None:
        assert find_region(phone) == region


class TestAssess:
    def test_a_whole_report(self) -> None:
        details = {
            "subjects": [{"kind": "qq", "value": "12345678"}, {"kind": "link", "value": "x.com"}],
            "losses": [LOST],
            "occurred_at": "2026-03-01",
            "region": "500105",
            "files": [{"file_id": "a"}],
        }
        found = assess("加微信abc12345，登录www.x.com", details, NOW)

        assert [each.kind for each in found.identifiers] == ["wechat", "domain"]
        assert [(each.field, each.identifier.value) for each in found.named] == [
            ("subjects[0].value", "12345678"),
            ("subjects[1].value", "x.com"),
            ("losses[0].to", "6222021234567890128"),
        ]
        names = [part.name for part in found.priority.parts]
        assert names == ["loss", "recent", "payment", "evidence", "files"]
        assert (found.region, found.offence) == ("500105", "")
        assert [reason.key for reason in found.reasons][-2:] == [
            "region.reported",
            "offence.unsure",
        ]

    def test_the_least_report(self) -> None:
        found = assess("...", {}, NOW, default_region="500000")

        assert (found.priority.score, found.region, found.identifiers) == (0, "500000", ())

    @pytest.mark.parametrize(
        "details",
        [
            {"subjects": None, "losses": "x", "files": 7, "region": 5, "occurred_at": []},
            {"subjects": [None, 1, {"kind": 1, "value": None}], "losses": [{}, {"amount": "x"}]},
            {"losses": [{"amount": "NaN"}, {"amount": "-1"}, {"amount": "1e999"}, {"to": 3}]},
            {"occurred_at": "yesterday", "region": "999999"},
        ],
    )
    def test_unreadable_details_count_as_not_given(self, details: dict[str, object]) -> None:
        assert assess("x", details, NOW).offence == ""

    @given(st.text())
    def test_every_reason_can_be_said_in_both_languages(self, text: str) -> None:
        found = assess(text + "0371-65781234 被控制", {"losses": [LOST], "files": [{}]}, NOW)

        for language in ("en", "zh-hans"):
            for reason in found.reasons:
                assert "%(" not in render(reason, language=language, translate=str)

    def test_the_regions_name_stands_in_the_readers_language(self) -> None:
        reason = assess("0371-65781234", {}, NOW).reasons[-2]

        assert render(reason, language="en", translate=str).endswith("belongs to Henan.")
        assert render(reason, language="zh-hans", translate=str).endswith("河南省.")

    def test_a_field_is_read_as_its_kind(self) -> None:
        assert [each.kind for each in read_value("qq", "12345678")] == ["qq"]
        assert [each.kind for each in read_value("WeChat", "zhangsan88")] == ["wechat"]
        assert [each.kind for each in read_value("payment", "4111111111111111")] == ["bank_card"]
        assert [each.kind for each in read_value("phone", "138 1234 5678")] == ["phone"]
        assert [each.kind for each in read_value("qq", "13812345678@x.com")] == ["email"]
        assert read_value("other", "nothing here") == ()
        (found,) = read_value("qq", "12345678")
        assert (found.start, found.end, found.surface) == (0, 8, "12345678")


class TestOffences:
    def test_there_are_25_and_no_other_kinds(self) -> None:
        assert len(OFFENCES) == 25
        assert {code.partition("-")[0] for code in list_codes()} == {"FR", "IL", "DT", "MW"}

    def test_each_is_complete_in_both_languages(self) -> None:
        for offence in OFFENCES.values():
            assert offence.name("en").isascii()
            assert not offence.name("zh-hans").isascii()
            assert offence.define("en").endswith(".")
            assert offence.define("zh").endswith("。")
            assert 1 <= offence.priority <= 5
            assert all(article.replace("-", "").isdigit() for article in offence.articles)

    def test_no_model_names_what_it_could_not_learn(self) -> None:
        unlearnt = {code for code, offence in OFFENCES.items() if not offence.model_may_name}

        assert unlearnt == {
            "FR-SHOP", "FR-LOAN", "FR-IMP-GOV", "FR-ROMANCE", "FR-GAME",
            "IL-WEAPON", "DT-SIM", "DT-CASH",
        }  # fmt: skip

    def test_unknown_codes_are_refused(self) -> None:
        check_known(["FR-PHISH", "IL-DRUG"])
        with pytest.raises(OffenceUnknown):
            check_known(["FR-PHISH", "XX-SPEECH"])


def test_no_reason_is_left_over() -> None:
    assert all(message.isascii() and message.endswith(".") for message in REASONS.values())
