"""A report joins those that tell the same; the groups are the same however they came about."""

from datetime import timedelta

import numpy as np
import pytest

from tests.store.telling import tell
from tipline.adapters.templates import FileIndex, MemoryIndex
from tipline.domain.duties import Role
from tipline.domain.triage.templates import read_wordings
from tipline.services import ledger, rebuild
from tipline.services.templates import compact_templates
from tipline.store import models
from tipline.store.queries.segments import SegmentsUnread
from tipline.store.queries.templates import find_groups
from tipline.store.queries.told import get_group, get_told, list_members

pytestmark = pytest.mark.django_db

LOAN = "尊敬的客户您的贷款额度已经审批通过请尽快添加专员微信办理放款手续过期作废"
LOTTERY = "恭喜您的手机号码被节目组抽中二等奖请登录官方网站领取奖金和笔记本电脑"
PHONE = "13900001{:03d}"


def loan(number: int, text: str = LOAN) -> str:
    return f"{text}，电话 {PHONE.format(number)}"


def dump():
    tables = (
        models.TemplateGroup,
        models.TemplateWording,
        models.TemplateMember,
        models.TemplateBand,
    )
    rows = {table.__name__: sorted(map(str, table.objects.values_list())) for table in tables}
    named = models.TemplateIdentifier.objects.values_list("group", "identifier__value", "count")
    return {**rows, "named": sorted(named)}


@pytest.fixture
def file(house):
    def put(*texts):
        reports = house.file_many(list(texts), region="500000")
        worker = house.shift()
        worker._collect()  # brought to the desk and not read yet
        worker._leave()
        return reports

    return put


def test_the_same_text_with_other_numbers_is_told_again(house, file):
    one, two, three = file(loan(1), loan(2), loan(2))

    first, second, third = tell([one, two, three], now=house.now)

    assert (first.told, second.told, third.told) == (0, 1, 2)
    assert first.group == second.group == third.group == first.key
    assert (first.is_same, second.is_same, third.is_same) == (False, True, True)
    told = get_told(report=three)
    assert told is not None
    assert (told.count, told.numbers, told.is_same) == (3, 2, True)


def test_a_changed_wording_joins_and_another_text_does_not(house, file):
    changed = LOAN.replace("尽快添加专员", "立即联系我们的经理加")
    (one,) = file(loan(1))
    (first,) = tell([one], now=house.now)
    two, three = file(loan(2, changed), loan(3, LOTTERY))

    second, third = tell([two, three], now=house.now)

    assert second.group == first.group
    assert 0.3 <= second.place.likeness < 1
    assert not second.is_same
    assert (third.group, third.told) == (third.key, 0)
    assert models.TemplateGroup.objects.get(key=first.group).wordings == 2


def test_one_batch_and_one_by_one_give_the_same_groups(house, file):
    texts = [loan(1), loan(2, LOTTERY), loan(3, LOAN[4:]), loan(4), loan(5, LOTTERY[:-6] + "手表")]
    together = file(*texts)
    tell(together, now=house.now)
    batch = dump()
    models.TemplateBand.objects.all().delete()
    models.TemplateIdentifier.objects.all().delete()
    models.TemplateMember.objects.all().delete()
    models.TemplateWording.objects.all().delete()
    models.TemplateGroup.objects.all().delete()

    for each in together:
        tell([each], now=house.now)

    alone = dump()
    assert len(models.TemplateGroup.objects.all()) == 2
    assert batch["TemplateGroup"] == alone["TemplateGroup"]
    assert batch["named"] == alone["named"]


def test_a_text_that_says_too_little_has_no_group(house, file):
    one, two, three, four = file("被骗了", "被骗了", "13900001234", "骗子电话 13900001234 转账")

    joined = tell([one, two, three, four], now=house.now)

    assert [each.group for each in joined[:3]] == ["", "", ""]
    assert joined[3].group  # six letters, told word for word, may be the same; never merely like
    assert get_told(report=one) is None
    assert not models.TemplateBand.objects.exists()


def test_assessing_again_changes_nothing_and_counts_once(house, file):
    reports = file(loan(1), loan(2), loan(3, LOTTERY))
    tell(reports, now=house.now)
    before = dump()

    again = tell(reports, now=house.now)

    assert [each.told for each in again] == [1, 1, 0]
    assert dump() == before


def test_a_report_that_reads_otherwise_now_leaves_its_group(house, file, monkeypatch):
    one, two = file(loan(1), loan(2))
    tell([one, two], now=house.now)
    group = get_told(report=two).group
    models.TemplateMember.objects.filter(report=two).update(key="0" * 16)  # by another version
    monkeypatch.setattr("tests.store.telling.scan", lambda _text: ())

    (joined,) = tell([two], now=house.now)

    assert joined.key != group
    assert models.TemplateGroup.objects.get(key=group).count + (joined.group != group) == 2
    named = models.TemplateIdentifier.objects.filter(group=group)
    assert sum(each.count for each in named) == 1


def test_a_rebuilt_desk_has_the_same_groups(house, file):
    texts = [loan(1), loan(2), loan(3, LOTTERY), loan(4, LOAN[3:]), "短"]
    for part in (texts, texts[::-1]):
        tell(file(*part), now=house.now)
    while ledger.send_events(vault=house.vault):
        pass
    before = dump()

    rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)

    assert dump() == before
    assert before["TemplateMember"]


@pytest.fixture(params=["files", "memory"])
def index(request, tmp_path):
    return FileIndex(tmp_path / "templates") if request.param == "files" else MemoryIndex()


def test_segments_answer_like_the_rows_that_they_replace(house, file, index):
    tell(file(loan(1), loan(2, LOTTERY)), now=house.now)
    assert compact_templates(index=index, now=house.now, least=3) == 0
    assert compact_templates(index=index, now=house.now, least=2) == 2
    assert not models.TemplateBand.objects.exists()
    new = file(loan(3, LOAN[5:]), loan(4, LOTTERY[5:]), loan(5, LOTTERY))

    with pytest.raises(SegmentsUnread):
        tell(new, now=house.now)
    joined = tell(new, now=house.now, index=index)

    founders = set(models.TemplateGroup.objects.values_list("key", flat=True))
    assert {each.group for each in joined} == founders
    assert [each.told for each in joined] == [1, 1, 2]


def test_a_segment_that_this_machine_lacks_is_written_anew(house, file, index):
    tell(file(loan(1)), now=house.now)
    compact_templates(index=index, now=house.now, least=1)
    index.use([])
    index.forget([])

    (joined,) = tell(file(loan(2, LOAN[4:])), now=house.now, index=index)

    assert joined.told == 1


def test_small_segments_are_joined_into_larger_ones(house, file, index):
    texts = [f"{number}号{chr(0x4E00 + 97 * number) * 4}" + LOTTERY[number:] for number in range(6)]
    for text in texts:
        tell(file(text[::-1] if text[0] in "024" else text), now=house.now, index=index)
        compact_templates(index=index, now=house.now, least=1)

    segments = models.TemplateSegment.objects.all()
    kept = models.TemplateWording.objects.exclude(bands=b"").count()
    assert sum(each.count for each in segments) == kept
    assert len(segments) < 4
    assert models.TemplateWording.objects.exclude(bands=b"").filter(segment=None).count() == 0


def test_the_analyst_sees_how_often_since_when_and_in_which_words(house, file, hire):
    lead, stranger = hire(Role.REGIONAL_LEAD), hire(Role.INTAKE_OFFICER, region="110000")
    start = house.now
    for week, numbers in enumerate(((1, 2), (3,), (3, 4, 5))):
        house.now = start - timedelta(weeks=2 - week)
        tell(file(*(loan(number, LOAN[number % 2 :]) for number in numbers)), now=house.now)
    group = models.TemplateGroup.objects.get().key

    page = get_group(actor=lead, group=group, now=start)

    assert page is not None
    assert (page.count, page.visible, page.numbers, page.different) == (6, 6, 5, 2)
    assert page.identifiers == (("phone", 5),)
    assert [count for _, count in page.weeks] == [2, 1, 3]
    assert all(monday.weekday() == 0 for monday, _ in page.weeks)
    assert [each.count for each in page.wordings] == [4, 2]
    assert page.first_at < page.last_at
    rows = list_members(actor=lead, group=group, now=start, size=4)
    rest = list_members(actor=lead, group=group, now=start, before=rows[-1].report)
    assert len({each.report for each in (*rows, *rest)}) == 6
    elsewhere = get_group(actor=stranger, group=group, now=start)
    assert (elsewhere.count, elsewhere.visible, elsewhere.wordings) == (6, 0, ())
    assert list_members(actor=stranger, group=group, now=start) == ()


def test_two_orders_of_asking_name_the_older_of_equals(house, file):
    one, two = file(loan(1), loan(2, LOTTERY))
    tell([one, two], now=house.now)
    mixed = LOAN[:18] + LOTTERY[18:]
    (three,) = file(loan(3, mixed))

    found = [tell([three], now=house.now)[0].group for _ in range(3)]

    assert len(set(found)) == 1


def test_nothing_is_asked_of_an_empty_batch():
    wordings = read_wordings([], [])

    assert find_groups(reports=[], wordings=wordings) == []
    assert wordings.keys.dtype == np.uint64
