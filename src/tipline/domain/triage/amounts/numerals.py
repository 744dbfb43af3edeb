"""Numbers as people write them: 1,234.50, 2万5, 两亿三千万, 叁万伍仟, 二十几万, 2000余万.

A number is read from one run of characters (``RUN``) without its currency. Where it is vague, the
least that it can mean is its value.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

_WRITTEN = {
    0: "零〇",
    1: "一壹",
    2: "二贰貳两兩俩",
    3: "三叁參",
    4: "四肆",
    5: "五伍",
    6: "六陆陸",
    7: "七柒",
    8: "八捌",
    9: "九玖",
}
_DIGITS = {sign: Decimal(value) for value, signs in _WRITTEN.items() for sign in signs}
_SMALL = {
    sign: Decimal(value)
    for signs, value in (("十拾", 10), ("百佰", 100), ("千仟", 1000))
    for sign in signs
}
_THOUSAND, _TEN_THOUSAND, _HUNDRED_MILLION = Decimal(1000), Decimal(10_000), Decimal(100_000_000)
_LARGE = {
    **dict.fromkeys("kKｋＫ", _THOUSAND),  # noqa: RUF001 - as sent
    **dict.fromkeys("万萬wWｗＷ", _TEN_THOUSAND),  # noqa: RUF001 - as sent
    **dict.fromkeys("亿億", _HUNDRED_MILLION),
}
_ZEROS, _VAGUE, _MORE = frozenset("零〇"), frozenset("几幾数數"), frozenset("余餘多来來把")

ONES = "".join(sign for sign, value in _DIGITS.items() if value)
ARABIC = "0-9０-９"  # noqa: RUF001 - as sent
CHINESE = "".join((*_DIGITS, *_SMALL, "万萬亿億", *sorted(_VAGUE)))
_LITERAL = (
    rf"(?:[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}}){{1,5}}(?![{ARABIC}])|[{ARABIC}]++)"
    rf"(?:[.．][{ARABIC}]++)?+"  # noqa: RUF001 - as sent
)
_LATIN = r"[wWkKｗＷｋＫ](?![A-Za-zＡ-Ｚａ-ｚ])"  # noqa: RUF001 - as sent
# Possessive throughout: a run is taken once, however long the text of digits.
RUN = rf"(?:{_LITERAL}|[{CHINESE}])(?:{_LITERAL}|[{CHINESE}{''.join(sorted(_MORE))}]|[ \u3000]?(?:{_LATIN}|[万萬亿億])){{0,24}}+"
_TOKEN = re.compile(rf"{_LITERAL}|\S")
_POSITIONS = re.compile(rf"([{''.join(_DIGITS)}]{{2,}})([万萬亿億]?)")
_PAIR = re.compile(r"([一二两兩三四五六七八])([二三四五六七八九])(?=[十百千万萬亿億])")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_SCALED = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?)([万亿wWkK])")
_DIGITS_MAX = 15


class Number(Struct, frozen=True):
    """A number: at least ``value``, at most ``upper`` where a range was written.

    ``scale`` is its last multiplier (10000 in 3万), ``is_at_least`` tells of 余, 多 and 几, and
    ``is_bare`` that it began with a multiplier (百万), as words do that are no numbers.
    """

    value: Decimal
    scale: Decimal = Decimal(1)
    upper: Decimal | None = None
    is_at_least: bool = False
    is_bare: bool = False


def read_number(run: str) -> Number | None:
    """Read one run; None where its characters make no number."""
    if _PLAIN.fullmatch(run):
        return Number(Decimal(run))
    scaled = _SCALED.fullmatch(run)
    if scaled:
        scale = _LARGE[scaled[2]]
        return Number(Decimal(scaled[1]) * scale, scale)
    pair = _PAIR.search(run)
    if pair and _is_range(pair):
        return _read_pair(run, pair)
    positions = _POSITIONS.fullmatch(run)
    if positions:
        return _read_positions(positions[1], positions[2])
    return _Reader().read(run)


def _is_range(pair: re.Match[str]) -> bool:
    low, high = (_DIGITS[sign] for sign in pair.groups())
    return high - low == 1 or (int(low), int(high)) == (3, 5)


def _read_pair(run: str, pair: re.Match[str]) -> Number | None:
    # 三五万: between 3万 and 5万
    place = pair.start()
    low = _Reader().read(run[: place + 1] + run[place + 2 :])
    high = _Reader().read(run[:place] + run[place + 1 :])
    if not (low and high):
        return None
    return Number(low.value, low.scale, high.value, is_at_least=low.is_at_least)


def _read_positions(signs: str, large: str) -> Number:
    # 一二三 is 123, digit by digit
    scale = _LARGE.get(large, Decimal(1))
    return Number(Decimal("".join(str(_DIGITS[sign]) for sign in signs)) * scale, scale)


class _Malformed(Exception):
    """The characters do not follow one another as in a number."""


class _Reader:
    """Adds up one number, token by token."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.number: Decimal | None = None
        self.scale = Decimal(1)
        self.after_zero = self.after_scale = False
        self.is_at_least = self.is_bare = False

    def read(self, run: str) -> Number | None:
        try:
            for token in _TOKEN.findall(run):
                self._take(token)
        except _Malformed:
            return None
        value = self.total + self.section + self._read_last()
        return Number(value, self.scale, is_at_least=self.is_at_least, is_bare=self.is_bare)

    def _take(self, token: str) -> None:
        for signs, take in _TAKERS:
            if token in signs:
                take(self, token)
                return
        self._take_number(_read_literal(token))

    def take_zero(self, _token: str) -> None:
        self.after_zero = True
        self.number = self.number or None

    def take_digit(self, token: str) -> None:
        self._take_number(_DIGITS[token])

    def _take_number(self, number: Decimal) -> None:
        if self.number is not None:
            raise _Malformed
        self.number = number

    def take_vague(self, _token: str) -> None:
        self.is_at_least = True
        if not self.after_scale:  # 几十 is at least ten, 二十几 at least twenty
            self._take_number(Decimal(1))

    def take_more(self, _token: str) -> None:
        self.is_at_least = True

    def take_small(self, token: str) -> None:
        self._take_scale(_SMALL[token])
        self.section += self._pop_number() * self.scale

    def take_large(self, token: str) -> None:
        self._take_scale(_LARGE[token])
        is_alone = bool(self.section or self.total) and self.number is None
        whole = self.section + (Decimal(0) if is_alone else self._pop_number())
        if self.scale == _HUNDRED_MILLION:
            whole += self.total
            self.total = Decimal(0)
        self.total += whole * self.scale
        self.section, self.number = Decimal(0), None

    def _take_scale(self, scale: Decimal) -> None:
        is_first = self.number is None and not self.section and not self.total
        self.is_bare = self.is_bare or (is_first and scale > 10)
        self.scale, self.after_zero, self.after_scale = scale, False, True

    def _pop_number(self) -> Decimal:
        number, self.number = self.number, None
        return Decimal(1) if number is None else number

    def _read_last(self) -> Decimal:
        # 一万五 is 15000, 一万零五 is 10005, 2万5000 is 25000
        number = self.number or Decimal(0)
        is_short = number < 10 and number == int(number) and not self.after_zero
        return number * self.scale / 10 if is_short and self.scale > 10 else number


def _read_literal(token: str) -> Decimal:
    plain = token.replace(",", "").replace("，", "").replace("．", ".")  # noqa: RUF001 - as sent
    if len(plain) > 2 * _DIGITS_MAX or len(plain.partition(".")[0]) > _DIGITS_MAX:
        raise _Malformed
    if not plain.replace(".", "", 1).isdecimal():
        raise _Malformed
    return Decimal(plain)


_TAKERS: tuple[tuple[frozenset[str], Callable[[_Reader, str], None]], ...] = (
    (_ZEROS, _Reader.take_zero),
    (frozenset(_DIGITS), _Reader.take_digit),
    (frozenset(_SMALL), _Reader.take_small),
    (frozenset(_LARGE), _Reader.take_large),
    (_VAGUE, _Reader.take_vague),
    (_MORE, _Reader.take_more),
)
