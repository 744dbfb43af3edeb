"""Makes offence models, keeps every version in a folder, and opens them: the real workshop."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from tipline.adapters.offences.file import Model, ModelBroken, decode_model, encode_model
from tipline.domain.triage.offence.labelled import RECIPES, Labelled
from tipline.domain.triage.offence.model import Voice
from tipline.domain.triage.offence.reader import TextReader
from tipline.domain.triage.offence.workshop import ModelMissing, TooLittle

log = logging.getLogger("tipline.models")
SHIPPED = Path(__file__).with_name("offences.model")
TEXTS_LEAST = 200  # of a language, for a model of it to be fitted at all


class FileWorkshop:
    """Keeps models as files named by their SHA-256; the empty digest is the model that ships."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fit(self, labelled: Iterable[Labelled], *, about: str, base: str | None = None) -> str:
        """Fit a model, keep its file, and give its digest.

        A language with too few texts keeps the model of ``base``, where one is named.

        Raises:
            TooLittle: no language has enough texts of two kinds.

        """
        voices = fit_voices(labelled)
        if not voices:
            raise TooLittle
        kept = self._read(base).voices if base is not None else {}
        data = encode_model({**kept, **voices}, about=about)
        return self.keep(data)

    def keep(self, data: bytes) -> str:
        """Keep the bytes of a model; whole or not at all.

        Raises:
            ModelBroken: they are no model.

        """
        digest = decode_model(data).digest
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._find(digest)
        beside = path.with_suffix(".part")
        beside.write_bytes(data)
        beside.replace(path)
        return digest

    def open(self, digest: str) -> TextReader:
        """Open a kept model for reading; the same digest gives the same reader.

        Raises:
            ModelMissing: its file is not here, or is broken.

        """
        model = self._read(digest)
        return TextReader(voices=model.voices, model=model.version)

    def _read(self, digest: str) -> Model:
        path = self._find(digest) if digest else SHIPPED
        try:
            model = _read_file(path)
        except (OSError, ModelBroken) as wrong:
            raise ModelMissing(digest) from wrong
        if digest and model.digest != digest:
            raise ModelMissing(digest)
        return model

    def _find(self, digest: str) -> Path:
        return self.folder / f"{digest}.model"


@lru_cache(maxsize=4)
def _read_file(path: Path) -> Model:
    return decode_model(path.read_bytes())


def fit_voices(labelled: Iterable[Labelled]) -> dict[str, Voice]:
    """Fit a model for each language that has enough texts of two kinds or more."""
    from tipline.adapters.offences.fitting import fit_voice  # noqa: PLC0415 - scikit-learn is slow

    texts: dict[str, list[Labelled]] = defaultdict(list)
    for each in labelled:
        texts[each.language].append(each)
    return {
        language: fit_voice(texts[language], recipe)
        for language, recipe in RECIPES.items()
        if _has_enough(texts[language])
    }


def _has_enough(labelled: Sequence[Labelled]) -> bool:
    return len(labelled) >= TEXTS_LEAST and len({each.codes[0] for each in labelled}) > 1


def write_model(labelled: Iterable[Labelled], *, about: str, path: Path) -> tuple[str, int]:
    """Fit a model, write it to ``path``, and give its SHA-256 and size.

    Raises:
        TooLittle: no language has enough texts of two kinds.

    """
    voices = fit_voices(labelled)
    if not voices:
        raise TooLittle
    data = encode_model(voices, about=about)
    path.write_bytes(data)
    return decode_model(data).digest, len(data)
