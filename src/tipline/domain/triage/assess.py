"""The machine's opinion of a report: what it says, what is known of that, how urgent, whose it is.

Two pure halves and a look into the records between them. ``read`` takes a report's words apart;
whoever keeps records looks up what was read (``Findings``); ``judge`` weighs both. So the worker,
a bulk run and a test go the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from tipline.domain.intake.subjects import find_kind
from tipline.domain.triage.amounts import Amount, find_amounts
from tipline.domain.triage.correction import (
    Correction,
    Part,
    Verb,
    settle_offences,
    settle_value,
)
from tipline.domain.triage.links import Signal, list_signals, sum_points
from tipline.domain.triage.naming import Named, find_named, list_objects, read_text
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE, Opinion, doubt
from tipline.domain.triage.priority import Priority, Signals, judge_priority
from tipline.domain.triage.recency import Moment, find_moment, says_paid
from tipline.domain.triage.routing import (
    Agencies,
    Errand,
    Routing,
    Rule,
    choose_agency,
    choose_region,
)
from tipline.domain.triage.scan import ASIDE, scan
from tipline.domain.triage.spread import Spread
from tipline.domain.triage.stake import Sum, find_stake
from tipline.domain.triage.vulnerability import find_needs
from tipline.domain.values import EVERYWHERE, Identifier, Money
from tipline.domain.words import Reason

RULES = "2026.2"  # changes whenever the same report could be judged otherwise
PAYMENT_KINDS = frozenset({"bank_card", "pay_account", "crypto"})


class Seen(Struct, frozen=True, kw_only=True):
    """What a text holds. ``tells_time`` and ``tells_need`` are False where no such word is in it."""

    identifiers: tuple[Identifier, ...]
    amounts: tuple[Amount, ...]
    tells_time: bool = True
    tells_need: bool = True


class Reading(Struct, frozen=True, kw_only=True):
    """What a report says, before any record is asked.

    ``identifiers`` stand in the text; ``named`` were given in the report's fields; ``sums`` stand
    in the text; ``links`` are odd, each with what is odd about it.
    """

    text: str
    details: Mapping[str, Any]
    identifiers: tuple[Identifier, ...]
    named: tuple[Named, ...]
    sums: tuple[Sum, ...]
    links: tuple[tuple[Identifier, Signal], ...]
    opinion: Opinion
    tells_time: bool = True
    tells_need: bool = True

    @property
    def every(self) -> tuple[Identifier, ...]:
        """All identifiers, of the text and of the fields."""
        if not self.named:
            return self.identifiers
        return (*self.identifiers, *(each.identifier for each in self.named))

    @property
    def accusing(self) -> frozenset[tuple[str, str]]:
        """Kind and value of each identifier that may accuse somebody."""
        return frozenset(
            (each.kind, each.value)
            for each in self.every
            if not each.innocent and each.kind not in ASIDE
        )


class Findings(Struct, frozen=True, kw_only=True):
    """What the records tell of a reading: ``known`` is "subject.own", "subject.listed" or nothing."""

    known: str = ""
    spread: Spread = Spread()
    corrections: tuple[Correction, ...] = ()

    @property
    def dismissed(self) -> frozenset[str]:
        """Identifiers ("kind:value") that a person dismissed or replaced."""
        return frozenset(
            each.name
            for each in self.corrections
            if each.part is Part.IDENTIFIER and each.verb is not Verb.ACCEPT
        )


class Place(Struct, frozen=True, kw_only=True):
    """Where and when it is judged: the clock, the hotline's zone and region, who handles what."""

    now: datetime
    zone: tzinfo = UTC
    default_region: str = EVERYWHERE
    rules: Sequence[Rule] = ()
    agencies: Agencies = ()


class Assessment(Struct, frozen=True, kw_only=True):
    """What the machine makes of it: it sorts and proposes, a person decides.

    ``offences`` are the codes that hold, the likeliest first: none while the machine is unsure.
    """

    reading: Reading
    priority: Priority
    routing: Routing
    errand: Errand
    offences: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rules: str = RULES


def read(
    *, text: str, details: Mapping[str, Any], opinion: Opinion, seen: Seen | None = None
) -> Reading:
    """Take a report apart: its ``text``, and its ``details`` as intake keeps them.

    ``seen`` is what was found in the text already, for many texts at once. ``details`` may hold
    ``subjects``, ``losses``, ``occurred_at``, ``region`` and ``files``; a part that cannot be read
    counts as not given. ``opinion`` is what a reader of offences says.
    """
    found = seen or Seen(identifiers=scan(text), amounts=find_amounts(text))
    named = tuple(find_named(details)) if details else ()
    every = (*found.identifiers, *(each.identifier for each in named))
    is_about_money = bool(
        found.amounts or details.get("losses") or any(each.kind in PAYMENT_KINDS for each in every)
    )
    return Reading(
        text=text,
        details=details,
        identifiers=found.identifiers,
        named=named,
        sums=tuple(map(_make_sum, found.amounts)),
        links=_list_links(every),
        opinion=doubt(opinion) if is_about_money else opinion,
        tells_time=found.tells_time,
        tells_need=found.tells_need,
    )


def judge(reading: Reading, found: Findings, place: Place) -> Assessment:
    """Weigh what a report says and what the records tell of it."""
    guessed = [guess.code for guess in reading.opinion.offences]
    offences = settle_offences(guessed, found.corrections)
    leading = offences[0] if offences else ""
    priority = judge_urgency(reading, found, place, leading=leading)
    routing = choose_region(
        reported=read_text(reading.details.get("region")),
        identifiers=reading.every,
        default=place.default_region,
    )
    errand = choose_agency(
        region=settle_value(Part.REGION, found.corrections) or routing.region,
        offence=leading,
        rules=place.rules,
        agencies=place.agencies,
    )
    return Assessment(
        reading=reading,
        priority=priority,
        routing=routing,
        errand=errand,
        offences=offences or ((NONE,) if not reading.opinion.unsure else ()),
        reasons=(routing.reason, errand.reason, *_explain_offence(reading.opinion)),
    )


def judge_urgency(
    reading: Reading, found: Findings, place: Place, *, leading: str = ""
) -> Priority:
    """Score a report for the queue; ``leading`` is the code of the offence that holds, if any."""
    return judge_priority(_gather(reading, found, place, leading=leading))


def _explain_offence(opinion: Opinion) -> Iterator[Reason]:
    if not opinion.offences:
        yield Reason("offence.unsure" if opinion.unsure else "offence.none")


def _gather(reading: Reading, found: Findings, place: Place, *, leading: str) -> Signals:
    text, details = reading.text, reading.details
    losses = tuple(_read_losses(details)) if details else ()
    accusing = reading.accusing
    dismissed = found.dismissed if found.corrections else frozenset()
    return Signals(
        now=place.now,
        stake=find_stake(losses=losses, named=reading.sums) if losses or reading.sums else None,
        moment=_find_moment(reading, place) if details or reading.tells_time else None,
        paid=reading.tells_time and says_paid(text),
        needs=tuple(find_needs(text)) if reading.tells_need else (),
        offence=leading,
        urgency=OFFENCES[leading].priority if leading in OFFENCES else 0,
        identifiers=sum(f"{k}:{v}" not in dismissed for k, v in accusing)
        if dismissed
        else len(accusing),
        has_payment=_names_payment(details, reading.every),
        known=found.known,
        spread=found.spread,
        files=sum(1 for _ in list_objects(details.get("files"))) if details else 0,
        links=sum_points(signal for _, signal in reading.links) if reading.links else 0,
        odd_links=len({each.value for each, _ in reading.links}),
    )


def _find_moment(reading: Reading, place: Place) -> Moment | None:
    return find_moment(
        text=reading.text if reading.tells_time else "",
        field=read_text(reading.details.get("occurred_at")),
        now=place.now,
        zone=place.zone,
    )


def _read_losses(details: Mapping[str, Any]) -> Iterator[Money]:
    for loss in list_objects(details.get("losses")):
        try:
            amount = Decimal(str(loss.get("amount")))
        except InvalidOperation:
            continue
        if amount.is_finite() and amount > 0:
            yield Money(amount, read_text(loss.get("currency")) or "CNY")


def _names_payment(details: Mapping[str, Any], found: Sequence[Identifier]) -> bool:
    if any(each.kind in PAYMENT_KINDS and not each.innocent for each in found):
        return True
    kinds = (
        find_kind(read_text(each.get("kind"))) for each in list_objects(details.get("subjects"))
    )
    paid = (read_text(each.get("to")).strip() for each in list_objects(details.get("losses")))
    return bool(details) and ("payment" in kinds or any(paid))


def _list_links(found: Sequence[Identifier]) -> tuple[tuple[Identifier, Signal], ...]:
    once = {(each.kind, each.value): each for each in found if not each.innocent}
    return tuple(
        (each, signal)
        for each in once.values()
        for signal in list_signals(each.kind, each.value, each.surface)
    )


def _make_sum(found: Amount) -> Sum:
    money = Money(found.value, found.currency)
    return Sum(money=money, start=found.start, end=found.end, at_least=found.is_at_least)
