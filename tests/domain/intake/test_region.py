"""Regions and area codes."""

import pytest

from tipline.domain.intake.cities import CITIES
from tipline.domain.intake.provinces import PROVINCES
from tipline.domain.intake.region import (
    NAMES,
    REGION_OF_AREA,
    contains,
    is_known,
    list_provinces,
    name_of,
    province_of,
    region_of_area,
)


def test_there_are_34_provinces_and_333_prefectures() -> None:
    assert len(list(list_provinces())) == 34
    under_the_province = [code for code in CITIES if code[2:4] == "90"]
    assert len(CITIES) - len(under_the_province) == 333


def test_every_city_lies_in_its_province() -> None:
    assert all(province_of(code) in PROVINCES for code in CITIES)
    assert all(contains(province_of(code) or "", code) for code in CITIES)


def test_names_are_in_both_languages_and_tell_apart() -> None:
    assert name_of("500000", "en") == "Chongqing"
    assert name_of("500000", "zh-hans") == "重庆市"
    assert name_of("410100", "zh") == "郑州市"
    assert name_of("000000", "en") == "National"
    assert name_of("500105", "en") == "Chongqing 500105"
    assert name_of("999999", "en") == "999999"
    in_one_province = {(code[:2], *names) for code, names in NAMES.items()}
    assert len(in_one_province) == len(NAMES)
    assert all(
        english.isascii() or english in {"Lüliang", "Xigazê"} for english, _ in NAMES.values()
    )
    assert not any(chinese.isascii() for _, chinese in NAMES.values())


@pytest.mark.parametrize(
    ("area", "region"),
    [
        ("010", "110000"),
        ("021", "310000"),
        ("022", "120000"),
        ("023", "500000"),
        ("020", "440100"),
        ("025", "320100"),
        ("027", "420100"),
        ("0371", "410000"),
        ("371", "410000"),
        ("0311", "130100"),
        ("0731", "430000"),
        ("0755", "440300"),
        ("028", "510000"),
        ("029", "610000"),
        ("024", "210000"),
        ("0898", "460000"),
        ("0991", "650100"),
        ("0558", "340000"),
        ("0999", "654000"),
        ("0300", None),
        ("026", None),
        ("", None),
        ("x", None),
    ],
)
def test_area_codes(area: str, region: str | None) -> None:
    assert region_of_area(area) == region


def test_every_area_code_is_two_or_three_digits_and_leads_somewhere() -> None:
    assert all(area.isdigit() and len(area) in {2, 3} for area in REGION_OF_AREA)
    assert all(map(is_known, REGION_OF_AREA.values()))
    assert {province_of(region) for region in REGION_OF_AREA.values()} == {
        code for code in PROVINCES if code < "700000"
    }


def test_area_codes_are_prefix_free() -> None:
    # Otherwise a number could be read in two ways.
    short = {area for area in REGION_OF_AREA if len(area) == 2}
    assert not [area for area in REGION_OF_AREA if len(area) == 3 and area[:2] in short]


@pytest.mark.parametrize("code", ["", "50", "99", "5000000", "abcdef", "990000", "00000x"])
def test_what_is_no_region(code: str) -> None:
    assert not is_known(code)
    assert province_of(code) is None


def test_the_whole_country_contains_all() -> None:
    assert all(contains("000000", code) for code in NAMES)
    assert not contains("500000", "000000")
