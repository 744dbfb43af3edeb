"""Which region a report belongs to, and why."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tipline.domain.intake.region import is_known, province_of, region_of_area
from tipline.domain.values import EVERYWHERE, Identifier
from tipline.domain.words import Reason

_HOME = "+86"


class Routing(Struct, frozen=True):
    """A region (GB/T 2260) and the reason for it."""

    region: str
    reason: Reason


def choose_region(
    *, reported: str | None, identifiers: Iterable[Identifier], default: str = EVERYWHERE
) -> Routing:
    """Choose the region: what the reporter said, else what landlines say, else ``default``."""
    if reported and is_known(reported):
        return Routing(reported, Reason("region.reported", {"region": reported}))
    region = _find_landline_region(identifiers)
    if region:
        return Routing(region, Reason("region.landline", {"region": region}))
    return Routing(default, Reason("region.default"))


def find_region(phone: str) -> str | None:
    """Region of a landline in E.164; None for mobile and foreign numbers."""
    if not phone.startswith(_HOME) or (phone.startswith(f"{_HOME}1") and len(phone) == 14):
        return None
    national = phone.removeprefix(_HOME)
    return region_of_area(national[:2]) or region_of_area(national[:3])


def _find_landline_region(identifiers: Iterable[Identifier]) -> str | None:
    # The one named most often; several cities of one province speak for the province.
    found = [find_region(each.value) for each in identifiers if each.kind == "phone"]
    regions = Counter(region for region in found if region)
    provinces = {province_of(region) for region in regions}
    if len(regions) > 1 and len(provinces) == 1:
        return provinces.pop()
    return max(regions, key=regions.__getitem__, default=None)
