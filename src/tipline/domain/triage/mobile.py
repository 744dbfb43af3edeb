"""In which province a mobile number of the mainland was issued, by the numbering plan's public data.

The data are those of libphonenumber's geocoder, which the package ``phonenumbers`` ships. They tell
where a number was sold, not where its holder is: the weakest of all hints, asked last.
"""

from functools import cache, lru_cache

from tipline.domain.intake.provinces import PROVINCES

_PREFIX = "+861"
_PREFIX_CHARS, _NUMBER_CHARS = len("+861380013"), len("+8613800138000")


def find_issued(phone: str) -> str | None:
    """Province (GB/T 2260) in which a mobile number in E.164 was issued; None where nothing tells."""
    if not phone.startswith(_PREFIX) or len(phone) != _NUMBER_CHARS:
        return None
    return _find_province(phone[:_PREFIX_CHARS])


@lru_cache(maxsize=65_536)
def _find_province(prefix: str) -> str | None:
    import phonenumbers  # noqa: PLC0415 - some 50 MB of tables, for those reports alone that need them
    from phonenumbers import geocoder  # noqa: PLC0415

    number = phonenumbers.PhoneNumber(country_code=86, national_number=int(f"{prefix[3:]}0000"))
    place = geocoder.description_for_number(number, "zh")
    return next((code for name, code in _list_names().items() if place.startswith(name)), None)


@cache
def _list_names() -> dict[str, str]:
    # "内蒙古自治区" is written "内蒙古" there: the shortest beginning that tells provinces apart.
    return {chinese[:2]: code for code, (_, chinese) in PROVINCES.items()}
