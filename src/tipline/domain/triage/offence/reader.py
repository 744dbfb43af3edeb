"""Reads texts for offences: language first, then the model of that language, then the rules."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from tipline.domain.triage.offence.cues import list_cued
from tipline.domain.triage.offence.gate import CHINESE, ENGLISH, OTHER, find_languages
from tipline.domain.triage.offence.letters import Letters, Places, fold_letters, mask_letters
from tipline.domain.triage.offence.model import (
    Voice,
    Weighing,
    is_trusted,
    list_named,
    weigh_stream,
)
from tipline.domain.triage.offence.rules import RULES_VERSION, find_rules
from tipline.domain.triage.offence.spans import find_spans
from tipline.domain.triage.opinion import NONE, Ground, Guess, Opinion

_LETTERS_AT_ONCE, _TEXTS_AT_ONCE = 60_000, 1_024
_NOTHING = {each: Opinion(unsure=False, language=each) for each in (CHINESE, ENGLISH, OTHER)}
_UNSURE = {each: Opinion(unsure=True, language=each) for each in (CHINESE, ENGLISH, OTHER)}


class TextReader(Struct, frozen=True, kw_only=True):
    """Reads texts with the model's ``voices`` and the rules; without voices by the rules alone."""

    voices: Mapping[str, Voice]
    model: str  # the model's version

    @property
    def version(self) -> str:
        """Name the model and the rules."""
        return f"{self.model}+rules-{RULES_VERSION}"

    def read_many(self, texts: Sequence[str]) -> list[Opinion]:
        """Give one opinion a text, in their order; the same alone and among others."""
        opinions: list[Opinion] = []
        for batch in _split(texts):
            letters = fold_letters(batch)
            read = self._read_batch(letters, len(batch))
            for row in list_cued(letters):
                read[row] = _add_rules(batch[row], read[row])
            opinions += read
        return opinions

    def _read_batch(self, letters: Letters, count: int) -> list[Opinion]:
        languages = find_languages(letters)
        opinions = [_UNSURE[each] for each in languages]
        for language, voice in self.voices.items():
            rows = np.flatnonzero([each == language for each in languages])
            if rows.size:
                read = _read_voice(voice, _choose(letters, rows, count))
                for row, opinion in zip(rows.tolist(), read, strict=True):
                    opinions[row] = opinion
        return opinions


def _split(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    begun = letters = 0
    for number, text in enumerate(texts):
        letters += len(text)
        if letters > _LETTERS_AT_ONCE or number - begun >= _TEXTS_AT_ONCE:
            if number > begun:
                yield texts[begun:number]
            begun, letters = number, len(text)
    if begun < len(texts):
        yield texts[begun:]


def _choose(letters: Letters, rows: Places, count: int) -> Letters:
    if rows.size == count:
        return letters
    is_chosen = np.zeros(count + 1, dtype=bool)
    is_chosen[rows] = is_chosen[count] = True
    sizes = np.diff(np.append(letters.starts, letters.codes.size))
    kept = np.repeat(is_chosen, sizes)
    starts = np.concatenate(([0], np.cumsum(sizes[is_chosen])[:-1]))
    return Letters(letters.codes[kept], letters.kinds[kept], letters.places[kept], starts)


def _read_voice(voice: Voice, letters: Letters) -> list[Opinion]:
    stream = mask_letters(letters, with_stops=voice.with_stops)
    weighing = weigh_stream(voice, stream)
    named = _list_answers(voice, weighing)
    asked = [(row, kind) for row, found in enumerate(named) for kind, _ in found or ()]
    spans = iter(find_spans(voice, stream, asked))
    return [_say(voice, found, spans) for found in named]


Found = list[tuple[int, float]] | None


def _list_answers(voice: Voice, weighing: Weighing) -> list[Found]:
    # None: unsure. Empty: no offence seen. A kind that may not be named makes all unsure.
    trusted = is_trusted(voice, weighing).tolist()
    return [
        _list_crimes(voice, named) if is_known and _may_say(voice, *named[0]) else None
        for is_known, named in zip(trusted, list_named(voice, weighing.margins), strict=True)
    ]


def _may_say(voice: Voice, kind: int, sure: float) -> bool:
    return voice.kinds[kind].may_name and sure >= voice.kinds[kind].least


def _list_crimes(voice: Voice, named: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    return [
        (kind, sure)
        for kind, sure in named
        if voice.kinds[kind].code != NONE and _may_say(voice, kind, sure)
    ]


def _say(voice: Voice, found: Found, spans: Iterator[list[tuple[int, int]]]) -> Opinion:
    if not found:
        return (_UNSURE if found is None else _NOTHING)[voice.language]
    guesses = tuple(
        Guess(voice.kinds[kind].code, round(sure, 4), _give_grounds(next(spans)))
        for kind, sure in found
    )
    return Opinion(offences=guesses, unsure=False, language=voice.language)


def _give_grounds(spans: Sequence[tuple[int, int]]) -> tuple[Ground, ...]:
    return tuple(Ground("offence.words", {}, start, end) for start, end in spans)


def _add_rules(text: str, opinion: Opinion) -> Opinion:
    found = find_rules(text)
    if not found:
        return opinion
    # What the model named stays first; where both name one, the reasons stand together.
    joined = {each.code: each for each in opinion.offences}
    for guess in found:
        same = joined.get(guess.code)
        joined[guess.code] = (
            Guess(guess.code, same.confidence, (*same.reasons, *guess.reasons)) if same else guess
        )
    return Opinion(offences=tuple(joined.values()), unsure=False, language=opinion.language)
