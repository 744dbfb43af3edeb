"""Landlines of the mainland with their area code, and 400 and 800 numbers. Value: E.164."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.intake.region import region_of_area
from tipline.domain.triage.reading.digits import keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.labels import may_start_number
from tipline.domain.values import Identifier

_COUNTRY = r"(?:(?:\+|(?<![0-9])00)?86[ -]?)"
_END = r"(?![0-9a-z]|[.,][0-9]{1,3}(?![0-9])|-[0-9]{4,})"
_LANDLINE = re.compile(
    rf"(?<![0-9])(?<![0-9][.-])(?:{_COUNTRY}[(（\[]?0?|[(（\[]?0)(?P<area>10|2[0-9]|[3-9][0-9]{{2}})[)）\]]?"
    rf"[ -]{{0,3}}(?P<local>[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}){_END}",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    rf"(?<![0-9a-z])(?<![0-9][.-])(?P<country>{_COUNTRY})?(?P<number>[48]00(?:[ -]?[0-9]){{7}}){_END}",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BRITISH = re.compile(
    r"£|\buk\b|london|hmrc|\bnhs\b|royal mail|\bbarclays|lloyds|natwest", re.IGNORECASE
)
_EIGHT_DIGIT_AREAS = 2  # digits of the area codes whose numbers always have eight
GATE = (
    r"(?:0|86[ -]?[(（\[]?)[1-9][0-9]{1,2}[)）\]]?[ -]{0,3}[2-8][0-9]{2,3}[ -]?[0-9]{4}"
    r"|[48]00(?:[ -]?[0-9]){7}"
)


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find landlines and service numbers in a folded text."""
    for match in _SERVICE.finditer(folded.plain):
        if _is_service(folded, match):
            number = keep_digits(match["number"])
            yield folded.make("phone", f"+86{number}", match.span())
    for match in _LANDLINE.finditer(folded.plain):
        area, local = match["area"], keep_digits(match["local"])
        if _is_landline(folded, match, len(local)):
            yield folded.make("phone", f"+86{area}{local}", match.span())


def _is_service(folded: Folded, match: Match[str]) -> bool:
    # In a text without a word of Chinese, 800-555-0199 is American.
    is_home = match["country"] or match["number"][0] == "4" or _CHINESE.search(folded.plain)
    return bool(is_home or folded.is_whole(match)) and may_start_number(folded, match.start())


def _is_landline(folded: Folded, match: Match[str], digits: int) -> bool:
    area = match["area"]
    if not region_of_area(area) or (digits < 8 and len(area) <= _EIGHT_DIGIT_AREAS):
        return False
    is_british = (
        area == "20" and not _CHINESE.search(folded.plain) and _BRITISH.search(folded.plain)
    )
    return not is_british and may_start_number(folded, match.start())
