"""What officers decided, as lessons for a model; which model is in use; how it does week by week."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from msgspec import Struct

from tipline.domain.disposal.outcome import Outcome
from tipline.domain.triage.correction import Correction as Word, Part, Verb, settle_offences
from tipline.domain.triage.offence.gate import find_languages
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.letters import fold_letters
from tipline.domain.triage.opinion import NONE
from tipline.store.models import Assessment, Correction, Decision, ModelUse, ModelVersion

_AT_ONCE = 500
# Outcomes that say whether there was an offence; the others say nothing of it.
_OFFENCE = frozenset({Outcome.ACTIONED, Outcome.ALREADY_DOWN, Outcome.REFERRED})
_WEEK = timedelta(days=7)


class Week(Struct, frozen=True, kw_only=True):
    """How the machine read in the week that begins ``on`` (a Monday)."""

    on: date
    read: int
    unsure: int
    named: int
    confidence: float  # mean of the surest guesses


class Precision(Struct, frozen=True):
    """Of the reports that the machine named so and a person ruled on, how many were so."""

    code: str
    named: int
    right: int


def get_model_in_use() -> str:
    """Digest of the model that reads reports; "" is the one that ships."""
    row = ModelUse.objects.order_by("-event").values_list("digest", flat=True).first()
    return row or ""


def get_model_before() -> str | None:
    """Digest of the model that was in use before the present one; None if there was no change."""
    used = ["", *ModelUse.objects.order_by("event").values_list("digest", flat=True)]
    earlier = [digest for digest in used if digest != used[-1]]
    return earlier[-1] if earlier else None


def list_models() -> list[ModelVersion]:
    """All models that were fitted here, the newest first."""
    return list(ModelVersion.objects.order_by("-event"))


def list_uses() -> list[ModelUse]:
    """Which model was in use from when on, the newest first."""
    return list(ModelUse.objects.order_by("-event"))


def list_labelled() -> Iterator[Labelled]:
    """Texts that officers ruled on, in the order of their rulings, with the offences that hold."""
    rows = Decision.objects.filter(overridden_by=None).order_by("at", "event")
    told = rows.values_list("report_id", "report__text", "outcome", "offence", "at")
    for batch in _batch(told.iterator(_AT_ONCE)):
        words = _list_words([report for report, *_ in batch])
        languages = find_languages(fold_letters([text for _, text, *_ in batch]))
        for (report, text, outcome, offence, at), language in zip(batch, languages, strict=True):
            codes = _settle(outcome, offence, words.get(report, ()))
            if codes and text.strip():
                yield Labelled(
                    text=text,
                    codes=codes,
                    language=language,
                    group=_name_group(text),
                    source="own",
                    decided_at=at,
                )


def _batch(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _name_group(text: str) -> str:
    # Texts that differ in numbers and spaces alone stay together.
    return "".join(each for each in text.lower() if each.isalpha())


def _list_words(reports: Sequence[int]) -> Mapping[int, list[Word]]:
    rows = Correction.objects.filter(report__in=reports, part=Part.OFFENCE.value).order_by("event")
    words: dict[int, list[Word]] = defaultdict(list)
    for report, verb, name, new in rows.values_list("report_id", "verb", "name", "new"):
        words[report].append(Word(part=Part.OFFENCE, verb=Verb(verb), name=name, new=new))
    return words


def _settle(outcome: str, offence: str, words: Iterable[Word]) -> tuple[str, ...]:
    # What persons said alone: a machine's own guess must not become its lesson.
    if outcome == Outcome.NO_VIOLATION:
        return (NONE,)
    held = settle_offences((), words)
    if held:
        return held
    return (offence,) if offence and outcome in {each.value for each in _OFFENCE} else ()


def list_weeks(*, since: datetime) -> list[Week]:
    """How the machine read in each week since ``since``, the oldest first."""
    weeks: dict[date, list[tuple[bool, float | None]]] = defaultdict(list)
    rows = Assessment.objects.filter(made_at__gte=since).order_by("event")
    for made_at, unsure, offences in rows.values_list("made_at", "unsure", "offences").iterator():
        monday = made_at.date() - timedelta(days=made_at.weekday())
        weeks[monday].append((unsure, offences[0][1] if offences else None))
    return [_sum_up(monday, weeks[monday]) for monday in sorted(weeks)]


def _sum_up(monday: date, told: Sequence[tuple[bool, float | None]]) -> Week:
    sure = [confidence for _, confidence in told if confidence is not None]
    return Week(
        on=monday,
        read=len(told),
        unsure=sum(unsure for unsure, _ in told),
        named=len(sure),
        confidence=sum(sure) / len(sure) if sure else 0.0,
    )


def list_precisions() -> list[Precision]:
    """For each offence that the machine named first: how often persons then found it so."""
    named: Counter[str] = Counter()
    right: Counter[str] = Counter()
    rows = Decision.objects.filter(overridden_by=None).order_by("event")
    told = rows.values_list("report_id", "outcome", "offence")
    for batch in _batch(told.iterator(_AT_ONCE)):
        reports = [report for report, *_ in batch]
        words, said = _list_words(reports), _list_said(reports)
        for report, outcome, offence in batch:
            codes = _settle(outcome, offence, words.get(report, ()))
            code = said.get(report, "")
            if codes and code:
                named[code] += 1
                right[code] += code in codes
    return [Precision(code, named[code], right[code]) for code in sorted(named)]


def _list_said(reports: Sequence[int]) -> Mapping[int, str]:
    # The last assessment before anybody ruled is the last one: decided reports are not read anew.
    rows: Iterable[tuple[int, Any]] = (
        Assessment.objects.filter(report__in=reports)
        .order_by("event")
        .values_list("report_id", "offences")
    )
    return {report: offences[0][0] for report, offences in rows if offences}
