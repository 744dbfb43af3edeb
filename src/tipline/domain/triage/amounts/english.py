"""Amounts in English words: fifty thousand yuan, two and a half million RMB."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tipline.domain.triage.amounts.currencies import LATIN, name_currency
from tipline.domain.triage.amounts.finding import SCALES, Amount, make_amount
from tipline.domain.triage.amounts.numerals import Number

_NAMES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TEN_NAMES = "ten twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {
    **{name: Decimal(value) for value, name in enumerate(_NAMES.split(), start=1)},
    "a": Decimal(1),
    "an": Decimal(1),
    "half": Decimal("0.5"),
}
_TENS = {name: Decimal(10 * value) for value, name in enumerate(_TEN_NAMES.split(), start=1)}
_SCALES = {name: scale for name, scale in SCALES.items() if len(name) > 3}
_WORDS = "|".join(sorted((*_ONES, *_TENS, *_SCALES, "hundred", "and"), key=len, reverse=True))
_FOUND = re.compile(
    rf"(?<![A-Za-z-])(?P<words>(?!and)(?:(?:{_WORDS})(?:, |[ -])){{1,12}}+)(?P<unit>{LATIN})(?![A-Za-z])",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[ ,-]+")


def find_in(text: str) -> Iterator[Amount]:
    """Find the amounts of ``text`` that are written in English words, in order."""
    for match in _FOUND.finditer(text):
        value = read_words(match["words"])
        number = Number(value) if value else None
        amount = number and make_amount(
            text, number, name_currency(match["unit"]), span=match.span()
        )
        if amount:
            yield amount


def read_words(words: str) -> Decimal | None:
    """Read a number in English words; None where they make none."""
    total = section = Decimal(0)
    plain = words.lower().replace("half a ", "half ")
    for word in filter(None, _SPLIT.split(plain)):
        if word in _SCALES:
            total, section = total + (section or Decimal(1)) * _SCALES[word], Decimal(0)
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word != "and":
            section = _add(section, word)
    return total + section or None


def _add(section: Decimal, word: str) -> Decimal:
    if word == "half" and section:  # "a half" and "two and a half": its article is no one
        return section - 1 + _ONES["half"]
    return section + (_TENS.get(word) or _ONES[word])
