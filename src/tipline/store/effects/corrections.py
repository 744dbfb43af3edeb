"""Put what persons said of an opinion over what the machine says, after either of them spoke.

The same is done when a correction is recorded, when a report is assessed again and when the desk is
rebuilt, so a person's word cannot be lost on the way.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tipline.domain.triage.correction import (
    Correction as Word,
    Part,
    Verb,
    settle_offences,
    settle_value,
    split_identifier,
)
from tipline.store.events import Recorded
from tipline.store.models import Assessment, Correction, Handling, Identifier, Mention
from tipline.store.places import make_place

_VERDICTS: Mapping[Verb, str] = {
    Verb.ACCEPT: "accepted",
    Verb.CORRECT: "replaced",
    Verb.DISMISS: "dismissed",
}


def list_words(reports: Sequence[int]) -> dict[int, list[Word]]:
    """Give all that persons said of each of these reports, oldest first."""
    words: dict[int, list[Word]] = defaultdict(list)
    rows = Correction.objects.filter(report__in=reports).order_by("event")
    for report, part, verb, name, new in rows.values_list(
        "report_id", "part", "verb", "name", "new"
    ):
        words[report].append(Word(part=Part(part), verb=Verb(verb), name=name, new=new))
    return words


def note_offence(event: Recorded) -> None:
    """Keep the offence that a decision names as an officer's word on it."""
    code = event.body.get("offence", "")
    if not code:
        return
    leading = Handling.objects.values_list("offence", flat=True).get(report=event.number)
    verb = Verb.ACCEPT if leading == code else Verb.CORRECT
    keep_word(event, Word(part=Part.OFFENCE, verb=verb, name=leading, new=code))
    apply_corrections([event.number])


def keep_word(event: Recorded, word: Word) -> None:
    """Write down an officer's word that ``event`` tells of."""
    Correction.objects.create(
        event=event.seq,
        report_id=event.number,
        part=word.part.value,
        verb=word.verb.value,
        name=word.name,
        new=word.new,
        by_id=event.author,
        at=event.at,
    )


def apply_corrections(reports: Sequence[int]) -> None:
    """Make the rows of these reports say what their corrections say."""
    for report, words in list_words(reports).items():
        changes = {**_settle_offences(report, words), **_settle_priority(report, words)}
        region = settle_value(Part.REGION, words)
        if region:
            changes |= {"region": region, "province": region[:2]}
        if changes:
            Handling.objects.filter(report_id=report).update(**changes)
        for word in words:
            if word.part is Part.IDENTIFIER:
                _judge_mentions(report, word)


def _settle_offences(report: int, words: Sequence[Word]) -> dict[str, object]:
    if not any(word.part is Part.OFFENCE for word in words):
        return {}
    newest = Assessment.objects.filter(report=report).order_by("-event")
    guessed = newest.values_list("offences", flat=True).first() or []
    held = settle_offences([guess[0] for guess in guessed], words)
    leading, second, *_ = (*held, "", "")
    return {"offence": leading, "second": second or None}


def _settle_priority(report: int, words: Sequence[Word]) -> dict[str, object]:
    told = settle_value(Part.PRIORITY, words)
    if told is None:
        return {}
    score = int(told or 0)
    return {"priority": score, "place": make_place(score, report)}


def _judge_mentions(report: int, word: Word) -> None:
    kind, value = split_identifier(word.name)
    named = Mention.objects.filter(report=report, identifier__kind=kind, identifier__value=value)
    places = list(named.values_list("field", "start", "end", "surface")) if word.name else []
    named.update(verdict=_VERDICTS[word.verb])
    if word.verb is Verb.CORRECT:
        _add_mention(report, word.new, places[0] if places else ("", 0, 0, ""))


def _add_mention(report: int, name: str, place: tuple[str, int, int, str]) -> None:
    kind, value = split_identifier(name)
    identifier, _ = Identifier.objects.get_or_create(kind=kind, value=value)
    field, start, end, surface = place
    Mention.objects.update_or_create(
        report_id=report,
        identifier=identifier,
        field=field,
        start=start,
        defaults={"end": end, "surface": surface, "verdict": "added"},
    )
