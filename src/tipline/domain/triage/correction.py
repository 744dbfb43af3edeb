"""What an officer makes of each part of the machine's opinion: accept, correct or dismiss it.

A person's word stays: a later assessment adds its opinion, and what was corrected holds on.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE
from tipline.domain.triage.priority import HIGHEST
from tipline.domain.values import region_contains
from tipline.domain.words import gettext_noop


class Part(StrEnum):
    """What of an opinion can be corrected."""

    IDENTIFIER = "identifier"
    OFFENCE = "offence"
    REGION = "region"
    PRIORITY = "priority"


class Verb(StrEnum):
    """What an officer does to it."""

    ACCEPT = "accept"
    CORRECT = "correct"
    DISMISS = "dismiss"


ADDABLE = frozenset({Part.IDENTIFIER, Part.OFFENCE})  # what a person may see beside the machine


class Correction(Struct, frozen=True, kw_only=True):
    """One officer's word on one part.

    ``name`` is what the machine said: "kind:value" of an identifier, an offence's code, a region's
    code or a score; nothing where it said nothing and the officer adds something. ``new`` is what
    holds instead: ``name`` itself when accepted, nothing when dismissed.
    """

    part: Part
    verb: Verb
    name: str
    new: str = ""


WHY_NOT: Mapping[str, str] = {
    "unknown": gettext_noop("The machine said no such thing of this report."),
    "offence": gettext_noop("There is no such offence."),
    "region": gettext_noop("There is no such officer, agency or region."),
    "priority": gettext_noop("Write a number from 0 to 100."),
    "identifier": gettext_noop("This is not written as that kind of identifier is written."),
}


class CorrectionRefused(ValueError):
    """The correction cannot be; ``why`` is a key of ``WHY_NOT``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_correction(word: Correction, *, said: Iterable[str]) -> Correction:
    """Check an officer's word against what was ``said`` of that part, and fill in what holds.

    Raises:
        CorrectionRefused: nothing of that ``name`` was said, or ``new`` is no such thing.

    """
    is_new = word.verb is Verb.CORRECT and word.name == "" and word.part in ADDABLE
    if word.name not in set(said) and not is_new:
        raise CorrectionRefused("unknown")
    if word.verb is Verb.CORRECT:
        if not _CHECKS[word.part](word.new):
            raise CorrectionRefused(word.part.value)
        return word
    return replace(word, new=word.name if word.verb is Verb.ACCEPT else "")


def settle_offences(guessed: Sequence[str], corrections: Iterable[Correction]) -> tuple[str, ...]:
    """Tell which offences hold: what persons named first, then what the machine guessed.

    ``guessed`` are codes, the surest first. What was dismissed is out until a person names it again.
    """
    held: dict[str, None] = {}
    out: set[str] = set()
    for each in corrections:
        if each.part is Part.OFFENCE:
            held.pop(each.name, None)
            out.add(each.name)
            out.discard(each.new)
            if each.new:
                held[each.new] = None
    rest = () if NONE in held else (code for code in guessed if code not in out)
    return tuple(dict.fromkeys((*held, *rest)))


def settle_value(part: Part, corrections: Iterable[Correction]) -> str | None:
    """Tell what persons last said of the region or the priority; None where nobody did."""
    told = [each.new for each in corrections if each.part is part]
    return told[-1] if told else None


def split_identifier(name: str) -> tuple[str, str]:
    """Kind and value of "kind:value"."""
    kind, _, value = name.partition(":")
    return kind, value


def _is_priority(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) <= 3 and int(told) <= HIGHEST


_CHECKS = {
    Part.IDENTIFIER: lambda told: all(split_identifier(told)),
    Part.OFFENCE: lambda told: told in OFFENCES or told == NONE,
    Part.REGION: lambda told: region_contains(told, told),
    Part.PRIORITY: _is_priority,
}
