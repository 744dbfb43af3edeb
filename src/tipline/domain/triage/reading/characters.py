"""Which characters stand for which, and what writing so is called.

A text is folded for reading by machine: each character here gives another, or nothing. Sources:
Unicode's compatibility decompositions (UAX #15) for full-width, circled, bracketed, mathematical,
raised and lowered forms, and its decimal digits of other scripts; Chinese digits also as banks and
radio operators write them.
"""

import unicodedata
from collections.abc import Iterator, Mapping

# Ranges whose compatibility form is asked for, and the name of that way of writing.
_RANGES = (
    (0xFF10, 0xFF1A, "fullwidth"),
    (0xFF21, 0xFF3B, "fullwidth"),
    (0xFF41, 0xFF5B, "fullwidth"),
    (0x1D400, 0x1D800, "mathematical"),
    (0x2460, 0x2469, "circled"),  # ① to ⑨
    (0x2474, 0x247D, "circled"),  # ⑴
    (0x2488, 0x2491, "circled"),  # ⒈
    (0x249C, 0x24EB, "circled"),  # letters in brackets and circles, and ⓪
    (0x3220, 0x3229, "circled"),  # Chinese digits in brackets
    (0x3280, 0x3289, "circled"),
    (0x1F110, 0x1F12A, "circled"),
    (0x1F130, 0x1F14A, "circled"),
    (0x1F150, 0x1F16A, "circled"),
    (0x1F170, 0x1F18A, "circled"),
    (0xB2, 0xB4, "raised"),
    (0xB9, 0xBA, "raised"),
    (0x2070, 0x209D, "raised"),
    (0x02B0, 0x02B9, "raised"),
    (0x1D2C, 0x1D6B, "raised"),
    (0x2100, 0x2139, "mathematical"),
)
_RINGS = (0x24F5, 0x2776, 0x2780, 0x278A)  # rows of ringed and filled digits from one to nine
_SCRIPTS = (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x17E0, 0x1040, 0x1946, 0x1090)  # a zero of each
_PUNCTUATION = "．／＠＋－＿＝＆％＃［］＼｜＊～"  # noqa: RUF001 - the forms that are folded
_DASHES = "‐‑‒–—―−－﹣"  # noqa: RUF001 - dashes that stand for a hyphen
UNSEEN = frozenset(
    {0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x3164, 0xFEFF, 0xFFA0}
    | {0x2028, 0x2029}
    | set(range(0x2060, 0x2065))
    | set(range(0xFE00, 0xFE10))
)
BIDI = frozenset({0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})
_OVERLAYS = frozenset({*range(0x0332, 0x0339), 0x0305, *range(0x20D0, 0x20F1)})
_CHINESE = (
    "〇零一二三四五六七八九",
    "○洞幺两兩",
    "壹贰叁肆伍陆柒捌玖",
    "弌弍弎",
    "貳參陸",
)
_CHINESE_DIGITS = ("00123456789", "00122", "123456789", "123", "236")


def _list_compatible() -> Iterator[tuple[str, str, str]]:
    for first, end, style in _RANGES:
        for each in map(chr, range(first, end)):
            plain = unicodedata.normalize("NFKC", each).strip("().")
            if len(plain) == 1 and plain != each and (plain.isascii() or plain in CHINESE):
                yield each, plain, style


def _list_others() -> Iterator[tuple[str, str, str]]:
    for each in _PUNCTUATION:
        yield each, unicodedata.normalize("NFKC", each), "fullwidth"
    for each in _DASHES:
        yield each, "-", ""
    for first in _RINGS:
        yield from ((chr(first + each), str(each + 1), "circled") for each in range(9))
    for zero in _SCRIPTS:
        yield from ((chr(zero + each), str(each), "other_digits") for each in range(10))
    yield from (("⓿", "0", "circled"), ("\u3000", " ", ""), ("\u00a0", " ", ""), ("﹒", ".", ""))
    yield from ((chr(each), " ", "") for each in range(0x2000, 0x200B))


def _list_filled() -> Iterator[tuple[str, str, str]]:
    # Letters white on black have no decomposition.
    for first in (0x1F150, 0x1F170):
        yield from ((chr(first + each), chr(0x41 + each), "circled") for each in range(26))


CHINESE: Mapping[str, str] = {
    each: digit
    for row, digits in zip(_CHINESE, _CHINESE_DIGITS, strict=True)
    for each, digit in zip(row, digits, strict=True)
}
_ROWS = (*_list_compatible(), *_list_filled(), *_list_others())
SAME_LENGTH: Mapping[str, str] = {each: plain for each, plain, _ in _ROWS}
VANISHING = frozenset(map(chr, UNSEEN | BIDI | _OVERLAYS))
STYLES: Mapping[str, str] = {
    **{each: style for each, _, style in _ROWS if style},
    **dict.fromkeys(CHINESE, "chinese_digits"),
    **dict.fromkeys(map(chr, UNSEEN), "zero_width"),
    **dict.fromkeys(map(chr, BIDI), "bidi"),
    **dict.fromkeys(map(chr, _OVERLAYS), "overlaid"),
    "\u20e3": "keycap",
}
