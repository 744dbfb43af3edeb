"""Officers' words on the machine's opinion: kept, permission-checked, and lasting."""

import pytest

from tipline.domain.disposal.outcome import DecisionRefused
from tipline.domain.duties import NotAllowed, Role
from tipline.domain.triage.correction import Correction, CorrectionRefused, Part, Verb
from tipline.domain.triage.opinion import Guess, Opinion
from tipline.domain.triage.routing import Rule
from tipline.services import correction, disposal, ledger, rebuild, routing, triage
from tipline.store import models
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.report import get_report

pytestmark = pytest.mark.django_db
TEXT = "加微信 tuodan_88，转账到卡号 4111111111111111"


class Teller:
    """Names the same offences of each text."""

    version = "teller"

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def read_many(self, texts):
        guesses = tuple(Guess(code, 0.9) for code in self.codes)
        return [Opinion(offences=guesses, unsure=not guesses) for _ in texts]


@pytest.fixture
def desk(house, hire):
    """A report that the machine takes for a fake job, and an officer who looks at it."""

    class Desk:
        by = hire()
        machine = triage.Machine(reader=Teller("FR-JOB", "MW-APP"), shelf=house.shelf)
        report = house.file(TEXT, region="500000")

        def say(self, part, verb, name, new="", by=None):
            word = Correction(part=Part(part), verb=Verb(verb), name=name, new=new)
            by = by or self.by
            correction.correct_report(report=self.report, word=word, by=by, now=house.now)

        def work(self):
            house.shift(machine=self.machine).do_all()

        def read_again(self, *codes):
            self.machine = triage.Machine(reader=Teller(*codes), shelf=house.shelf)
            subject = f"report:{self.report}"
            models.Job.objects.create(step="assess", subject=subject, event=1, due_at=house.now)
            self.work()

        @property
        def handling(self):
            return models.Handling.objects.get(report=self.report)

        def verdicts(self):
            rows = models.Mention.objects.values_list("identifier__value", "verdict")
            return dict(rows)

    made = Desk()
    made.work()
    return made


def test_the_opinion_is_kept_with_its_offences(desk) -> None:
    opinion = models.Assessment.objects.get()

    assert [guess[0] for guess in opinion.offences] == ["FR-JOB", "MW-APP"]
    assert (opinion.model, opinion.unsure) == ("teller", False)
    assert (desk.handling.offence, desk.handling.second) == ("FR-JOB", "MW-APP")
    assert opinion.template["key"]


def test_an_offence_is_accepted_corrected_and_dismissed(desk) -> None:
    desk.say("offence", "accept", "MW-APP")
    assert (desk.handling.offence, desk.handling.second) == ("MW-APP", "FR-JOB")
    desk.say("offence", "correct", "FR-JOB", "FR-BRUSH")
    assert (desk.handling.offence, desk.handling.second) == ("MW-APP", "FR-BRUSH")
    desk.say("offence", "dismiss", "MW-APP")
    assert (desk.handling.offence, desk.handling.second) == ("FR-BRUSH", None)

    words = models.Correction.objects.values_list("part", "verb", "name", "new", "by")
    assert list(words) == [
        ("offence", "accept", "MW-APP", "MW-APP", desk.by.id),
        ("offence", "correct", "FR-JOB", "FR-BRUSH", desk.by.id),
        ("offence", "dismiss", "MW-APP", "", desk.by.id),
    ]
    events = models.Event.objects.filter(kind="report.corrected")
    assert events.count() == 3


def test_a_later_reading_keeps_what_persons_said(desk) -> None:
    desk.say("offence", "correct", "FR-JOB", "FR-BRUSH")
    desk.say("offence", "dismiss", "MW-APP")
    desk.say("priority", "correct", str(desk.handling.priority), "88")
    desk.say("identifier", "dismiss", "bank_card:4111111111111111")
    desk.say("identifier", "correct", "wechat:tuodan_88", "qq:12345678")

    desk.read_again("MW-APP", "FR-LOAN")

    held = desk.handling
    assert models.Assessment.objects.count() == 2
    assert (held.offence, held.second, held.priority) == ("FR-BRUSH", "FR-LOAN", 88)
    assert held.place >> 40 == 1_000 - 88
    assert desk.verdicts() == {
        "tuodan_88": "replaced",
        "12345678": "added",
        "4111111111111111": "dismissed",
    }


def test_a_routed_report_stays_where_it_was_sent(desk, hire, house) -> None:
    hire(Role.INTAKE_OFFICER, "110000")
    correction.route_report(report=desk.report, region="110000", by=desk.by, now=house.now)

    desk.read_again("FR-JOB")

    held = desk.handling
    assert (held.region, held.province, held.agency_id) == ("110000", "11", "110000")


def test_a_dismissed_region_goes_to_the_hotlines_own(desk, hire) -> None:
    hire(region="000000")
    desk.say("region", "dismiss", "500000")

    assert (desk.handling.region, desk.handling.agency_id) == ("000000", "000000")


def test_an_identifier_may_be_added_and_taken_back(desk) -> None:
    desk.say("identifier", "correct", "", "phone:+8613900001234")
    desk.say("identifier", "dismiss", "phone:+8613900001234")
    desk.read_again("FR-JOB")

    assert desk.verdicts()["+8613900001234"] == "dismissed"
    assert models.Mention.objects.filter(identifier__kind="phone").count() == 1


@pytest.mark.parametrize(
    ("part", "verb", "name", "new"),
    [
        ("offence", "accept", "IL-DRUG", ""),
        ("offence", "correct", "FR-JOB", "XX-SPEECH"),
        ("identifier", "dismiss", "qq:1", ""),
        ("identifier", "correct", "wechat:tuodan_88", ""),
        ("priority", "correct", "999", "5"),
        ("region", "correct", "500000", "5"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk, part, verb, name, new) -> None:
    with pytest.raises(CorrectionRefused):
        desk.say(part, verb, name, new)
    assert not models.Correction.objects.exists()


def test_duties_are_asked(desk, hire) -> None:
    stranger, auditor = hire(region="110000"), hire(Role.AUDITOR, "000000")
    with pytest.raises(ReportUnknown):
        desk.say("offence", "accept", "FR-JOB", by=stranger)
    with pytest.raises(NotAllowed):
        desk.say("offence", "accept", "FR-JOB", by=auditor)
    models.Handling.objects.update(state="decided")
    with pytest.raises(NotAllowed) as refused:
        desk.say("offence", "accept", "FR-JOB")
    assert refused.value.why == "decided"


def test_the_page_shows_what_holds_and_who_said_it(desk, house) -> None:
    desk.say("offence", "correct", "", "DT-PII")

    page = get_report(actor=desk.by, report=desk.report, now=house.now)

    assert page.held == ("DT-PII", "FR-JOB", "MW-APP")
    assert [(each.part, each.new) for each in page.corrections] == [("offence", "DT-PII")]
    assert page.assessment is not None
    assert [guess.code for guess in page.assessment.offences] == ["FR-JOB", "MW-APP"]


class TestRules:
    def test_a_rule_sends_reports_of_its_offence(self, desk, hire, house) -> None:
        admin = hire(Role.ADMINISTRATOR, "000000")
        routing.set_rule(rule=Rule("FR", "500000", "000000"), by=admin, now=house.now)
        desk.read_again("FR-LOAN")
        assert desk.handling.agency_id == "000000"

        routing.remove_rule(offence="FR", region="500000", by=admin, now=house.now)
        desk.read_again("FR-LOAN")
        assert desk.handling.agency_id == "500000"

    @pytest.mark.parametrize(
        ("rule", "field"),
        [
            (Rule("XX", "500000", "500000"), "offence"),
            (Rule("FR-J", "500000", "500000"), "offence"),
            (Rule("FR", "50", "500000"), "region"),
            (Rule("FR", "500000", "nobody"), "agency"),
        ],
    )
    def test_a_rule_about_nothing_is_refused(self, hire, house, rule, field) -> None:
        admin = hire(Role.ADMINISTRATOR)
        with pytest.raises(routing.RuleRefused) as refused:
            routing.set_rule(rule=rule, by=admin, now=house.now)
        assert refused.value.field == field
        with pytest.raises(routing.RuleRefused):
            routing.remove_rule(offence="FR", region="110000", by=admin, now=house.now)

    def test_only_who_keeps_agencies_keeps_rules(self, hire, house) -> None:
        lead = hire(Role.REGIONAL_LEAD)
        with pytest.raises(NotAllowed):
            routing.set_rule(rule=Rule("FR", "500000", "500000"), by=lead, now=house.now)


def test_a_rebuilt_desk_knows_every_word(desk, hire, house) -> None:
    admin = hire(Role.ADMINISTRATOR, "000000")
    routing.set_rule(rule=Rule("FR-JOB", "500000", "500000"), by=admin, now=house.now)
    desk.say("offence", "correct", "FR-JOB", "FR-BRUSH")
    desk.say("priority", "accept", str(desk.handling.priority))
    desk.say("identifier", "correct", "wechat:tuodan_88", "qq:12345678")
    desk.read_again("MW-APP")
    before = snapshot()
    while ledger.send_events(vault=house.vault):
        pass

    rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)

    assert snapshot() == before


def snapshot():
    mention = ("report", "identifier__value", "field", "start", "end", "surface", "verdict")
    return (
        list(models.Correction.objects.values_list()),
        list(models.RoutingRule.objects.values_list("offence", "region", "agency")),
        sorted(models.Mention.objects.values_list(*mention)),
        list(models.Handling.objects.values_list()),
        list(models.Assessment.objects.values_list()),
    )


def test_the_offence_of_a_decision_is_a_word_on_it(desk, house) -> None:
    ruling = disposal.Ruling(outcome="ACTIONED", reason="site_closed", offence="IL-GAMBLE")

    disposal.decide_report(report=desk.report, ruling=ruling, by=desk.by, now=house.now)
    desk.read_again("FR-JOB")

    assert models.Decision.objects.get().offence == desk.handling.offence == "IL-GAMBLE"
    word = models.Correction.objects.get()
    assert (word.verb, word.name, word.new) == ("correct", "FR-JOB", "IL-GAMBLE")


def test_a_decision_names_no_offence_that_there_is_not(desk, house) -> None:
    wrong = disposal.Ruling(outcome="ACTIONED", reason="site_closed", offence="XX-1")

    with pytest.raises(DecisionRefused):
        disposal.decide_report(report=desk.report, ruling=wrong, by=desk.by, now=house.now)


def test_the_reporter_is_told_where_it_stands_and_nothing_that_the_machine_thinks(desk, house):
    desk.say("offence", "accept", "MW-APP")
    desk.work()

    status = house.look(desk.report)

    assert (status.state, status.outcome) == ("assessed", "")
    for each in status.messages:
        assert (each.reason, each.text, each.outcome, dict(each.params)) == ("", "", "", {})
