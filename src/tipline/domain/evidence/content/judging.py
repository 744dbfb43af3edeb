"""Of which offences a page's signals tell together: a table, each row with what must be there."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.triage.offence.rules import CONFIDENCE
from tipline.domain.triage.opinion import Ground, Guess

_SECRETS = frozenset(
    {"form.card", "form.cvv", "form.pin", "form.code", "form.id_card", "form.password"}
)
_MASKS = frozenset({"page.brand", "page.licence.other", "page.kit"})


class _Row(Struct, frozen=True):
    """An offence, and sets of signals from each of which one at least must be there."""

    code: str
    needs: tuple[frozenset[str], ...]


_ROWS = (
    _Row("FR-PHISH", (_SECRETS, _MASKS)),
    _Row(
        "FR-PHISH",
        (frozenset({"form.secrets"}), frozenset({"page.bank", "form.target", "form.mail"})),
    ),
    _Row("MW-APP", (frozenset({"page.download"}), frozenset({"page.unguarded"}))),
)


def judge_page(signals: Sequence[PageSignal]) -> tuple[Guess, ...]:
    """Name the offences that the signals of one page suggest, each with the signals that do."""
    keys = {each.key for each in signals}
    found: dict[str, dict[str, Ground]] = {}
    for row in _ROWS:
        if all(keys & need for need in row.needs):
            wanted = frozenset().union(*row.needs)
            for ground in _list_grounds(signals, wanted):
                found.setdefault(row.code, {}).setdefault(ground.key, ground)
    return tuple(
        Guess(code, CONFIDENCE, tuple(grounds.values())) for code, grounds in found.items()
    )


def _list_grounds(signals: Sequence[PageSignal], wanted: frozenset[str]) -> Iterator[Ground]:
    for each in signals:
        if each.key in wanted:
            yield Ground(each.key, each.params)
