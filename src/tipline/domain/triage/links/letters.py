# ruff: noqa: RUF001 - the letters that are compared
"""Letters that look like others, and the scripts that a name is written in.

The pairs are the commonly abused part of the Unicode consortium's confusables (UTS 39), Latin,
Cyrillic and Greek, and what digits and pairs of Latin letters look like in small print.
"""

import unicodedata

_ALIKE = {
    # Cyrillic
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "ѕ": "s", "і": "i", "ї": "i",
    "ј": "j", "ԁ": "d", "һ": "h", "ӏ": "l", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "ԛ": "q",
    "ԝ": "w", "ѵ": "v", "г": "r", "ь": "b", "ё": "e", "п": "n", "ո": "n", "ս": "u", "օ": "o",
    # Greek
    "α": "a", "ο": "o", "ρ": "p", "ν": "v", "τ": "t", "κ": "k", "ι": "i", "υ": "u", "χ": "x", "ε": "e",
    "η": "n", "ω": "w", "γ": "y", "σ": "o",
    # Latin beyond ASCII that does not come apart
    "ı": "i", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʏ": "y", "ø": "o", "ł": "l", "đ": "d", "ß": "b", "æ": "ae",
    # digits
    "0": "o", "1": "l", "3": "e", "5": "s", "8": "b", "9": "g",
}  # fmt: skip
_TABLE = str.maketrans(_ALIKE)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
# Scripts that one word of one language mixes.
_TOGETHER = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"})


def make_skeleton(label: str) -> str:
    """Give what a label looks like: two labels that look alike have one skeleton."""
    apart = unicodedata.normalize("NFKD", label).translate(_TABLE)
    plain = "".join(each for each in apart if not unicodedata.combining(each)).replace("i", "l")
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain


def list_scripts(label: str) -> frozenset[str]:
    """List the scripts of a label's letters; digits and marks have none."""
    return frozenset(_find_script(each) for each in label if each.isalpha())


def mixes_scripts(label: str) -> bool:
    """Tell whether a label mixes scripts that no language writes in one word."""
    scripts = list_scripts(label)
    return len(scripts) > 1 and not scripts <= _TOGETHER


def _find_script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "OTHER")
