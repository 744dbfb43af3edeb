"""Lists come and go, decisions list their subjects, and a wrong listing ends at once, everywhere."""

from datetime import date, timedelta

import pytest

from tipline.adapters.shelf import MappedShelf
from tipline.domain.duties import NotAllowed, Role
from tipline.domain.triage.known import EntryRefused, Standing, weigh
from tipline.services import known
from tipline.services.disposal import Ruling, claim_report, decide_report
from tipline.services.rebuild import rebuild_desk
from tipline.store.models import Event, Job, KnownEntry, KnownException, KnownList
from tipline.store.queries.known import find_known
from tipline.store.queries.lists import list_exceptions, list_lists, look_up

pytestmark = pytest.mark.django_db
CARD, PHONE = "6222020200000000006", "13900001234"
SUBJECTS = [
    {"kind": "link", "value": "http://zz-evil.top/pay/now"},
    {"kind": "phone", "value": PHONE},
]


def make_list(name: str = "phish", *, is_bad: bool = True, **given) -> known.NewList:
    told = {
        "kind": "domain",
        "source": "a bank's feed",
        "licence": "CC0-1.0",
        "published_on": date(2026, 5, 1),
        "expires_on": None,
        "digest": "ab" * 32,
    }
    return known.NewList(name=name, is_bad=is_bad, **{**told, **given})


def bring(house, *values: str, by=None, kind: str = "domain", **given) -> known.Imported:
    return known.import_list(
        new=make_list(kind=kind, **given),
        rows=[(kind, value) for value in values],
        shelf=house.shelf,
        by=by,
        now=house.now,
    )


def look(house, kind: str, value: str, *, shelf=None, on: date | None = None):
    found = find_known(
        subjects=[(kind, value)], shelf=shelf or house.shelf, today=on or house.now.date()
    )
    return found.hits[0]


def decide(house, report: int, by, outcome: str = "ACTIONED", reason: str = "site_closed", **more):
    claim_report(report=report, by=by, now=house.now)
    ruling = Ruling(outcome=outcome, reason=reason, **more)
    decided = decide_report(report=report, ruling=ruling, by=by, now=house.now)
    house.work()
    return decided


def take(house, **given) -> int:
    report = house.file("假冒客服网站", region="500000", **{"subjects": SUBJECTS, **given})
    house.work()
    return report


class TestLists:
    def test_an_imported_list_tells_with_its_source_and_date(self, house) -> None:
        made = bring(house, "zz-evil.top", "*", "com")

        hits = look(house, "url", "https://www.zz-evil.top/login")

        assert (made.entries, made.refused) == (1, 2)
        assert [(hit.list_name, hit.source, hit.since) for hit in hits] == [
            ("phish", "a bank's feed", date(2026, 5, 1))
        ]
        assert Event.objects.get(kind="list.imported").subject.startswith("list:ab")

    def test_many_subjects_are_looked_up_at_once(
        self, house, django_assert_max_num_queries
    ) -> None:
        bring(house, *(f"evil{n}.example.com" for n in range(50)))
        subjects = [("domain", f"evil{n}.example.com") for n in range(100)]

        with django_assert_max_num_queries(3):
            found = find_known(subjects=subjects, shelf=house.shelf, today=house.now.date())

        assert [bool(hits) for hits in found.hits] == [True] * 50 + [False] * 50

    def test_a_newer_list_of_the_name_ends_the_older(self, house) -> None:
        bring(house, "zz-evil.top")
        bring(house, "other.example.com", digest="cd" * 32)

        assert not look(house, "domain", "zz-evil.top")
        assert look(house, "domain", "other.example.com")
        assert KnownList.objects.count() == 2

    def test_the_same_file_is_not_built_again(self, house) -> None:
        bring(house, "zz-evil.top", "*")
        again = bring(house, "never read", expires_on=date(2027, 1, 1))

        assert (again.entries, again.refused) == (1, 1)
        assert look(house, "domain", "zz-evil.top")

    def test_an_expired_list_says_nothing(self, house) -> None:
        bring(house, "zz-evil.top", expires_on=house.now.date())
        later = house.now.date() + timedelta(days=1)

        assert look(house, "domain", "zz-evil.top")
        assert not look(house, "domain", "zz-evil.top", on=later)
        row = list_lists(actor=None, shelf=house.shelf, today=later)[0]
        assert row.is_expired

    def test_a_removed_list_says_nothing(self, house) -> None:
        made = bring(house, "zz-evil.top")

        known.remove_list(number=made.number, reason="wrong feed", by=None, now=house.now)

        assert not look(house, "domain", "zz-evil.top")
        with pytest.raises(known.ListRefused, match="unknown"):
            known.remove_list(number=made.number, reason="x", by=None, now=house.now)

    def test_a_list_whose_file_is_gone_is_named(self, house, tmp_path) -> None:
        bring(house, "zz-evil.top")
        elsewhere = MappedShelf(tmp_path / "empty")

        found = find_known(
            subjects=[("domain", "zz-evil.top")], shelf=elsewhere, today=house.now.date()
        )

        assert found.unread == ("phish",)
        assert found.hits == ((),)
        assert not list_lists(actor=None, shelf=elsewhere, today=house.now.date())[0].is_here

    @pytest.mark.parametrize("field", ["name", "source", "licence"])
    def test_a_list_says_where_it_is_from(self, house, field: str) -> None:
        with pytest.raises(known.ListRefused, match="fields"):
            bring(house, "zz-evil.top", **{field: " "})

    def test_a_list_of_nothing_is_refused(self, house) -> None:
        with pytest.raises(known.ListRefused, match="empty"):
            bring(house, "no domain")
        assert not KnownList.objects.exists()

    def test_only_who_manages_lists_brings_and_ends_them(self, house, hire) -> None:
        analyst, keeper = hire(Role.ANALYST), hire(Role.ADMINISTRATOR)
        with pytest.raises(NotAllowed):
            bring(house, "zz-evil.top", by=analyst)
        made = bring(house, "zz-evil.top", by=keeper)
        for by, reason in ((analyst, "x"), (keeper, " ")):
            with pytest.raises(NotAllowed):
                known.remove_list(number=made.number, reason=reason, by=by, now=house.now)


class TestDecisions:
    def test_subjects_of_a_report_that_was_acted_on_are_known(self, house, hire) -> None:
        officer = hire()
        report = take(
            house, losses=[{"amount": "500", "currency": "CNY", "from": "me", "to": CARD}]
        )
        decide(house, report, officer)

        link = look(house, "url", "https://zz-evil.top/pay/now?x=1")
        card = look(house, "bank_card", CARD)

        assert [(hit.is_own, hit.report) for hit in link] == [(True, report)]
        assert card[0].is_payee
        assert card[0].reason.key == "hit.own.payee"
        assert look(house, "phone", f"+86{PHONE}")
        assert not look(house, "domain", "other.top")
        assert weigh(link) is Standing.BAD

    def test_what_only_the_text_names_is_not_accused(self, house, hire) -> None:
        report = house.file("我的电话 13900005678，骗子网站 bad.example.com", region="500000")
        house.work()
        decide(house, report, hire())

        assert not KnownEntry.objects.exists()
        assert not Event.objects.filter(kind__startswith="known.").exists()

    def test_another_outcome_lists_nothing(self, house, hire) -> None:
        decide(house, take(house), hire(), "NO_VIOLATION", "advertising")

        assert not KnownEntry.objects.exists()

    def test_a_decision_that_is_revised_takes_them_back(self, house, hire) -> None:
        officer, lead = hire(), hire(Role.REGIONAL_LEAD)
        report = take(house)
        first = decide(house, report, officer)
        assert look(house, "phone", PHONE)

        ruling = Ruling(outcome="NO_VIOLATION", reason="advertising", overrides=first)
        decide_report(report=report, ruling=ruling, by=lead, now=house.now)
        house.work()

        assert not look(house, "phone", PHONE)
        assert Event.objects.filter(kind="known.withdrawn").count() == 1

    def test_doing_the_step_twice_changes_nothing(self, house, hire) -> None:
        report = take(house)
        event = decide(house, report, hire())
        Job.objects.create(
            step="list", subject=f"report:{report}", event=event, due_at=house.now, tries=0
        )
        house.work()

        assert Event.objects.filter(kind="known.added").count() == 1

    def test_what_accuses_nobody_is_not_listed(self, house, hire) -> None:
        subjects = [{"kind": "link", "value": "https://www.taobao.com/"}]
        decide(house, take(house, subjects=subjects), hire())

        assert not KnownEntry.objects.exists()

    def test_what_is_known_to_be_good_is_not_listed(self, house, hire) -> None:
        bring(house, "zz-bank.top", is_bad=False, name="banks")
        subjects = [
            {"kind": "link", "value": "https://zz-bank.top/"},
            {"kind": "link", "value": "https://zz-bank.top/user/17"},
        ]
        decide(house, take(house, subjects=subjects), hire())

        assert list(KnownEntry.objects.values_list("entry", flat=True)) == ["zz-bank.top/user/17"]


class TestExceptions:
    def test_a_wrong_listing_ends_at_once_in_every_process(self, house, hire) -> None:
        officer, analyst = hire(), hire(Role.ANALYST)
        bring(house, "zz-evil.top")
        decide(house, take(house), officer)
        other_process = MappedShelf(house.shelf._root)
        url = "http://zz-evil.top/pay/now"
        assert len(look(house, "url", url, shelf=other_process)) == 2

        known.remove_known(kind="url", value=url, reason="hacked", by=analyst, now=house.now)

        assert not look(house, "url", url, shelf=other_process)
        assert look(house, "domain", "zz-evil.top")
        row = list_exceptions(actor=analyst)[0]
        assert (row.entry, row.reason) == ("zz-evil.top/pay/now", "hacked")

    def test_the_page_tells_of_hits_that_are_excepted(self, house) -> None:
        bring(house, "zz-evil.top")
        known.remove_known(kind="domain", value="zz-evil.top", reason="x", by=None, now=house.now)

        looked = look_up(
            actor=None,
            kind="domain",
            value="zz-evil.top",
            shelf=house.shelf,
            today=house.now.date(),
        )

        assert (len(looked.every), looked.counting, looked.is_excepted) == (1, (), True)
        assert looked.standing is Standing.UNKNOWN

    def test_an_exception_ends(self, house) -> None:
        bring(house, "zz-evil.top")
        told = {"kind": "domain", "value": "zz-evil.top", "by": None, "now": house.now}
        known.remove_known(reason="x", **told)
        with pytest.raises(known.KnownUnchanged):
            known.remove_known(reason="x", **told)

        known.restore_known(reason="it was right", **told)

        assert look(house, "domain", "zz-evil.top")
        with pytest.raises(known.KnownUnchanged):
            known.restore_known(reason="x", **told)

    @pytest.mark.parametrize(
        ("role", "reason"),
        [(Role.INTAKE_OFFICER, "x"), (Role.AUDITOR, "x"), (Role.ANALYST, ""), (Role.ANALYST, " ")],
    )
    def test_it_needs_the_right_and_a_reason(self, house, hire, role: Role, reason: str) -> None:
        by = hire(role)
        with pytest.raises(NotAllowed):
            known.remove_known(
                kind="domain", value="a.example.com", reason=reason, by=by, now=house.now
            )
        assert not KnownException.objects.exists()

    def test_what_no_list_holds_cannot_be_excepted(self, house) -> None:
        with pytest.raises(EntryRefused):
            known.remove_known(kind="domain", value="com", reason="x", by=None, now=house.now)


def dump() -> list[list[dict]]:
    order = {KnownEntry: "entry", KnownException: "event", KnownList: "event"}
    return [
        [{k: v for k, v in row.items() if k != "id"} for row in model.objects.order_by(by).values()]
        for model, by in order.items()
    ]


def test_a_rebuild_from_the_vault_brings_all_of_it_back(house, hire) -> None:
    officer, analyst = hire(), hire(Role.ANALYST)
    bring(house, "zz-evil.top")
    made = bring(house, "other.example.com", name="old", digest="cd" * 32)
    known.remove_list(number=made.number, reason="x", by=None, now=house.now)
    decide(house, take(house), officer)
    told = {"kind": "phone", "by": analyst, "now": house.now}
    known.remove_known(value=PHONE, reason="his own", **told)
    known.remove_known(value="13900009999", reason="x", **told)
    known.restore_known(value="13900009999", reason="x", **told)
    house.work()
    before = dump()
    assert all(before)

    rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)

    assert dump() == before
    assert not look(house, "phone", PHONE)
    assert look(house, "url", "http://zz-evil.top/pay/now")[0].is_own
    assert not Job.objects.filter(step="list").exists()


def test_a_rebuild_takes_up_what_was_not_noted_yet(house, hire) -> None:
    report = take(house)
    officer = hire()
    claim_report(report=report, by=officer, now=house.now)
    ruling = Ruling(outcome="ACTIONED", reason="site_closed")
    decide_report(report=report, ruling=ruling, by=officer, now=house.now)
    Job.objects.filter(step="list").delete()
    house.work()
    assert not KnownEntry.objects.exists()

    rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)
    house.work()

    assert KnownEntry.objects.count() == 2
