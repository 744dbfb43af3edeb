"""What a respondent is shown with an order's code, and what they may send back."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from tipline.domain.disposal.orders import OVER, RUNNING, OrderState
from tipline.domain.words import gettext_noop

QUOTED_CHARS = 16  # of a report's words in a row are a quotation
EXTENSION_DAYS_MAX = 180


class SheetItem(Struct, frozen=True, kw_only=True):
    """One thing to put right, with the extract of the evidence for it."""

    number: int
    kind: str
    value: str
    extract: str
    demand: str = ""


class Sheet(Struct, frozen=True, kw_only=True):
    """An order as its recipient reads it; times are ISO 8601 in UTC.

    It holds nothing of any reporter: not their words, and not that there was one.
    """

    number: str
    agency_en: str
    agency_zh: str
    recipient: str
    offences: tuple[str, ...]
    provision: str
    facts: str
    items: tuple[SheetItem, ...]
    demand: str
    redress: str
    issued_at: str
    deadline: str
    is_listed: bool = False
    is_emergency: bool = False
    automation: str = "partial"


class Served(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing said to the holder of an order's code; as JSON it is the sealed record's text.

    ``type`` is the name of the desk's event, ``at`` ISO 8601 to the minute.
    """

    type: str
    at: str
    state: str
    deadline: str
    text: str = ""
    result: str = ""
    verdicts: Mapping[str, str] = {}
    sheet: Sheet | None = None


SAID: Mapping[str, str] = {
    "order.issued": gettext_noop("The order was issued"),
    "order.ratified": gettext_noop("The emergency order was confirmed"),
    "order.extended": gettext_noop("The deadline was extended"),
    "extension.refused": gettext_noop("More time was not given"),
    "order.reminded": gettext_noop("The deadline is near"),
    "order.expired": gettext_noop("The deadline has passed; an inspection follows"),
    "order.inspected": gettext_noop("The items were inspected again"),
    "order.ruled": gettext_noop("It was decided whether the order was complied with"),
    "order.closed": gettext_noop("The order was closed"),
    "order.withdrawn": gettext_noop("The order was withdrawn; it binds nobody any more"),
    "order.lapsed": gettext_noop("The emergency order lapsed; it binds nobody any more"),
    "order.reappeared": gettext_noop("A re-check found the content there again"),
    "order.reopened": gettext_noop("The order was reopened with a new deadline"),
    "order.listed": gettext_noop("The order was put on the public register"),
    "order.unlisted": gettext_noop("The order was taken off the public register"),
}
RESULTS: Mapping[str, str] = {
    "compliant": gettext_noop("everything is gone"),
    "partial": gettext_noop("some of it is gone"),
    "not_compliant": gettext_noop("it is still there"),
    "unreachable": gettext_noop("it could not be reached"),
    "reappeared": gettext_noop("it is back"),
    "inconclusive": gettext_noop("the inspection settled nothing"),
}


class Act(StrEnum):
    """What a respondent may do."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"  # one item, with proof
    EXTENSION = "extension"
    INSPECTION = "inspection"
    APPEAL = "appeal"


ACT_NAMES: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: gettext_noop("You acknowledged the order"),
    Act.ANSWER: gettext_noop("You answered"),
    Act.EXTENSION: gettext_noop("You asked for more time"),
    Act.INSPECTION: gettext_noop("You asked for an inspection"),
    Act.APPEAL: gettext_noop("You appealed"),
}
ACT_EVENTS: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: "order.acknowledged",
    Act.ANSWER: "order.answered",
    Act.EXTENSION: "extension.asked",
    Act.INSPECTION: "look.asked",
    Act.APPEAL: "appeal.received",
}
_OPEN = frozenset(OrderState) - OVER - {OrderState.DRAFTED, OrderState.APPROVED}
# An appeal stays open when all else is over; acknowledging again changes nothing and is not offered.
ALLOWED: Mapping[Act, frozenset[OrderState]] = {
    Act.ACKNOWLEDGE: frozenset({OrderState.ISSUED, OrderState.REOPENED}),
    Act.ANSWER: _OPEN,
    Act.EXTENSION: RUNNING | {OrderState.DUE},
    Act.INSPECTION: RUNNING
    | {OrderState.DUE, OrderState.PARTLY, OrderState.FAILED, OrderState.UNREACHABLE},
    Act.APPEAL: frozenset(OrderState) - {OrderState.DRAFTED, OrderState.APPROVED},
}

ANSWER_REFUSALS: Mapping[str, str] = {
    "act": gettext_noop("This can no longer be done with this order."),
    "text": gettext_noop("Write something, or add a file."),
    "days": gettext_noop("Say how many more days you need: 1 to 180."),
    "item": gettext_noop("The order has no such item."),
}


class AnswerRefused(Exception):
    """What the respondent sent cannot be taken; ``why`` is a key of ``ANSWER_REFUSALS``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def message(self) -> str:
        """Message id to show."""
        return ANSWER_REFUSALS[self.why]


class Answer(Struct, frozen=True, kw_only=True):
    """What a respondent sends: an act, the item it is about (0: none) and their words."""

    act: Act
    text: str = ""
    item: int = 0
    days: int = 0


def list_acts(state: OrderState | str) -> tuple[Act, ...]:
    """Acts that are open to the respondent in this state."""
    return tuple(act for act in Act if OrderState(state) in ALLOWED[act])


def check_answer(
    answer: Answer, *, state: OrderState | str, items: Iterable[int], has_files: bool
) -> None:
    """Refuse what the order's state does not allow, or what says nothing.

    Raises:
        AnswerRefused: with ``why``.

    """
    if answer.act not in list_acts(state):
        raise AnswerRefused("act")
    if answer.act is Act.EXTENSION and not 1 <= answer.days <= EXTENSION_DAYS_MAX:
        raise AnswerRefused("days")
    if answer.item and answer.item not in set(items):
        raise AnswerRefused("item")
    needs_words = answer.act in {Act.ANSWER, Act.EXTENSION, Act.APPEAL}
    if needs_words and not answer.text.strip() and not has_files:
        raise AnswerRefused("text")


def find_state(said: Sequence[Served], acts: Sequence[str]) -> OrderState:
    """Tell where the order stands for its respondent: what was said last, and what they did since.

    The desk hears of an acknowledgement only when it next reads the vault.
    """
    state = OrderState(said[-1].state)
    return OrderState.ACKNOWLEDGED if Act.ACKNOWLEDGE in acts and state in _FRESH else state


_FRESH = ALLOWED[Act.ACKNOWLEDGE]


def quotes(extract: str, words: str, *, besides: Iterable[str] = ()) -> bool:
    """Tell whether ``extract`` repeats a reporter's ``words``, but for the values ``besides``."""
    told, shown = _squeeze(words, besides), _squeeze(extract, besides)
    if len(told) < QUOTED_CHARS:
        return False
    starts = range(len(told) - QUOTED_CHARS + 1)
    return any(part in shown for at in starts if _GAP not in (part := told[at : at + QUOTED_CHARS]))


_GAP = "\0"


def _squeeze(text: str, besides: Iterable[str]) -> str:
    for value in besides:
        text = text.replace(value, _GAP) if value else text
    return "".join(each for each in text if each.isalnum() or each == _GAP).lower()
