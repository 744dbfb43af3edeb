"""Telephone numbers: mainland mobile and landline, and numbers written with a country code.

Value: E.164, as ``+8613800138000``. Service numbers have a file of their own.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import phonenumbers

from tipline.domain.intake.region import region_of_area
from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.values import Identifier

_COUNTRY = r"(?:(?:\+|(?<!\d)00)86[ -]?)"
_MOBILE = re.compile(
    rf"(?<![\d.]){_COUNTRY}?(?P<mobile>1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}})(?![\da-z]|[.,]\d)",
    re.IGNORECASE,
)
_LANDLINE = re.compile(
    rf"(?<![\d.])(?:{_COUNTRY}[(（]?0?|[(（]?0)(?P<area>10|2\d|[3-9]\d{{2}})[)）]?[ -]{{0,2}}"
    r"(?P<local>[2-8]\d{2,3}[ -]?\d{4})(?![\da-z]|[.,]\d)",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"(?<![\d+])\+(?!86)[1-9][\d ().-]{6,22}\d(?!\d)")
_ABROAD_MAX = 300  # candidates in one text that are looked at closely
_GAP = re.compile(r"(?<=\d)[ ().-]+(?=\d)")
_E164 = phonenumbers.PhoneNumberFormat.E164
_LETTERS = re.compile(r"[a-z]+\Z")
_LABELS = frozenset(
    re.findall(
        r"\w+",
        "tel phone call mobile mob ph fax dial sms hotline contact whatsapp wechat weixin wx vx v "
        "qq q t m hp number no",
    )
)
_MONEY = re.compile(r"[¥￥$€£]\s?\Z")
_EIGHT_DIGIT_AREAS = 2  # digits of the area codes whose numbers always have eight


def find(text: str) -> Iterable[Identifier]:
    """Find telephone numbers in ``text``."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find telephone numbers in a folded text."""
    yield from _find_mobiles(folded)
    yield from _find_landlines(folded)
    yield from _find_abroad(folded)


def _find_mobiles(folded: Folded) -> Iterator[Identifier]:
    for match in _MOBILE.finditer(folded.plain):
        if _may_start(folded, match.start()):
            yield folded.make("phone", "+86" + _keep_digits(match["mobile"]), match.span())


def _find_landlines(folded: Folded) -> Iterator[Identifier]:
    for match in _LANDLINE.finditer(folded.plain):
        area, local = match["area"], _keep_digits(match["local"])
        is_long_enough = len(local) == 8 or len(area) > _EIGHT_DIGIT_AREAS
        if region_of_area(area) and is_long_enough and _may_start(folded, match.start()):
            yield folded.make("phone", f"+86{area}{local}", match.span())


def _find_abroad(folded: Folded) -> Iterator[Identifier]:
    for match in islice(_ABROAD.finditer(folded.plain), _ABROAD_MAX):
        found = _read_abroad(match[0])
        if found:
            value, length = found
            yield folded.make("phone", value, (match.start(), match.start() + length))


def _read_abroad(written: str) -> tuple[str, int] | None:
    # A number in service wins, perhaps without a last group ("+44 20 7946 0958 2 times"); else one
    # of a possible length, since a caller may show any number.
    beginnings = list(_list_beginnings(written))
    for is_right in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for beginning in beginnings:
            number = _parse(beginning)
            if number and is_right(number):
                return phonenumbers.format_number(number, _E164), len(beginning)
    return None


def _list_beginnings(written: str) -> Iterator[str]:
    yield written
    parts = list(_GAP.finditer(written))
    if len(parts) > 1:
        yield written[: parts[-1].start()]


def _parse(written: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return None


def _may_start(folded: Folded, place: int) -> bool:
    # Letters before a number are a label (Tel13800138000) or make it part of something longer.
    before = folded.before(place, 12)
    letters = _LETTERS.search(before)
    if letters:
        return letters[0] in _LABELS
    return not _MONEY.search(before)


def _keep_digits(written: str) -> str:
    return re.sub(r"\D", "", written)
