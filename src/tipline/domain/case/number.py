"""The number by which people cite a case: region, year, serial number of both."""

import re

_SHAPE = re.compile(r"(?P<region>\d{6})-(?P<year>\d{4})-(?P<serial>\d{6,9})", re.ASCII)


class NumberRefused(ValueError):
    """This is no number of a case."""


def write_prefix(*, region: str, year: int) -> str:
    """Write what all numbers of a region and a year begin with."""
    return f"{region}-{year:04d}-"


def write_number(*, region: str, year: int, serial: int) -> str:
    """Write a number: 310000-2026-000123."""
    return f"{write_prefix(region=region, year=year)}{serial:06d}"


def read_serial(number: str) -> int:
    """Read the serial part of a number.

    Raises:
        NumberRefused: it is none.

    """
    found = _SHAPE.fullmatch(number)
    if found is None:
        raise NumberRefused(number)
    return int(found["serial"])
