"""The first order of the queue: a score made of named parts, each with its reason.

The score orders work. It decides nothing about a report, and no part of it weighs what somebody
thinks or says; the words of danger ask only whether a person may need help at once.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from tipline.domain.values import Money
from tipline.domain.words import Param, Reason

HIGHEST = 100

# At least this much money (CNY) -> points.
_LOSS_POINTS = ((200_000, 40), (50_000, 32), (10_000, 24), (1_000, 16), (0, 8))
# At most this long ago -> points, reason.
_RECENT_POINTS = (
    (timedelta(days=1), 20, "recent.day"),
    (timedelta(days=3), 14, "recent.days"),
    (timedelta(days=7), 7, "recent.week"),
)
_UNKNOWN_TIME_POINTS = 7
_STOPPABLE = timedelta(days=3)
_FRESH_PAYMENT_POINTS, _PAYMENT_POINTS = 15, 5
_DANGER_POINTS = 35
_EVIDENCE_POINTS, _FILE_POINTS = 5, 5

# CNY for one unit, rounded hard: enough to order reports, never to state a sum.
_RATES: Mapping[str, Decimal] = {
    "CNY": Decimal(1), "RMB": Decimal(1), "USD": Decimal(7), "EUR": Decimal(8), "GBP": Decimal(9),
    "HKD": Decimal("0.9"), "MOP": Decimal("0.9"), "TWD": Decimal("0.2"), "JPY": Decimal("0.05"),
    "KRW": Decimal("0.005"), "SGD": Decimal(5), "AUD": Decimal(5), "CAD": Decimal(5),
    "CHF": Decimal(8), "THB": Decimal("0.2"), "MYR": Decimal("1.6"), "PHP": Decimal("0.12"),
    "VND": Decimal("0.0003"), "IDR": Decimal("0.0004"), "INR": Decimal("0.08"), "RUB": Decimal("0.08"),
    "USDT": Decimal(7),
}  # fmt: skip

_DANGER = re.compile(
    r"绑架|非法拘禁|限制人身自由|人身安全|被控制|被困|被扣押|被关押|不想活|自杀|轻生|跳楼|割腕|"
    r"威胁要?(?:杀|砍|打死)|kidnap|hostage|held against|locked (?:me|him|her|us|them) up|"
    r"suicid|kill (?:myself|himself|herself)|threat\w* to kill|life is in danger",
    re.IGNORECASE,
)


class Part(Struct, frozen=True):
    """One part of a score: its name, its points and why."""

    name: str
    points: int
    reason_key: str
    params: Mapping[str, Param] = {}

    @property
    def reason(self) -> Reason:
        """Why these points were given."""
        return Reason(self.reason_key, self.params)


class Priority(Struct, frozen=True):
    """A score from 0 to 100 and the parts that made it."""

    score: int
    parts: tuple[Part, ...]


class Signals(Struct, frozen=True, kw_only=True):
    """What the score looks at.

    ``occurred_at`` and ``now`` are aware times; ``identifiers`` counts the different ones found;
    ``has_payment`` tells that an account that money went to is named.
    """

    text: str
    losses: tuple[Money, ...] = ()
    occurred_at: datetime | None = None
    now: datetime
    identifiers: int = 0
    has_payment: bool = False
    files: int = 0


def judge_priority(signals: Signals) -> Priority:
    """Score a report for the queue; the more there is to save, the sooner it is read."""
    parts = tuple(_list_parts(signals))
    return Priority(min(HIGHEST, sum(part.points for part in parts)), parts)


def _list_parts(signals: Signals) -> Iterator[Part]:
    lost = sum_losses(signals.losses)
    if lost > 0:
        yield Part("loss", _score_loss(lost), "loss", {"amount": f"{lost:.0f}"})
        yield from _score_recent(signals)
    if signals.has_payment:
        yield _score_payment(signals, lost)
    if _DANGER.search(signals.text):
        yield Part("danger", _DANGER_POINTS, "danger")
    if signals.identifiers:
        yield Part("evidence", _EVIDENCE_POINTS, "evidence", {"count": signals.identifiers})
    if signals.files:
        yield Part("files", _FILE_POINTS, "files", {"count": signals.files})


def sum_losses(losses: Collection[Money]) -> Decimal:
    """All losses together in CNY, by coarse rates; a currency without one counts as CNY."""
    return sum(
        (_RATES.get(each.currency.upper(), Decimal(1)) * each.amount for each in losses), Decimal()
    )


def _score_loss(lost: Decimal) -> int:
    return next(points for least, points in _LOSS_POINTS if lost >= least)


def _score_recent(signals: Signals) -> Iterator[Part]:
    if signals.occurred_at is None:
        yield Part("recent", _UNKNOWN_TIME_POINTS, "recent.unknown")
        return
    ago = signals.now - signals.occurred_at
    for longest, points, reason in _RECENT_POINTS:
        if ago <= longest:
            yield Part("recent", points, reason)
            return


def _score_payment(signals: Signals, lost: Decimal) -> Part:
    is_fresh = signals.occurred_at is None or signals.now - signals.occurred_at <= _STOPPABLE
    if lost > 0 and is_fresh:
        return Part("payment", _FRESH_PAYMENT_POINTS, "payment.fresh")
    return Part("payment", _PAYMENT_POINTS, "payment")
