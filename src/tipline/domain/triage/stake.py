"""How much money is at stake: what the report's fields name, else the most that its text names."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from tipline.domain.values import Money

# CNY for one unit, rounded hard: enough to order reports, never to state a sum.
_RATES: Mapping[str, Decimal] = {
    "CNY": Decimal(1), "RMB": Decimal(1), "USD": Decimal(7), "EUR": Decimal(8), "GBP": Decimal(9),
    "HKD": Decimal("0.9"), "MOP": Decimal("0.9"), "TWD": Decimal("0.2"), "JPY": Decimal("0.05"),
    "KRW": Decimal("0.005"), "SGD": Decimal(5), "AUD": Decimal(5), "CAD": Decimal(5),
    "CHF": Decimal(8), "THB": Decimal("0.2"), "MYR": Decimal("1.6"), "PHP": Decimal("0.12"),
    "VND": Decimal("0.0003"), "IDR": Decimal("0.0004"), "INR": Decimal("0.08"), "RUB": Decimal("0.08"),
    "USDT": Decimal(7),
}  # fmt: skip


class Sum(Struct, frozen=True, kw_only=True):
    """An amount that stands at ``start``..``end`` of the text; ``at_least`` where it says so."""

    money: Money
    start: int
    end: int
    at_least: bool = False


class Stake(Struct, frozen=True, kw_only=True):
    """Money at stake in CNY; ``source`` is "fields" or "text" (then with its place there)."""

    cny: Decimal
    source: str
    at_least: bool = False
    start: int = -1
    end: int = -1


def find_stake(*, losses: Collection[Money], named: Iterable[Sum]) -> Stake | None:
    """Tell what is at stake: the larger of the losses together and the largest sum ``named``.

    One and the same money is often told in both, so the two are never added up.
    """
    lost = sum_losses(losses)
    most = max(named, key=lambda each: weigh(each.money), default=None)
    if most is None or weigh(most.money) <= lost:
        return Stake(cny=lost, source="fields") if lost > 0 else None
    return Stake(
        cny=weigh(most.money),
        source="text",
        at_least=most.at_least,
        start=most.start,
        end=most.end,
    )


def sum_losses(losses: Iterable[Money]) -> Decimal:
    """All losses together in CNY, by coarse rates."""
    return sum(map(weigh, losses), Decimal())


def weigh(money: Money) -> Decimal:
    """Give an amount in CNY, by a coarse rate; a currency without one counts as CNY."""
    return _RATES.get(money.currency.upper(), Decimal(1)) * money.amount
