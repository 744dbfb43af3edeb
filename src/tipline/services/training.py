"""Let the hotline teach its own model: fit, compare, promote only what is better, roll back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.triage.offence.contest import Verdict, compare
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.workshop import ModelMissing, Workshop
from tipline.domain.triage.opinion import OffenceReader, Opinion
from tipline.store.queries.training import (
    get_model_before,
    get_model_in_use,
    list_labelled,
)
from tipline.store.record import record

_TEACH_SHARE = 0.8  # of the rulings, the earlier ones: the others test
_AT_ONCE = 1_000


class NothingBefore(LookupError):
    """There is no earlier model to go back to."""


class Trained(Struct, frozen=True):
    """A model that was fitted, and how it did against the one in use."""

    digest: str
    verdict: Verdict
    is_promoted: bool


def train_model(
    *, workshop: Workshop, extra: Iterable[Labelled] = (), by: int | None, now: datetime
) -> Trained:
    """Fit a model to what officers ruled, and use it if it is better on what they ruled later.

    ``extra`` are labelled texts of other sources; they teach and never test.

    Raises:
        TooLittle: too few rulings, or of too few kinds.
        ModelMissing: the file of the model in use is not on this machine.

    """
    rulings = list(list_labelled())
    teach, test = split_by_time(rulings)
    base = get_model_in_use()
    old = _read(workshop.open(base), test)
    about = f"Fitted to {len(teach)} rulings of this hotline."
    digest = workshop.fit([*extra, *teach], about=about, base=base)
    verdict = compare(test, old=old, new=_read(workshop.open(digest), test))
    with transaction.atomic():
        _record_trained(digest, base, len(teach), verdict, now=now, by=by)
        if verdict.is_better:
            _record_use("model.promoted", digest, now=now, by=by)
    return Trained(digest, verdict, verdict.is_better)


def split_by_time(rulings: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Split rulings, which are in order, into the earlier four fifths and the later rest.

    A later text that was ruled on before in the same words tests nothing and is left out.
    """
    cut = int(len(rulings) * _TEACH_SHARE)
    seen = {each.group for each in rulings[:cut]}
    return list(rulings[:cut]), [each for each in rulings[cut:] if each.group not in seen]


def roll_back(*, workshop: Workshop, by: int | None, now: datetime) -> str:
    """Go back to the model that was in use before; gives its digest ("": as shipped).

    Raises:
        NothingBefore: there was none before.
        ModelMissing: its file is not on this machine.

    """
    digest = get_model_before()
    if digest is None:
        raise NothingBefore
    workshop.open(digest)
    with transaction.atomic():
        _record_use("model.reverted", digest, now=now, by=by)
    return digest


class CurrentReader:
    """Reads with whichever model is in use at the moment: a promotion needs no restart.

    Where the file of that model is not on this machine, the model that ships reads; the version
    says so.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._reader: OffenceReader | None = None

    @property
    def version(self) -> str:
        """Name the model that read last, or that would read now."""
        return (self._reader or self._open()).version

    def read_many(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """Give one opinion a text, in their order."""
        self._reader = self._open()
        return self._reader.read_many(texts)

    def _open(self) -> OffenceReader:
        try:
            return self._workshop.open(get_model_in_use())
        except ModelMissing:
            return self._workshop.open("")


def _read(reader: OffenceReader, labelled: Sequence[Labelled]) -> list[Opinion]:
    return list(reader.read_many([each.text for each in labelled]))


def _record_trained(  # noqa: PLR0917 - the parts of one event
    digest: str, base: str, taught: int, verdict: Verdict, *, now: datetime, by: int | None
) -> None:
    body: dict[str, Any] = {
        "digest": digest,
        "base": base,
        "taught": taught,
        "tested": verdict.texts,
        "figures": {
            "old": [verdict.old.right, verdict.old.wrong, verdict.old.unsure],
            "new": [verdict.new.right, verdict.new.wrong, verdict.new.unsure],
            "gain": round(verdict.gain, 4),
            "low": round(verdict.low, 4),
        },
    }
    record(kind="model.trained", subject=_name(digest), by=by, now=now, body=body)


def _record_use(kind: str, digest: str, *, now: datetime, by: int | None) -> None:
    record(kind=kind, subject=_name(digest), by=by, now=now, body={"digest": digest})


def _name(digest: str) -> str:
    return f"model:{digest[:12] or 'shipped'}"
