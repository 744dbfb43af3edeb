"""Regions of the country by GB/T 2260 code, and where a landline's area code lies."""

from collections.abc import Iterator, Mapping

from tipline.domain.intake.cities import CITIES
from tipline.domain.intake.provinces import PROVINCES
from tipline.domain.values import EVERYWHERE, region_contains

NAMES: Mapping[str, tuple[str, str]] = {
    EVERYWHERE: ("National", "全国"),
    **PROVINCES,
    **{code: (city.english, city.chinese) for code, city in CITIES.items()},
}
_MUNICIPAL = {"10": "110000", "21": "310000", "22": "120000", "23": "500000"}


def is_known(code: str) -> bool:
    """Tell whether ``code`` is a region: named here, or a county within one that is."""
    return code in NAMES or find_named(code) is not None


def find_named(code: str) -> str | None:
    """Code of the smallest region with a name here that contains ``code``; None if none does."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    return next(
        (each for each in (code, f"{code[:4]}00", f"{code[:2]}0000") if each in NAMES), None
    )


def name_of(code: str, language: str) -> str:
    """Name of a region in ``language``: Chinese for any ``zh`` tag, else English.

    A county has the name of its city and its own code; an unknown code is given back.
    """
    named = find_named(code)
    if named is None:
        return code
    english, chinese = NAMES[named]
    name = chinese if language.lower().startswith("zh") else english
    return name if named == code else f"{name} {code}"


def contains(outer: str, inner: str) -> bool:
    """Tell whether region ``inner`` lies in region ``outer`` or is the same."""
    return region_contains(outer, inner)


def province_of(code: str) -> str | None:
    """Code of the province in which ``code`` lies; None for the whole country and unknown codes."""
    province = f"{code[:2]}0000"
    return province if province in PROVINCES and find_named(code) else None


def list_provinces() -> Iterator[str]:
    """Codes of the 34 provinces, in the order of the standard."""
    return iter(PROVINCES)


def _list_areas() -> dict[str, str]:
    # An area code that several cities share stands for their province.
    areas = dict(_MUNICIPAL)
    for city in CITIES.values():
        for area in city.area_codes:
            areas[area] = f"{city.code[:2]}0000" if area in areas else city.code
    return areas


REGION_OF_AREA: Mapping[str, str] = _list_areas()


def region_of_area(area_code: str) -> str | None:
    """Region of a landline's area code, with or without its leading zero; None if there is none."""
    return REGION_OF_AREA.get(area_code.removeprefix("0"))
