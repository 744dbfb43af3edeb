"""Values that every stage shares."""

from decimal import Decimal

from msgspec import Struct

EVERYWHERE = "000000"


class Identifier(Struct, frozen=True, gc=False):
    """A number, link or name found in a text.

    ``value`` is the canonical form that two reports share; ``surface`` is what stood at
    ``start``..``end`` (counted in characters) of the text. ``hidden_by`` names the ways in which it
    was hidden from machines. ``innocent`` says why it accuses nobody ("hotline", "bank", "example"
    and the like), or nothing. ``ascii`` is the same value with its host in punycode, where the host
    has other letters.
    """

    kind: str
    value: str
    start: int
    end: int
    surface: str
    hidden_by: tuple[str, ...] = ()
    innocent: str = ""
    ascii: str = ""


class Money(Struct, frozen=True):
    """An amount and its ISO 4217 currency."""

    amount: Decimal
    currency: str


def region_contains(outer: str, inner: str) -> bool:
    """Tell whether region ``inner`` lies in ``outer``, both GB/T 2260 codes of six digits.

    ``000000`` is the whole country. A code that is not six digits lies nowhere and holds nothing.
    """
    if not (_is_code(outer) and _is_code(inner)):
        return False
    if outer == EVERYWHERE:
        return True
    return inner.startswith(_stem(outer))


def _is_code(region: str) -> bool:
    return len(region) == 6 and region.isascii() and region.isdigit()


def _stem(region: str) -> str:
    if region.endswith("0000"):
        return region[:2]
    return region[:4] if region.endswith("00") else region
