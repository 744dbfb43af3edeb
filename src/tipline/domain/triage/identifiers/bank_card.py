"""Bank cards: a right check digit (Luhn, ISO/IEC 7812-1) and first digits that an issuer owns.

Value: digits. A card of a foreign issuer must be written in groups of four or be called a card;
order and parcel numbers look much alike, so a number that is called one is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from re import Match

from tipline.domain.triage.reading.digits import MANY_DIGITS, has_check_digit, name_hiding
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.issuers import find_issuer
from tipline.domain.values import Identifier

_GAP = r"(?:[ .·_/*~,-]|\r?\n){1,2}"
_RUN = re.compile(
    rf"(?<![0-9a-z.])(?<![0-9][ -])[0-9]{{1,40}}(?:{_GAP}[0-9]{{1,40}}){{0,40}}(?![0-9a-z]|\.[0-9])",
    re.IGNORECASE,
)
GATE = MANY_DIGITS
_GROUP = re.compile(r"[0-9]+")
_LENGTHS_HERE = frozenset({16, 17, 18, 19})
_FOREIGN = re.compile(
    r"(?:4[0-9]{15}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|35[0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12})\Z"
)
_CARD = re.compile(
    r"卡|账户|账号|帐号|帐户|收款|转账|汇款|打款|银行|\bcards?\b|\bacc(?:oun)?t|\biban\b|visa|mastercard|amex"
)
_OTHER = re.compile(
    r"订单|单号|编号|快递|运单|流水|凭证|交易号|发票|身份证|证件|参考号|追踪|条码|"
    r"\border|\btrack|\binvoice|\bparcel|\bref(?:erence)?\b|\bserial|\bid\b|imei|iccid"
)
_WORD_CHARS = 40
_GROUPS_MAX = 20


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find bank cards in a folded text."""
    for run in _RUN.finditer(folded.plain):
        if len(run[0]) >= 15:
            yield from _find_in_run(folded, run)


def _find_in_run(folded: Folded, run: Match[str]) -> Iterator[Identifier]:
    groups = list(_GROUP.finditer(folded.plain, run.start(), run.end()))
    first = 0
    while first < len(groups):
        count = _count_groups(folded, groups[first : first + _GROUPS_MAX])
        if count:
            span = groups[first].start(), groups[first + count - 1].end()
            number = _join(groups[first : first + count])
            hidden = name_hiding(folded.plain[slice(*span)], _list_usual(groups[first]))
            yield folded.make("bank_card", number, span, *hidden)
        first += count or 1


def _list_usual(first: Match[str]) -> tuple[int, ...]:
    return (6, 13) if len(first[0]) == 6 else (4, 4, 4, 4, 3)


def _count_groups(folded: Folded, groups: Sequence[Match[str]]) -> int:
    # How many of the groups make a card together; the most first, none: 0.
    total, sizes = 0, []
    for count, group in enumerate(groups, 1):
        total += len(group[0])
        if total > 19:
            break
        if total > 14:
            sizes.append(count)
    return next((each for each in reversed(sizes) if _is_card(folded, groups[:each])), 0)


def _is_card(folded: Folded, groups: Sequence[Match[str]]) -> bool:
    number = _join(groups)
    if not (_is_grouped(groups) and has_check_digit(number)):
        return False
    before = folded.before(groups[0].start(), _WORD_CHARS)
    called = [*_OTHER.finditer(before), *_CARD.finditer(before)]
    nearest = max(called, key=lambda each: each.end(), default=None)
    if nearest and nearest.re is _OTHER:
        return False
    if find_issuer(number):
        return len(number) in _LENGTHS_HERE
    is_whole = number == folded.plain.strip()
    return bool(_FOREIGN.match(number)) and bool(nearest or len(groups) > 3 or is_whole)


def _is_grouped(groups: Sequence[Match[str]]) -> bool:
    # One piece, equal pieces with a shorter end, or six and the rest, as cards are printed, copied
    # and hidden.
    sizes = [len(each[0]) for each in groups]
    is_even = len({*sizes[:-1]}) == 1 and sizes[-1] <= sizes[0]
    return len(sizes) == 1 or is_even or (len(sizes) in {2, 3} and sizes[0] == 6)


def _join(groups: Sequence[Match[str]]) -> str:
    return "".join(each[0] for each in groups)
