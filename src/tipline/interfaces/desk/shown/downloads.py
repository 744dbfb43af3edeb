"""Put what scanners say of a download into words of the reader's language."""

from collections.abc import Iterator, Mapping

from django.utils.translation import get_language, gettext

from tipline.domain.evidence.files.indicators import SIGNS
from tipline.domain.evidence.files.verdict import MESSAGES, Indicator, Word
from tipline.domain.triage.links.brands import name_brand


def name_word(word: Word) -> str:
    """Name a verdict: malicious, suspicious, scanner failed, not scanned, nothing found."""
    return gettext(MESSAGES[word])


def word_signs(indicators: tuple[Indicator, ...]) -> Iterator[tuple[str, int]]:
    """Word each sign once, with its weight, the heaviest first."""
    told: Mapping[str, int] = {_word(each): SIGNS[each.key].weight for each in indicators}
    yield from sorted(told.items(), key=lambda each: -each[1])


def _word(indicator: Indicator) -> str:
    params = dict(indicator.params)
    if "brand" in params:
        params["brand"] = name_brand(str(params["brand"]), get_language() or "en")
    return gettext(SIGNS[indicator.key].message) % params
