"""The two sums that a receipt code obeys, and what one slip of the hand does to them.

With c[i] the value of character i, a code has sum(c[i]) = 0 and sum(c[i] * ALPHA**i) = 0 in GF(32):
a Reed-Solomon code (Reed and Solomon, 1960) of distance 3. One wrong character leaves a first sum
that is not zero, and the quotient of the sums is its place; two swapped characters leave a first
sum of zero and a second that is not. No slip looks like the other.
"""

from collections.abc import Iterable, Iterator

from tipline.domain.intake.alphabet import (
    CHARACTERS,
    POWERS,
    VALUES,
    divide,
    find_exponent,
    multiply,
)

LENGTH = 20
Sums = tuple[int, int]
Mended = tuple[str, int]  # a code, and the place (from 0) of the slip


def sum_up(typed: Iterable[str]) -> Sums:
    """Both sums; a character outside the alphabet counts as nothing."""
    plain = weighted = 0
    for place, character in enumerate(typed):
        value = VALUES.get(character, 0)
        plain ^= value
        weighted ^= multiply(value, POWERS[place])
    return plain, weighted


def is_code(typed: str) -> bool:
    """Tell whether 20 characters obey both sums."""
    return sum_up(typed) == (0, 0)


def solve(sums: Sums, first: int, second: int) -> tuple[int, int]:
    """Values at two different places that bring ``sums`` to zero."""
    plain, weighted = sums
    spread = POWERS[first] ^ POWERS[second]
    later = divide(weighted ^ multiply(plain, POWERS[first]), spread)
    return plain ^ later, later


def put(typed: str, place: int, value: int) -> str:
    """Put the character of ``value`` at ``place``."""
    return typed[:place] + CHARACTERS[value] + typed[place + 1 :]


def mend_wrong(typed: str) -> Iterator[Mended]:
    """The code that differs from ``typed`` in one character, if there is one."""
    plain, weighted = sum_up(typed)
    if not plain or not weighted:
        # A first sum alone, or a second alone, is no multiple of any place's column but the
        # first's power, which is never zero: more than one character is wrong.
        return
    place = find_exponent(divide(weighted, plain))
    if place < LENGTH:
        yield put(typed, place, VALUES[typed[place]] ^ plain), place


def mend_swapped(typed: str) -> Iterator[Mended]:
    """Codes that ``typed`` becomes by swapping two neighbours back."""
    for place in range(LENGTH - 1):
        left, right = typed[place], typed[place + 1]
        swapped = typed[:place] + right + left + typed[place + 2 :]
        if left != right and is_code(swapped):
            yield swapped, place


def mend_missing(typed: str) -> Iterator[Mended]:
    """Codes that 19 characters become by putting one in."""
    for place in range(LENGTH):
        gap = typed[:place] + CHARACTERS[0] + typed[place:]
        filled = put(gap, place, sum_up(gap)[0])
        if is_code(filled):
            yield filled, place


def mend_extra(typed: str) -> Iterator[Mended]:
    """Codes that 21 characters become by taking one out."""
    for place in range(LENGTH + 1):
        shorter = typed[:place] + typed[place + 1 :]
        if is_code(shorter):
            yield shorter, place


def fill_in(typed: str, places: tuple[int, ...]) -> str | None:
    """The code that has other characters at one or two ``places``; None where there is none."""
    first, second = places if len(places) == 2 else (places[0], (places[0] + 1) % LENGTH)
    blank = "".join(CHARACTERS[0] if at in places else each for at, each in enumerate(typed))
    if len(places) == 1:
        filled = put(blank, first, sum_up(blank)[0])
        return filled if is_code(filled) else None
    one, two = solve(sum_up(blank), first, second)
    return put(put(blank, first, one), second, two)
