"""The first order of the queue: a score made of named parts, each with its reason.

The score orders work. It decides nothing about a report, and no part of it weighs what somebody
thinks or says; the words of need ask only whether a person may need help. The points are chosen so
that money sent within the hour to a named account, which can still be stopped, comes before
everything but danger to a person (a test holds the table to that).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.triage.recency import Moment
from tipline.domain.triage.spread import Spread
from tipline.domain.triage.stake import Stake
from tipline.domain.triage.vulnerability import Need
from tipline.domain.words import Param, Reason

HIGHEST = 100

DANGER = 35
# At least this much money (CNY) -> points where fields name it, where only the text does.
LOSS = ((200_000, 20, 15), (50_000, 16, 12), (10_000, 12, 9), (1_000, 8, 6), (0, 5, 5))
# At most this long ago -> points, reason.
RECENT = (
    (timedelta(hours=1), 47, "recent.hour"),
    (timedelta(days=1), 10, "recent.day"),
    (timedelta(days=3), 7, "recent.days"),
    (timedelta(days=7), 3, "recent.week"),
)
UNKNOWN_TIME = 3
STOPPABLE = timedelta(hours=1), timedelta(days=3)
PAYMENT = {"payment.now": 15, "payment.fresh": 6, "payment": 2}
URGENCY = {1: 1, 2: 2, 3: 4, 4: 6, 5: 8}  # priority of the offence -> points
VULNERABLE = 6
KNOWN = {"subject.own": 5, "subject.listed": 4}
# At least so many distinct pieces of evidence in other reports -> points.
SPREAD = ((30, 4), (10, 3), (3, 2), (1, 1))
EVIDENCE = ((3, 3), (1, 2))  # at least so many different identifiers -> points
FILES, LINKS = 1, 3


class Part(Struct, frozen=True):
    """One part of a score: its name, its points, why, and where the text says so (-1: nowhere)."""

    name: str
    points: int
    reason_key: str
    params: Mapping[str, Param] = {}
    start: int = -1
    end: int = -1

    @property
    def reason(self) -> Reason:
        """Why these points were given."""
        return Reason(self.reason_key, self.params)


class Priority(Struct, frozen=True):
    """A score from 0 to 100 and the parts that made it: their points sum up to it exactly."""

    score: int
    parts: tuple[Part, ...]

    @property
    def points(self) -> dict[str, int]:
        """Points of each named part."""
        return {part.name: part.points for part in self.parts}


class Signals(Struct, frozen=True, kw_only=True):
    """What the score looks at.

    ``offence`` and ``urgency`` (1 to 5) are those of the likeliest offence, nothing and 0 while
    unsure. ``identifiers`` counts the different ones that accuse somebody; ``has_payment`` tells
    that an account that money went to is named; ``known`` is "subject.own", "subject.listed" or
    nothing; ``links`` weighs links that look like something they are not, and ``odd_links`` counts
    them.
    """

    now: datetime
    stake: Stake | None = None
    moment: Moment | None = None
    paid: bool = False  # money moved, whatever the amount
    needs: tuple[Need, ...] = ()
    offence: str = ""
    urgency: int = 0
    identifiers: int = 0
    has_payment: bool = False
    known: str = ""
    spread: Spread = Spread()
    files: int = 0
    links: int = 0
    odd_links: int = 0


def judge_priority(signals: Signals) -> Priority:
    """Score a report for the queue; the more there is to save, the sooner it is read."""
    if signals.stake or signals.moment or signals.needs:
        return _judge(signals)
    return _judge_plain(signals)  # many reports are alike in all that is left


def _judge(signals: Signals) -> Priority:
    parts = tuple(_fill_up(_list_parts(signals)))
    return Priority(sum(part.points for part in parts), parts)


_judge_plain = lru_cache(4_096)(_judge)


def _fill_up(parts: Iterator[Part]) -> Iterator[Part]:
    # The parts come in the order of their weight; what is full takes no more.
    room = HIGHEST
    for part in parts:
        points = min(part.points, room)
        yield part if points == part.points else replace(part, points=points)
        room -= points


def _list_parts(signals: Signals) -> Iterator[Part]:
    yield from _score_danger(signals)
    yield from _score_money(signals)
    if signals.urgency:
        told = {"offence": signals.offence}
        yield Part("urgency", URGENCY[signals.urgency], "urgency", told)
    yield from _score_vulnerable(signals)
    if signals.known:
        yield Part("known", KNOWN[signals.known], signals.known)
    yield from _score_evidence(signals)


def _score_danger(signals: Signals) -> Iterator[Part]:
    for need in signals.needs:
        if need.name == "danger":
            yield Part("danger", DANGER, "danger", {}, need.start, need.end)


def _score_vulnerable(signals: Signals) -> Iterator[Part]:
    for need in signals.needs:
        if need.name != "danger":
            yield Part(
                "vulnerable", VULNERABLE, f"vulnerable.{need.name}", {}, need.start, need.end
            )
            return


def _score_money(signals: Signals) -> Iterator[Part]:
    stake = signals.stake
    if stake:
        yield _score_stake(stake)
    if stake or signals.paid:
        yield from _score_recent(signals)
    if signals.has_payment:
        reason = _find_chance(signals)
        yield Part("payment", PAYMENT[reason], reason)


def _score_stake(stake: Stake) -> Part:
    in_fields, in_text = next(points for least, *points in LOSS if stake.cny >= least)
    reason = {"fields": "loss", "text": "loss.least" if stake.at_least else "loss.text"}
    points = in_fields if stake.source == "fields" else in_text
    amount = {"amount": f"{stake.cny:.0f}"}
    return Part("loss", points, reason[stake.source], amount, stake.start, stake.end)


def _score_recent(signals: Signals) -> Iterator[Part]:
    moment = signals.moment
    if moment is None:
        yield Part("recent", UNKNOWN_TIME, "recent.unknown")
        return
    for longest, points, reason in RECENT:
        if signals.now - moment.at <= longest:
            yield Part("recent", points, reason, {}, moment.start, moment.end)
            return


def _find_chance(signals: Signals) -> str:
    """Whether a payment may still be stopped."""
    if not (signals.stake or signals.paid):
        return "payment"
    at_once, days = STOPPABLE
    ago = signals.now - signals.moment.at if signals.moment else days
    if ago <= at_once:
        return "payment.now"
    return "payment.fresh" if ago <= days else "payment"


def _score_evidence(signals: Signals) -> Iterator[Part]:
    shared = signals.spread.evidence
    for name, table, count in (
        ("spread", SPREAD, shared),
        ("evidence", EVIDENCE, signals.identifiers),
    ):
        points = next((points for least, points in table if count >= least), 0)
        if points:
            yield Part(name, points, name, {"count": count})
    if signals.files:
        yield Part("files", FILES, "files", {"count": signals.files})
    if signals.links:
        yield Part("links", min(LINKS, signals.links), "links", {"count": signals.odd_links})


def list_highest() -> Mapping[str, int]:
    """Most points that each part can give, for tests and documents."""
    return {
        "danger": DANGER,
        "loss": max(points for _, points, _ in LOSS),
        "recent": max(points for _, points, _ in RECENT),
        "payment": max(PAYMENT.values()),
        "urgency": max(URGENCY.values()),
        "vulnerable": VULNERABLE,
        "known": max(KNOWN.values()),
        "spread": max(points for _, points in SPREAD),
        "evidence": max(points for _, points in EVIDENCE),
        "files": FILES,
        "links": LINKS,
    }
