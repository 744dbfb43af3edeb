"""Which region and which agency a report belongs to, and why.

The region is what the report says, else where its landlines lie, else where its mobile numbers
were issued. The agency is the one that a rule names for the offence there, else the nearest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tipline.domain.intake.region import is_known, province_of, region_of_area
from tipline.domain.triage.mobile import find_issued
from tipline.domain.values import EVERYWHERE, Identifier, region_contains
from tipline.domain.words import Reason

_HOME = "+86"
Agencies = Sequence[tuple[str, str]]  # code, region


class Routing(Struct, frozen=True):
    """A region (GB/T 2260) and the reason for it."""

    region: str
    reason: Reason


class Rule(Struct, frozen=True):
    """Reports of an offence that begins with ``offence``, in ``region`` or within, go to ``agency``.

    "FR" covers all fraud, "FR-PHISH" one offence, nothing all reports, also those of no offence.
    """

    offence: str
    region: str
    agency: str


class Errand(Struct, frozen=True):
    """The agency that gets a report, None where no one is responsible, and the reason for it."""

    agency: str | None
    reason: Reason


def choose_region(
    *, reported: str | None, identifiers: Iterable[Identifier], default: str = EVERYWHERE
) -> Routing:
    """Choose the region: the reporter's word, landlines, mobile numbers, else ``default``."""
    if reported and is_known(reported):
        return Routing(reported, Reason("region.reported", {"region": reported}))
    phones = [each.value for each in identifiers if each.kind == "phone" and not each.innocent]
    for reason, find in (("region.landline", find_region), ("region.mobile", find_issued)):
        region = _agree(region for phone in phones if (region := find(phone)))
        if region:
            return Routing(region, Reason(reason, {"region": region}))
    return Routing(default, Reason("region.default"))


def choose_agency(
    *, region: str, offence: str, rules: Iterable[Rule], agencies: Agencies
) -> Errand:
    """Choose the agency: of the rules that fit, the one for the narrowest offence, then region."""
    fitting = [each for each in rules if _fits(each, region=region, offence=offence)]
    if fitting:
        rule = max(fitting, key=_tell_narrowness)
        return Errand(rule.agency, Reason("agency.rule", {"rule": name_rule(rule)}))
    nearest = find_nearest(region, agencies)
    return Errand(nearest, Reason("agency.nearest" if nearest else "agency.none"))


def name_rule(rule: Rule) -> str:
    """Write a rule as its reason shows it: "FR-PHISH 500000"."""
    return f"{rule.offence or '*'} {rule.region}"


def find_nearest(region: str, agencies: Agencies) -> str | None:
    """The agency whose region lies inside all others that hold ``region``; None for no one."""
    nearest: tuple[str, str] | None = None
    for code, held in agencies:
        if region_contains(held, region) and (nearest is None or _is_inside(held, nearest[1])):
            nearest = (code, held)
    return nearest[0] if nearest else None


def find_region(phone: str) -> str | None:
    """Region of a landline in E.164; None for mobile and foreign numbers."""
    if not phone.startswith(_HOME) or (phone.startswith(f"{_HOME}1") and len(phone) == 14):
        return None
    national = phone.removeprefix(_HOME)
    return region_of_area(national[:2]) or region_of_area(national[:3])


def _fits(rule: Rule, *, region: str, offence: str) -> bool:
    is_meant = not rule.offence or offence == rule.offence or offence.startswith(f"{rule.offence}-")
    return is_meant and region_contains(rule.region, region)


def _tell_narrowness(rule: Rule) -> tuple[int, int, str]:
    wide = len(rule.region) - len(rule.region.rstrip("0"))
    return len(rule.offence), -wide, rule.agency


def _is_inside(inner: str, outer: str) -> bool:
    return inner != outer and region_contains(outer, inner)


def _agree(found: Iterator[str]) -> str | None:
    # The one named most often; several cities of one province speak for the province.
    regions = Counter(found)
    provinces = {province_of(region) for region in regions}
    if len(regions) > 1 and len(provinces) == 1:
        return provinces.pop()
    return max(regions, key=regions.__getitem__, default=None)
