"""Spread, known subjects and signals reach the opinion; a brigade does not."""

from itertools import product

import pytest

from tipline.store import models
from tipline.store.queries.sightings import ENOUGH, list_sightings

pytestmark = pytest.mark.django_db
TEXTS = (
    "客服说我的包裹丢失，要我添加理赔专员，联系电话 {}",
    "在网上买手机付款后卖家一直不发货，卖家电话 {}",
    "There is a man who sells train tickets that are never delivered, call {}",
)
NUMBERS = ("13900001111", "13900002222", "13900003333")


def parts(report: int) -> dict[str, int]:
    row = models.Assessment.objects.filter(report=report).order_by("-event")[0]
    return {name: points for name, points, *_ in row.parts}


def take(house, text: str) -> dict[str, int]:
    report = house.file(text)
    house.work()
    return parts(report)


def test_the_same_report_sent_many_times_counts_once(house):
    text = TEXTS[0].format(NUMBERS[0])
    first = take(house, text)
    house.file_many([text] * 60)
    house.work()

    assert take(house, text) == first
    assert "spread" not in first
    assert models.TemplateGroup.objects.get().count == 62


def test_other_texts_about_the_number_and_other_numbers_in_the_text_do_count(house):
    house.file_many([text.format(number) for text, number in product(TEXTS[:2], NUMBERS)])
    house.work()

    assert take(house, TEXTS[0].format(NUMBERS[0]))["spread"] > 0
    assert take(house, TEXTS[2].format(NUMBERS[0]))["spread"] > 0


def test_what_accuses_nobody_spreads_nothing(house):
    house.file_many([text.format("96110") for text in TEXTS])
    house.work()

    assert "spread" not in take(house, TEXTS[0].format("96110"))


def test_a_flood_of_texts_about_one_number_is_counted_to_a_limit_only(house):
    groups = [f"{n:016x}" for n in range(ENOUGH * 3)]
    phone = models.Identifier.objects.create(kind="phone", value="+8613900001111")
    models.TemplateGroup.objects.bulk_create(
        models.TemplateGroup(key=each, first_at=house.now, last_at=house.now) for each in groups
    )
    models.TemplateIdentifier.objects.bulk_create(
        models.TemplateIdentifier(group_id=each, identifier=phone, count=1) for each in groups
    )

    seen = list_sightings(named={("phone", "+8613900001111")}, groups={groups[-1]})

    assert ENOUGH <= len(seen) <= ENOUGH + 1
    assert {each.identifier for each in seen} == {"phone:+8613900001111"}
