"""Texts whose offence is known: what a model is taught from and measured against."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class Labelled(Struct, frozen=True, kw_only=True):
    """One text and the offences that a person found in it; ``("NONE",)`` where they saw none.

    ``group`` binds texts that must stay on one side of a split: wordings of one template, or titles
    of one seller. ``source`` names the set it came from.
    """

    text: str
    codes: tuple[str, ...]
    language: str = ""
    group: str = ""
    source: str = ""
    decided_at: datetime | None = None


class Recipe(Struct, frozen=True, kw_only=True):
    """How a language's model is fitted; chosen by grouped cross-validation (docs/reference).

    ``wordings_least``: a gram must stand in so many groups. ``rarity`` is the power of its inverse
    document frequency, ``crowd`` the power by which texts of one group share their weight,
    ``balance`` the power by which rare kinds are made as heavy as others, ``strength`` the C of the
    support vector machine. A kind may be named from ``teach_least`` groups on, at confidences from
    which it was right in ``precision_least`` of texts out of fold. ``refuse`` and ``refuse_long``
    are the shares of known texts that are turned away as unlike what taught it, and as too long.
    """

    language: str
    sizes: tuple[int, ...]
    bits: int
    with_stops: bool
    wordings_least: int
    rarity: float
    crowd: float
    balance: float
    strength: float
    teach_least: int = 40
    precision_least: float = 0.85
    refuse: float = 0.085
    refuse_long: float = 0.01


RECIPES: Mapping[str, Recipe] = {
    "zh": Recipe(
        language="zh",
        sizes=(1, 2),
        bits=18,
        with_stops=False,
        wordings_least=3,
        rarity=0.5,
        crowd=0.5,
        balance=1.0,
        strength=1.0,
    ),
    "en": Recipe(
        language="en",
        sizes=(1, 2, 3, 4),
        bits=20,
        with_stops=True,
        wordings_least=2,
        rarity=0.5,
        crowd=0.2,
        balance=0.5,
        strength=0.3,
    ),
}
