"""Numbers of other countries, with their country code or as they are dialled at home. Value: E.164."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import phonenumbers

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.labels import may_start_number
from tipline.domain.values import Identifier

_PLUS = re.compile(
    r"(?<![0-9+])(?:\(?\+ ?|(?<![a-z])plus (?=[1-9])|00(?=[1-9][0-9]{0,2}[ (-]?[0-9 ()-]))(?!86)[1-9][0-9 ().-]{6,22}[0-9](?![0-9])"
)
_AMERICAN = re.compile(
    r"(?<![0-9.+-])(?:1[-. ])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-. ])[2-9][0-9]{2}[-. ][0-9]{4}(?![0-9]|[-.][0-9])"
)
_BRITISH = re.compile(
    r"(?<![0-9+-])0[1237][0-9]{2,4}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9]|[-.][0-9])"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
GATE = r"(?:\+ ?|plus |00)[1-9][0-9 ().-]{6}|[2-9][0-9]{2}(?:[-. ]|\) ?)[2-9][0-9]{2}[-. ][0-9]{4}|0[1237][0-9 -]{8}"
_CANDIDATES_MAX = 300  # in one text
_GAP = re.compile(r"(?<=[0-9])[ ().-]+(?=[0-9])")
_E164 = phonenumbers.PhoneNumberFormat.E164


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find numbers of other countries in a folded text."""
    for match in islice(_PLUS.finditer(folded.plain), _CANDIDATES_MAX):
        found = _read_international(match[0])
        if found:
            value, length = found
            yield folded.make("phone", value, (match.start(), match.start() + length))
    if not _CHINESE.search(folded.plain):
        yield from _find_at_home(folded, _AMERICAN, "US")
        yield from _find_at_home(folded, _BRITISH, "GB")


def _find_at_home(folded: Folded, pattern: re.Pattern[str], region: str) -> Iterator[Identifier]:
    for match in islice(pattern.finditer(folded.plain), _CANDIDATES_MAX):
        value = _read_national(match[0], region)
        if value and may_start_number(folded, match.start()):
            yield folded.make("phone", value, match.span())


@lru_cache(2048)
def _read_national(written: str, region: str) -> str | None:
    number = _parse(written, region)
    is_right = phonenumbers.is_valid_number if region == "GB" else phonenumbers.is_possible_number
    if not number or not is_right(number):
        return None
    return phonenumbers.format_number(number, _E164)


@lru_cache(2048)
def _read_international(written: str) -> tuple[str, int] | None:
    # A number in service wins, perhaps without a last group ("+44 20 7946 0958 2 times"); else one
    # of a possible length, since a caller may show any number. A plain 00 may begin anything.
    beginnings = list(_list_beginnings(written))
    tests = (phonenumbers.is_valid_number, phonenumbers.is_possible_number)
    for is_right in tests if written.lstrip("(")[0] == "+" else tests[:1]:
        for beginning in beginnings:
            number = _parse(_dial(beginning))
            if number and is_right(number):
                return phonenumbers.format_number(number, _E164), len(beginning)
    return None


def _dial(written: str) -> str:
    if written.startswith("plus "):
        return "+" + written[5:]
    return "+" + written[2:] if written.startswith("00") else written


def _list_beginnings(written: str) -> Iterator[str]:
    yield written
    parts = list(_GAP.finditer(written))
    if len(parts) > 1:
        yield written[: parts[-1].start()]


def _parse(written: str, region: str | None = None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
