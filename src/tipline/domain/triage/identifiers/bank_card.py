"""Bank cards: a right check digit (Luhn, ISO/IEC 7812-1) and first digits that an issuer owns.

Value: digits. Order and parcel numbers look much alike, so a number that is called one is left
alone, and a card of a foreign issuer must be written in groups of four or be called a card.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import Match

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.triage.identifiers.issuers import find_issuer
from tipline.domain.values import Identifier

_RUN = re.compile(
    r"(?<![\da-z.])(?<!\d[ -])\d{1,40}(?:[ -]\d{1,40}){0,40}(?![\da-z]|\.\d)", re.IGNORECASE
)
_GROUP = re.compile(r"\d+")
_LENGTHS_HERE = frozenset({16, 17, 18, 19})
_FOREIGN = re.compile(
    r"(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|6(?:011|5\d\d)\d{12})\Z"
)
_CARD = re.compile(
    r"卡|账户|账号|帐号|帐户|收款|转账|汇款|打款|\bcards?\b|\bacc(?:oun)?t|\biban\b|visa|mastercard"
)
_OTHER = re.compile(
    r"订单|单号|编号|快递|运单|流水|凭证|交易号|发票|身份证|证件|参考号|追踪|"
    r"\border|\btrack|\binvoice|\bparcel|\bref(?:erence)?\b|\bserial|\bid\b"
)
_WORD_CHARS = 16


def find(text: str) -> Iterable[Identifier]:
    """Find bank cards in ``text``."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find bank cards in a folded text."""
    for run in _RUN.finditer(folded.plain):
        if len(run[0]) >= 15:
            yield from _find_in_run(folded, run)


def _find_in_run(folded: Folded, run: Match[str]) -> Iterator[Identifier]:
    groups = list(_GROUP.finditer(folded.plain, run.start(), run.end()))
    first = 0
    while first < len(groups):
        count = _count_groups(folded, groups[first : first + 6])
        if count:
            span = groups[first].start(), groups[first + count - 1].end()
            yield folded.make("bank_card", _join(groups[first : first + count]), span)
        first += count or 1


def _count_groups(folded: Folded, groups: Sequence[Match[str]]) -> int:
    # How many of the groups make a card together; the most first, none: 0.
    counts = (count for count in range(len(groups), 0, -1) if _is_card(folded, groups[:count]))
    return next(counts, 0)


def _is_card(folded: Folded, groups: Sequence[Match[str]]) -> bool:
    number = _join(groups)
    if not (14 < len(number) < 20 and _is_grouped(groups) and has_check_digit(number)):
        return False
    before = folded.before(groups[0].start(), _WORD_CHARS)
    called = [*_OTHER.finditer(before), *_CARD.finditer(before)]
    nearest = max(called, key=lambda each: each.end(), default=None)
    if nearest and nearest.re is _OTHER:
        return False
    if find_issuer(number):
        return len(number) in _LENGTHS_HERE
    is_whole = number == re.sub(r"\D", "", folded.plain.strip()) == folded.plain.strip()
    return bool(_FOREIGN.match(number)) and bool(nearest or len(groups) > 3 or is_whole)


def _is_grouped(groups: Sequence[Match[str]]) -> bool:
    # One piece, fours with a shorter end, or six and the rest, as cards are printed and copied.
    sizes = [len(each[0]) for each in groups]
    is_fours = all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4
    return len(sizes) == 1 or is_fours or (len(sizes) == 2 and sizes[0] == 6)


def _join(groups: Sequence[Match[str]]) -> str:
    return "".join(each[0] for each in groups)


def has_check_digit(number: str) -> bool:
    """Tell whether the last digit of ``number`` (digits) is right by Luhn's formula."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (doubled + sum(map(int, number[-1::-2]))) % 10 == 0
