"""The file of an offence model: a line that names the format, a JSON head, plain arrays.

    TIPLINE-OFFENCES 1\\n | length of the head (4 bytes, big-endian) | head | arrays

The head tells each language's kinds, thresholds and the sizes of its arrays (little-endian: grams
as uint32, weights as float16, bias as float32), and the SHA-256 of all arrays. No text is in it,
and grams are hashes, so no text can be read back.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from tipline.domain.triage.offence.model import Kind, Voice

_MAGIC = b"TIPLINE-OFFENCES 1\n"


class ModelBroken(ValueError):
    """The file is no offence model, or not all of it is as it was written."""


class _Head(Struct, frozen=True, kw_only=True):
    language: str
    sizes: tuple[int, ...]
    bits: int
    with_stops: bool
    kinds: tuple[Kind, ...]
    grams: int
    temperature: float
    least_trust: float
    most_letters: int


class _Heads(Struct, frozen=True, kw_only=True):
    sha256: str
    about: str
    voices: tuple[_Head, ...]


class Model(Struct, frozen=True):
    """What a file holds: a model for each language, what it says about itself, its version."""

    voices: Mapping[str, Voice]
    about: str
    digest: str

    @property
    def version(self) -> str:
        """Name the model by its content."""
        return f"offences-{self.digest[:12]}"


def encode_model(voices: Mapping[str, Voice], *, about: str) -> bytes:
    """Write a model as bytes: the same model gives the same bytes."""
    ordered = [voices[language] for language in sorted(voices)]
    arrays = b"".join(_encode_arrays(each) for each in ordered)
    digest = hashlib.sha256(arrays).hexdigest()
    heads = _Heads(sha256=digest, about=about, voices=tuple(map(_describe, ordered)))
    head = msgspec.json.encode(heads)
    return _MAGIC + len(head).to_bytes(4, "big") + head + arrays


def read_model(path: Path) -> Model:
    """Read a model's file.

    Raises:
        ModelBroken: it is of another format, cut short or changed.

    """
    return decode_model(path.read_bytes())


def decode_model(data: bytes) -> Model:
    """Read a model from the bytes of its file.

    Raises:
        ModelBroken: they are of another format, cut short or changed.

    """
    if not data.startswith(_MAGIC):
        raise ModelBroken("not an offence model")
    start = len(_MAGIC) + 4
    size = int.from_bytes(data[len(_MAGIC) : start], "big")
    try:
        heads = msgspec.json.decode(data[start : start + size], type=_Heads)
    except msgspec.MsgspecError as wrong:
        raise ModelBroken("its head cannot be read") from wrong
    arrays = memoryview(data)[start + size :]
    if hashlib.sha256(arrays).hexdigest() != heads.sha256:
        raise ModelBroken("its arrays are not those that were written")
    voices = {each.language: each for each in _decode_voices(heads, arrays)}
    return Model(voices, heads.about, hashlib.sha256(data).hexdigest())


def _describe(voice: Voice) -> _Head:
    told = {name: getattr(voice, name) for name in _Head.__struct_fields__ if name != "grams"}
    return _Head(**told, grams=voice.rows.shape[0] - 1)


def _encode_arrays(voice: Voice) -> bytes:
    grams = np.flatnonzero(voice.slots)
    order = voice.slots[grams]
    weights = voice.rows[order].astype("<f2")
    return grams.astype("<u4").tobytes() + weights.tobytes() + voice.bias.astype("<f4").tobytes()


def _decode_voices(heads: _Heads, arrays: memoryview) -> Iterator[Voice]:
    at = 0
    for head in heads.voices:
        wide = len(head.kinds) + 1
        grams = np.frombuffer(arrays, "<u4", head.grams, at)
        at += grams.nbytes
        weights = np.frombuffer(arrays, "<f2", head.grams * wide, at).reshape(head.grams, wide)
        at += weights.nbytes
        bias = np.frombuffer(arrays, "<f4", wide - 1, at)
        at += bias.nbytes
        slots = np.zeros(1 << head.bits, dtype=np.int32)
        slots[grams] = np.arange(1, head.grams + 1)
        rows = np.zeros((head.grams + 1, wide), dtype=np.float32)
        rows[1:] = weights
        told = {name: getattr(head, name) for name in head.__struct_fields__ if name != "grams"}
        yield Voice(**told, slots=slots, rows=rows, bias=bias.astype(np.float32))
