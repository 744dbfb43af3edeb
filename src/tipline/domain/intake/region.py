"""Regions of the country by GB/T 2260 code: provinces, and the cities within them."""

from collections.abc import Iterator, Mapping

from tipline.domain.intake.provinces import PROVINCES
from tipline.domain.values import EVERYWHERE, region_contains

NAMES: Mapping[str, tuple[str, str]] = {EVERYWHERE: ("National", "全国"), **PROVINCES}


def is_known(code: str) -> bool:
    """Tell whether ``code`` names a region that the house knows."""
    return code in NAMES


def name_of(code: str, language: str) -> str:
    """Name of a region in ``language`` (Chinese for any zh tag, else English); the code if unknown."""
    english, chinese = NAMES.get(code, (code, code))
    return chinese if language.lower().startswith("zh") else english


def contains(outer: str, inner: str) -> bool:
    """Tell whether region ``inner`` lies in region ``outer`` or is the same."""
    return region_contains(outer, inner)


def province_of(code: str) -> str | None:
    """Code of the province in which ``code`` lies; None outside every province."""
    province = f"{code[:2]}0000"
    return province if province in PROVINCES and contains(province, code) else None


def list_provinces() -> Iterator[str]:
    """Codes of the 34 provinces, in the order of the standard."""
    return iter(PROVINCES)
