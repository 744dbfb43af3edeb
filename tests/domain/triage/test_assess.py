"""The machine's first reading: priority, region and reasons."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tipline.domain.triage.assess import Assessment, Findings, Place, judge, read
from tipline.domain.triage.correction import Correction, Part, Verb
from tipline.domain.triage.mobile import find_issued
from tipline.domain.triage.naming import read_value
from tipline.domain.triage.offences import OFFENCES, OffenceUnknown, check_known, list_codes
from tipline.domain.triage.opinion import NONE, Guess, Opinion
from tipline.domain.triage.reasons import REASONS, render
from tipline.domain.triage.routing import Rule, choose_agency, choose_region, find_region
from tipline.domain.triage.spread import Spread
from tipline.domain.values import Identifier

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOST = {"amount": "38000", "currency": "CNY", "to": "6222021234567890128"}


def assess(text: str, details: dict[str, Any], **given: Any) -> Assessment:
    opinion, found = given.pop("opinion", Opinion()), given.pop("found", Findings())
    reading = read(text=text, details=details, opinion=opinion)
    return judge(reading, found, Place(now=NOW, **given))


def landline(value: str) -> Identifier:
    return Identifier("phone", value, 0, 1, "x")


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
            reported="", identifiers=[landline("+442079460958")], default="110000"
        )

        assert (routing.region, routing.reason.key) == ("110000", "region.default")

    def test_cities_of_one_province_speak_for_it(self) -> None:
        both = [landline("+8631112345678"), landline("+8631512345678")]

        assert choose_region(reported=None, identifiers=both).region == "130000"

    def test_the_place_named_most_often_wins(self) -> None:
        three = [landline("+862361234567"), *[landline("+8631562345678")] * 2]

        assert choose_region(reported=None, identifiers=three).region == "130200"

    def test_then_where_mobile_numbers_were_issued(self) -> None:
        both = [landline("+8613948711234"), landline("+8613948799999")]

        routing = choose_region(reported=None, identifiers=both, default="110000")

        assert (routing.region, routing.reason.key) == ("150000", "region.mobile")

    def test_a_number_that_accuses_nobody_tells_no_region(self) -> None:
        bank = replace(landline("+862361234567"), innocent="bank")

        assert choose_region(reported=None, identifiers=[bank]).region == "000000"

    @pytest.mark.parametrize(
        ("phone", "region"),
        [("+8613800138000", "110000"), ("+8613800", None), ("+85291234567", None), ("", None)],
    )
    def test_where_a_mobile_number_was_issued(self, phone: str, region: str | None) -> None:
        assert find_issued(phone) == region


class TestAgency:
    AGENCIES = (("000000", "000000"), ("500000", "500000"), ("500100", "500100"))

    def choose(self, region: str, offence: str = "", *rules: Rule) -> tuple[str | None, str]:
        errand = choose_agency(region=region, offence=offence, rules=rules, agencies=self.AGENCIES)
        return errand.agency, errand.reason.key

    @pytest.mark.parametrize(
        ("region", "agency"), [("500100", "500100"), ("500200", "500000"), ("310000", "000000")]
    )
    def test_the_nearest_agency_gets_the_report(self, region: str, agency: str) -> None:
        assert self.choose(region) == (agency, "agency.nearest")

    def test_a_rule_sends_its_offences_elsewhere(self) -> None:
        rules = Rule("MW", "500000", "lab"), Rule("MW-APP", "000000", "apps")

        assert self.choose("500100", "MW-HACK", *rules) == ("lab", "agency.rule")
        assert self.choose("500100", "MW-APP", *rules) == ("apps", "agency.rule")
        assert self.choose("310000", "MW-HACK", *rules) == ("000000", "agency.nearest")
        assert self.choose("500100", "", *rules) == ("500100", "agency.nearest")

    def test_the_narrower_region_counts_among_rules_of_one_offence(self) -> None:
        rules = (
            Rule("FR", "500000", "wide"),
            Rule("FR", "500100", "near"),
            Rule("", "000000", "all"),
        )

        assert self.choose("500100", "FR-JOB", *rules)[0] == "near"
        assert self.choose("310000", "FR-JOB", *rules)[0] == "all"

    def test_one_offences_code_is_not_the_beginning_of_anothers(self) -> None:
        assert self.choose("500100", "FR-IMP-GOV", Rule("FR-IM", "000000", "x"))[0] == "500100"
        assert self.choose("500100", "FR-IMP-GOV", Rule("FR-IMP", "000000", "x"))[0] == "x"

    def test_where_nobody_is_responsible_that_is_said(self) -> None:
        errand = choose_agency(region="310000", offence="", rules=(), agencies=())

        assert (errand.agency, errand.reason.key) == (None, "agency.none")

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
        found = assess("加微信abc12345，登录www.x.com", details)

        assert [each.kind for each in found.reading.identifiers] == ["wechat", "domain"]
        assert [(each.field, each.identifier.value) for each in found.reading.named] == [
            ("subjects[0].value", "12345678"),
            ("subjects[1].value", "x.com"),
            ("losses[0].to", "6222021234567890128"),
        ]
        names = [part.name for part in found.priority.parts]
        assert names == ["loss", "recent", "payment", "evidence", "files"]
        assert (found.routing.region, found.offences) == ("500105", ())
        assert [reason.key for reason in found.reasons] == [
            "region.reported",
            "agency.none",
            "offence.unsure",
        ]

    def test_an_offence_makes_it_urgent_and_finds_its_agency(self) -> None:
        opinion = Opinion(offences=(Guess("FR-INVEST", 0.9), Guess("MW-APP", 0.4)), unsure=False)
        rule = Rule("FR-INVEST", "000000", "finance")

        found = assess("x", {}, opinion=opinion, rules=[rule])

        assert found.offences == ("FR-INVEST", "MW-APP")
        assert found.priority.points["urgency"] == 8
        assert found.errand.agency == "finance"

    @pytest.mark.parametrize(
        ("text", "details"),
        [
            ("I ordered shoes for 60 USD, nothing came and nobody answers.", {}),
            ("They asked for 4111 1111 1111 1111 by card number.", {}),
            ("Nobody answers.", {"losses": [{"amount": "60", "currency": "USD"}]}),
        ],
    )
    def test_who_tells_of_money_is_never_told_that_no_offence_was_seen(
        self, text: str, details: dict[str, Any]
    ) -> None:
        judged = assess(text, details, opinion=Opinion(unsure=False, language="en"))

        assert judged.reading.opinion == Opinion(unsure=True, language="en")
        assert judged.offences == ()
        assert assess("Nobody answers.", {}, opinion=Opinion(unsure=False)).offences == (NONE,)

    def test_no_offence_seen_is_not_unsure(self) -> None:
        none, unsure = assess("x", {}, opinion=Opinion(unsure=False)), assess("x", {})

        assert (none.offences, unsure.offences) == ((NONE,), ())
        assert none.reasons[-1].key == "offence.none"

    def test_what_persons_said_holds(self) -> None:
        words = (
            Correction(part=Part.OFFENCE, verb=Verb.CORRECT, name="FR-JOB", new="DT-PII"),
            Correction(part=Part.REGION, verb=Verb.CORRECT, name="", new="500100"),
            Correction(part=Part.IDENTIFIER, verb=Verb.DISMISS, name="domain:x.com"),
        )
        opinion = Opinion(offences=(Guess("FR-JOB", 0.9),), unsure=False)

        found = assess(
            "x.com", {}, opinion=opinion, found=Findings(corrections=words),
            agencies=(("500100", "500100"), ("000000", "000000")),
        )  # fmt: skip

        assert found.offences == ("DT-PII",)
        assert found.errand.agency == "500100"
        assert "evidence" not in found.priority.points

    def test_what_the_records_tell_counts(self) -> None:
        told = Findings(known="subject.own", spread=Spread(3, 0))

        points = assess("x", {}, found=told).priority.points

        assert set(points) == {"known", "spread"}

    def test_a_link_that_looks_like_a_banks_gives_a_reason_and_few_points(self) -> None:
        found = assess("登录 http://icbc-login.vip/wap 兑换", {})

        assert found.reading.links
        assert 0 < found.priority.points["links"] <= 3

    def test_the_least_report(self) -> None:
        found = assess("...", {}, default_region="500000")

        told = found.priority.score, found.routing.region, found.reading.identifiers
        assert told == (0, "500000", ())

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
        assert assess("x", details).offences == ()

    @given(st.text())
    def test_every_reason_can_be_said_in_both_languages(self, text: str) -> None:
        found = assess(text + "0371-65781234 被控制", {"losses": [LOST], "files": [{}]})

        for language in ("en", "zh-hans"):
            for reason in (*found.reasons, *(part.reason for part in found.priority.parts)):
                assert "%(" not in render(reason, language=language, translate=str)

    def test_the_regions_name_stands_in_the_readers_language(self) -> None:
        reason = assess("0371-65781234", {}).reasons[0]

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
