"""Where models are made and kept: what a workshop must be able to do."""

from collections.abc import Iterable
from typing import Protocol

from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.opinion import OffenceReader


class TooLittle(ValueError):
    """There are too few texts, or of too few kinds, for a model to be taught."""


class ModelMissing(LookupError):
    """The file of this model is not on this machine, or is broken."""


class Workshop(Protocol):
    """Fits models, keeps each version for good, and opens them. "" is the model that ships."""

    def fit(self, labelled: Iterable[Labelled], *, about: str, base: str | None = None) -> str:
        """Fit a model and give its digest; a language with too few texts keeps that of ``base``.

        Raises:
            TooLittle: no language has enough.

        """

    def open(self, digest: str) -> OffenceReader:
        """Open a kept model.

        Raises:
            ModelMissing: it is not here.

        """
