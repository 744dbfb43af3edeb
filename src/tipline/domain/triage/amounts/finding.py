"""Finds amounts of money in a text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from re import Match

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.triage.amounts import context
from tipline.domain.triage.amounts.context import GAP
from tipline.domain.triage.amounts.currencies import AFTER, BEFORE, FIRSTS, LASTS, name_currency
from tipline.domain.triage.amounts.numerals import ARABIC, ONES, RUN, Number, read_number

SCALES = {
    "thousand": Decimal(1_000),
    "grand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "mln": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "m": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "bn": Decimal(1_000_000_000),
}
_SYMBOLS = "¥￥€£"
_COINS = "毛角"
_FOUND = re.compile(
    rf"(?<![{ARABIC}.．])(?P<run>{RUN})(?:[+＋](?![{ARABIC}]))?"  # noqa: RUF001 - as sent
    rf"(?:{GAP}?(?P<scale>{'|'.join(SCALES)})(?![A-Za-z]))?"
    rf"(?:{GAP}{{0,2}}(?=[{FIRSTS}{_COINS}])(?:(?P<unit>{AFTER})|(?P<coin>[{_COINS}])))?",
    re.IGNORECASE,
)
_SIGN = re.compile(rf"(?P<sign>{BEFORE}){GAP}{{0,2}}[:：]?{GAP}{{0,2}}\Z", re.IGNORECASE)
_SIGN_GAPS = " \u00a0\u3000:："
_SIGN_LASTS = frozenset(LASTS + LASTS.upper())
_SIGN_CHARS = 10
_ONE = rf"[{ARABIC}{ONES}]"
_CENTS = re.compile(
    rf"(?P<dimes>{_ONE})[角毛](?:(?P<cents>{_ONE})分)?|(?P<short>{_ONE})(?=\Z|[^\w.．]|[的了])"  # noqa: RUF001 - as sent
)
_EQUATION = re.compile("化|论|[一二三多]?次|函数|方程|结构")
_WHOLE = re.compile(r"[整正](?!\w)")
_PAID = re.compile(rf"{context.PAID}\Z")
_PAID_ENDS = frozenset("账款了走出他她我方骗取失值付现还约近共:： ")
_GAPS = frozenset(_SIGN_GAPS)
_BRINGS_MONEY = _SIGN_LASTS | (_PAID_ENDS - _GAPS)
_IS_PLAIN = re.compile(rf"[{ARABIC}]{{2,7}}(?:[.．][{ARABIC}]{{1,2}})?")  # noqa: RUF001 - as sent
_HAS_SCALE = re.compile("[百佰千仟万萬亿億wWkKｗＷｋＫ]")  # noqa: RUF001 - as sent
_CODE_BEFORE = re.compile(r"[A-Za-z/._@=&?#%]")
_MORE, _LEADS_ON = "余餘多", "来來把"
_GOES_ON_AS_NUMBER = frozenset(":：/-.")
_LIMIT = Decimal(10) ** 13


class Amount(Struct, frozen=True, kw_only=True):
    """Money that a text tells of, at ``start``..``end`` (characters) of it.

    ``value`` is the sum, or the least that was meant: 2000余万元 and 2000万元以上 are 20000000 with
    ``is_at_least``, 3-5万元 is 30000 with ``upper`` 50000, 约5000元 is 5000 with ``is_about``.
    ``currency`` is a code of ISO 4217, or USDT, BTC, ETH.
    """

    value: Decimal
    currency: str
    start: int
    end: int
    surface: str
    upper: Decimal | None = None
    is_at_least: bool = False
    is_about: bool = False


def find_in(text: str) -> Iterator[Amount]:
    """Find the amounts of ``text`` that are written with digits or Chinese numerals, in order."""
    before: Match[str] | None = None
    end = 0
    for match in _FOUND.finditer(text):
        start = match.start()
        if start < end:
            continue
        is_dull = match.lastgroup == "run" and _is_dull(text, start, match["run"])
        amount = None if is_dull else _read(text, match)
        if amount and amount.start >= end:
            yield _join_range(text, before, (match, amount)) if before else amount
            end = amount.end
        before = None if amount else match


def _is_dull(text: str, start: int, run: str) -> bool:
    # A number with nothing about it that could make it money; most numbers are.
    if not run.isdigit():
        return len(run) == 1
    before = text[start - 1 : start]
    if before in _GAPS:
        before = text[max(0, start - 5) : start].rstrip(_SIGN_GAPS)[-1:]
    return before not in _BRINGS_MONEY


def make_amount(
    text: str, number: Number, currency: str, *, span: tuple[int, int]
) -> Amount | None:
    """Make an amount of what stands at ``span``, with the words about it; None if it is nothing."""
    start, end = span
    if not 0 < number.value < _LIMIT:
        return None
    is_at_least, is_about = context.read_about(text, start, end)
    return Amount(
        value=number.value,
        currency=currency,
        start=start,
        end=end,
        surface=text[start:end],
        upper=number.upper,
        is_at_least=number.is_at_least or is_at_least,
        is_about=is_about,
    )


def _read(text: str, match: Match[str]) -> Amount | None:
    named = match.lastgroup
    if named == "unit":
        return _read_named(text, match)
    if named == "coin":
        return _read_coin(text, match)
    return _read_signed(text, match) or _read_unnamed(text, match)


def _read_named(text: str, match: Match[str]) -> Amount | None:
    # A currency follows the number.
    number = _read_run(match)
    if not number or not _is_currency(text, match, number):
        return None
    currency, end = name_currency(match["unit"]), match.end()
    if match["unit"] in "元块圆" and not number.upper:
        cents, end = _read_cents(text, end)
        number = replace(number, value=number.value + cents)
    ending = _WHOLE.match(text, end)
    sign = _find_sign(text, match.start())
    start = match.start() - len(sign[0]) if sign else match.start()
    return make_amount(text, number, currency, span=(start, ending.end() if ending else end))


def _is_currency(text: str, match: Match[str], number: Number) -> bool:
    # Some words for money are also other things: 一块手表, 两元一次方程, 2U机箱, 三刀.
    unit, run = match["unit"], match["run"]
    if unit in "uUｕＵ刀":  # noqa: RUF001 - as sent
        return run[0].isdigit() and (unit == "刀" or number.value >= 10)
    if unit in _SYMBOLS:  # the second sign of ￥AbC123￥ is no currency
        return not text[match.start() - 1 : match.start()].isalnum()
    if unit in "元圆":
        return not _EQUATION.match(text, match.end())
    if unit == "块" and not _CENTS.match(text, match.end()):
        is_one_word = len(run) == 1 and not run.isdigit()
        return context.ends_pieces(text, match.end(), is_sure=not is_one_word)
    return True


def _read_cents(text: str, place: int) -> tuple[Decimal, int]:
    match = _CENTS.match(text, place)
    if not match:
        return Decimal(0), place
    dimes = read_number(match["dimes"] or match["short"])
    cents = read_number(match["cents"]) if match["cents"] else None
    value = (dimes.value if dimes else 0) / Decimal(10) + (cents.value if cents else 0) / Decimal(
        100
    )
    return value, match.end()


def _read_coin(text: str, match: Match[str]) -> Amount | None:
    # 5毛, 三角钱: tenths of a yuan
    number = _read_run(match)
    if (
        not number
        or number.value >= 100
        or not context.ends_coins(text, match.end(), match["coin"])
    ):
        return None
    tenth = replace(number, value=number.value / 10, upper=number.upper and number.upper / 10)
    return make_amount(text, tenth, "CNY", span=match.span())


def _read_signed(text: str, match: Match[str]) -> Amount | None:
    sign = _find_sign(text, match.start())
    number = _read_run(match) if sign else None
    if not sign or not number:
        return None
    start = match.start() - len(sign[0])
    return make_amount(text, number, name_currency(sign["sign"]), span=(start, match.end()))


def _find_sign(text: str, place: int) -> Match[str] | None:
    before = text[place - 1 : place]
    if before in _GAPS:
        before = text[max(0, place - 5) : place].rstrip(_SIGN_GAPS)[-1:]
    if before in _SIGN_LASTS:
        return _SIGN.search(text[max(0, place - _SIGN_CHARS) : place])
    return None


def _read_unnamed(text: str, match: Match[str]) -> Amount | None:
    # No currency is named: 损失1.7万, 被骗38000
    if match["scale"] or _CODE_BEFORE.match(text, max(0, match.start() - 1)):
        return None
    run = match["run"].rstrip(_LEADS_ON)
    span = match.start(), match.start() + len(run)
    if _IS_PLAIN.fullmatch(run.rstrip(_MORE)):
        return _read_paid(text, (span[0], span[0] + len(run.rstrip(_MORE))))
    number = read_number(run) if _HAS_SCALE.search(run, 1) else None
    if not number or not context.tells_of_money(text, *span):
        return None
    # 百万 alone is a word, 上百万 and 近百万 are numbers
    is_number = not number.is_bare or any(context.read_about(text, *span))
    return make_amount(text, number, "CNY", span=span) if is_number else None


def _read_paid(text: str, span: tuple[int, int]) -> Amount | None:
    start, end = span
    if text[start - 1 : start] not in _PAID_ENDS:
        return None
    is_paid = _PAID.search(context.read_before(text, start)) and context.may_end(text, end)
    if not is_paid or text[end : end + 1] in _GOES_ON_AS_NUMBER:
        return None
    number = read_number(text[start:end])
    return make_amount(text, number, "CNY", span=span) if number else None


def _read_run(match: Match[str]) -> Number | None:
    number = read_number(match["run"])
    if not number or not match["scale"]:
        return number
    scale = SCALES[match["scale"].lower()]
    return replace(number, value=number.value * scale, scale=scale, upper=None)


def _join_range(text: str, before: Match[str], found: tuple[Match[str], Amount]) -> Amount:
    # 3-5万元: the first number takes the scale of the second where it is the smaller one.
    match, amount = found
    if not context.RANGE.fullmatch(text, before.end(), amount.start):
        return amount
    low, high = _read_run(before), _read_run(match)
    if not (low and high):
        return amount
    scale = high.scale if low.scale == 1 and low.value < high.value / high.scale else Decimal(1)
    if not 0 < low.value * scale < amount.value:
        return amount
    start = before.start()
    return replace(
        amount,
        value=low.value * scale,
        upper=amount.upper or amount.value,
        start=start,
        surface=text[start : amount.end],
    )
