"""Arithmetic of the receipt code's 32 characters: the field GF(32).

The characters are Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U. The
field is GF(2)[x] modulo x^5 + x^2 + 1; ``ALPHA`` = x generates its 31 non-zero elements.
"""

CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {character: value for value, character in enumerate(CHARACTERS)}
_MODULUS = 0b100101
_ORDER = 31


def _list_powers() -> list[int]:
    powers = [1]
    while len(powers) < _ORDER:
        doubled = powers[-1] << 1
        powers.append(doubled ^ _MODULUS if doubled & 0b100000 else doubled)
    return powers


POWERS = _list_powers()  # POWERS[i] = ALPHA ** i
_LOGS = {power: exponent for exponent, power in enumerate(POWERS)}


def multiply(left: int, right: int) -> int:
    """Multiply two elements."""
    if not left or not right:
        return 0
    return POWERS[(_LOGS[left] + _LOGS[right]) % _ORDER]


def divide(left: int, right: int) -> int:
    """Divide by ``right``, which is not zero."""
    if not left:
        return 0
    return POWERS[(_LOGS[left] - _LOGS[right]) % _ORDER]


def find_exponent(element: int) -> int:
    """Exponent of ALPHA that gives ``element``, which is not zero: 0..30."""
    return _LOGS[element]
