"""Prices in listings, which stand without a word of money having changed hands."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

_SIGNS = {
    "¥": "CNY", "￥": "CNY", "rmb": "CNY", "cny": "CNY", "元": "CNY", "块": "CNY",
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP",
    "usdt": "USDT", "u币": "USDT", "btc": "BTC",
}  # fmt: skip
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,8}(?:\.[0-9]{1,6})?"
_PRICE = re.compile(
    rf"(?P<before>us\$|[¥￥$€£]|(?<![a-z])(?:rmb|cny|usdt?|eur|gbp|btc))\s{{0,3}}(?P<one>{_NUMBER})"
    rf"|(?<![0-9.,])(?P<two>{_NUMBER})\s{{0,3}}(?P<after>元|块|u币|[€£$]|(?:rmb|cny|usdt|usd|eur|gbp|btc)(?![a-z]))",
    re.IGNORECASE,
)


def list_price_places(text: str) -> list[int]:
    """List where prices begin in ``text``."""
    return [match.start() for match in _PRICE.finditer(text)]


def list_prices(text: str) -> Iterator[str]:
    """List the prices of ``text`` as "CNY 1800", in their order."""
    for match in _PRICE.finditer(text):
        sign = (match["before"] or match["after"]).lower()
        try:
            amount = Decimal((match["one"] or match["two"]).replace(",", ""))
        except InvalidOperation:  # pragma: no cover - the pattern holds numbers only
            continue
        plain = format(amount.normalize(), "f")
        yield f"{_SIGNS[sign]} {plain}"
