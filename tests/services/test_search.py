"""Reports are found by whoever may read them, however they were written, and by nobody else."""

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.domain.triage.correction import Correction, Part, Verb
from tipline.domain.triage.search import QueryRefused, read_query
from tipline.services import correction, search
from tipline.services.disposal import assign_report
from tipline.services.rebuild import rebuild_desk
from tipline.store.models import Event, SavedSearch, SearchEntry, SearchHit
from tipline.store.queries.search import (
    count_fresh,
    find_elsewhere,
    find_records,
    list_fresh_hits,
    list_saved,
)

pytestmark = pytest.mark.django_db


def look(house, by, asked: str) -> list[int]:
    rows = find_records(actor=by, query=read_query(asked), now=house.now)
    return [each.number for each in rows]


@pytest.mark.parametrize(
    "asked",
    [
        "客服",
        "冒充客服",
        "13900001234",
        "139 0000 1234",
        "\uff11\uff13\uff19-0000-1234",
        '"人冒充"',
        "客服 有人",
        "evil-shop",
    ],
)
def test_a_report_is_found_by_its_words_and_numbers(house, hire, asked):
    report = house.take("有人冒充客服，电话 壹叁玖零零零零壹贰叁肆，网址 www.evil-shop.top/pay")
    house.take("另一件事，与此无关")

    assert look(house, hire(), asked) == [report]


def test_what_is_not_there_in_a_row_is_not_found(house, hire):
    house.take("骗案与客服")

    assert look(house, hire(), "案客") == []
    assert look(house, hire(), "骗案客服") == []


def test_percent_signs_and_quotes_are_letters(house, hire):
    report = house.take('返利 100% "保本" a_b')
    by = hire()

    assert look(house, by, "100%") == [report]
    assert look(house, by, "a_b") == [report]
    assert look(house, by, "a%b") == []


def test_another_region_is_told_of_but_not_shown(house, hire):
    here, there = hire(region="500000"), hire(region="310000")
    house.take("冒充客服 13900001234", region="310000")
    query = read_query("13900001234")
    words = read_query("冒充客服")

    assert look(house, here, "冒充客服") == []
    assert len(look(house, there, "冒充客服")) == 1
    assert find_elsewhere(actor=here, query=query, now=house.now) == (("310000", "310000"),)
    assert find_elsewhere(actor=here, query=words, now=house.now) == ()
    assert find_elsewhere(actor=there, query=query, now=house.now) == ()


def test_an_analyst_finds_what_was_assigned_and_an_auditor_nothing(house, hire):
    report = house.take("冒充客服")
    analyst = hire(Role.ANALYST)
    assert look(house, analyst, "客服") == []
    assign_report(report=report, to=analyst.id, by=hire(Role.REGIONAL_LEAD), now=house.now)
    assert look(house, analyst, "客服") == [report]
    assert look(house, hire(Role.AUDITOR, region="000000"), "客服") == []


def test_a_kept_search_tells_of_what_came_later_once(house, hire):
    by = hire()
    house.take("冒充客服，早些时候")
    kept = search.save_search(query="冒充客服", by=by, now=house.now)
    assert count_fresh(actor=by) == 0
    report = house.take("又有人冒充客服")
    house.take("又有人冒充客服", region="310000")

    assert list_fresh_hits(actor=by, search=kept, now=house.now) == [("report", report)]
    assert [each.fresh for each in list_saved(actor=by)] == [1]
    search.see_hits(search=kept, by=by, now=house.now)
    assert count_fresh(actor=by) == 0
    assert SearchHit.objects.count() == 1


def test_searches_are_one_s_own(house, hire):
    kept = search.save_search(query="冒充客服", by=hire(), now=house.now)
    other = hire()

    with pytest.raises(search.SearchUnknown):
        search.end_search(search=kept, by=other, now=house.now)
    with pytest.raises(QueryRefused):
        search.save_search(query="x", by=other, now=house.now)
    with pytest.raises(NotAllowed):
        search.save_search(query="冒充客服", by=hire(Role.ADMINISTRATOR), now=house.now)
    assert list_saved(actor=other) == []


def test_saving_twice_keeps_one_and_ending_ends_it(house, hire):
    by = hire()
    first = search.save_search(query="冒充客服", by=by, now=house.now)
    assert search.save_search(query=" 冒充客服 ", by=by, now=house.now) == first
    search.end_search(search=first, by=by, now=house.now)
    house.take("又有人冒充客服")
    assert SavedSearch.objects.filter(ended_at=None).count() == 0
    assert SearchHit.objects.count() == 0


def test_a_number_that_an_officer_adds_is_found(house, hire):
    report = house.take("号码在图片里")
    by = hire()
    assert look(house, by, "13900001234") == []
    word = Correction(part=Part.IDENTIFIER, verb=Verb.CORRECT, name="", new="phone:+8613900001234")
    correction.correct_report(report=report, word=word, by=by, now=house.now)
    house.work()
    assert look(house, by, "13900001234") == [report]


def test_a_rebuilt_desk_finds_the_same(house, hire):
    by = hire()
    kept = search.save_search(query="冒充客服", by=by, now=house.now)
    report = house.take("有人冒充客服")
    before = list(SearchEntry.objects.values_list("kind", "number", "text"))
    house.work()
    assert not Event.objects.filter(leaf_index=None).exists()
    rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)
    assert list(SearchEntry.objects.values_list("kind", "number", "text")) == before
    assert look(house, by, "客服") == [report]
    assert list_fresh_hits(actor=by, search=kept, now=house.now) == [("report", report)]


def test_everything_can_be_made_findable_anew(house, hire):
    report = house.take("有人冒充客服")
    by = hire()
    assert search.index_all() == 1
    assert search.index_all() == 1
    assert look(house, by, "客服") == [report]
