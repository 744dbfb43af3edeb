"""Digits as people write numbers: separators, look-alike letters, check digits, words before them."""

import re
from collections.abc import Sequence

# A gate for whatever has fifteen digits or more, perhaps in groups.
MANY_DIGITS = r"[0-9](?:[ \t.·_/*~,\r\n-]{0,2}[0-9]){14}"
_NO_DIGIT = re.compile(r"[^0-9]+")
LOOKALIKE_DIGITS = str.maketrans("oOQDlIi|SsZzBb", "00001111552288")
_MONEY = re.compile(r"(?:[¥￥$€£]|rmb|usd|cny|人民币)\s?\Z", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS = "10X98765432"
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def keep_digits(written: str) -> str:
    """Give the digits of ``written`` alone."""
    return written if written.isdigit() else _NO_DIGIT.sub("", written)


def has_check_digit(number: str) -> bool:
    """Tell whether the last digit of ``number`` (digits) is right by Luhn's formula."""
    doubled = sum(_DOUBLED[int(digit)] for digit in number[-2::-2])
    return (doubled + sum(map(int, number[-1::-2]))) % 10 == 0


def has_citizen_check(number: str) -> bool:
    """Tell whether the last sign of a citizen's number of 18 signs is right (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17]


def is_money(before: str) -> bool:
    """Tell whether what stands ``before`` a number makes it a sum."""
    return bool(_MONEY.search(before))


def name_hiding(written: str, usual: Sequence[int]) -> tuple[str, ...]:
    """Name the ways in which a number was hidden where it stands as ``written``.

    ``usual`` are the sizes of groups in which people write such a number in good faith; these
    apart by a space or a hyphen hide nothing.
    """
    if written.isdigit():
        return ()
    if "\n" in written:
        return ("split_lines",)
    groups = [len(each) for each in re.split(r"[^0-9]+", written) if each]
    marks = {each.strip() for each in re.split(r"[0-9]+", written)} - {""}
    if groups == list(usual[: len(groups)]) and not marks - {"-", "(", ")", "+"}:
        return ()
    return ("punctuated",) if marks - {"+", "(", ")"} else ("spaced",)
