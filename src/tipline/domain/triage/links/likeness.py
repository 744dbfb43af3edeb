"""Whether a host name that is not a brand's own carries the brand's name, or one that looks like it."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from msgspec import Struct

from tipline.domain.triage.links.brands import Brand, list_brands, list_own_domains
from tipline.domain.triage.links.letters import make_skeleton

EDITED_MIN = 6  # letters that a token must have before one typing error counts as a likeness
_LURES_TOLD = """
login signin logon secure security verify verification account accounts update support service
services help bank banking card pay payment payments wallet id auth confirm online mobile web
official customer center vip gift bonus reward refund claim order delivery track tracking parcel
post kefu denglu jifen duihuan www wap app m cn com net info shop mall store
"""
LURES = frozenset(_LURES_TOLD.split())

# Words and names of others that lie one letter from a token.
ORDINARY = frozenset(["finance", "factbook", "zaobao", "alipan", "dcloud", "neteasy", "bankcom"])


class Likeness(Struct, frozen=True):
    """A brand and how the host resembles it: "same", "alike", "edited" or "part"."""

    brand: Brand
    how: str


class _Index(Struct, frozen=True):
    whole: Mapping[str, Brand]
    alike: Mapping[str, Brand]
    edited: Mapping[str, Brand]
    wide: Mapping[str, Brand]


@cache
def _make_index() -> _Index:
    told = [(token, brand) for brand in list_brands() for token in brand.tokens]
    ascii_told = {token: brand for token, brand in reversed(told) if token.isascii()}
    long = {token: brand for token, brand in ascii_told.items() if len(token) >= EDITED_MIN}
    return _Index(
        whole=ascii_told,
        alike={make_skeleton(token): brand for token, brand in ascii_told.items()},
        edited={part: brand for token, brand in long.items() for part in (token, *_shorten(token))},
        wide={token: brand for token, brand in reversed(told) if not token.isascii()},
    )


def find_likeness(host: str, registered: str, *, is_hosted: bool) -> Likeness | None:
    """Find the brand that ``host`` resembles, unless ``registered``, its registered name, is a brand's own.

    Both are in Unicode and lower case. Where anybody may have a name (``is_hosted``), a long token
    that a name begins or ends with is enough.
    """
    if not registered or registered in list_own_domains():
        return None
    label, _, suffix = registered.partition(".")
    before = host.removesuffix(registered).rstrip(".")
    found = (
        *_compare_label(label, suffix),
        *_compare_parts(label, is_hosted=is_hosted),
        *_compare_before(before),
    )
    return next(iter((*found, *_compare_wide(host))), None)


def _compare_label(label: str, suffix: str) -> Iterator[Likeness]:
    index = _make_index()
    if brand := index.whole.get(label):
        if not brand.is_word and not (brand.is_worldwide and _is_country(suffix)):
            yield Likeness(brand, "same")
        return
    is_usual = label.isascii()
    if (brand := index.alike.get(make_skeleton(label))) and not (brand.is_word and is_usual):
        yield Likeness(brand, "alike")
    elif brand := _find_edited(label):
        yield Likeness(brand, "edited")


def _find_edited(label: str) -> Brand | None:
    # One letter more, less, other or swapped: the two share a form with a letter less.
    if len(label) < EDITED_MIN or not label.isalpha() or label in ORDINARY:
        return None
    index = _make_index().edited
    for form in (label, *_shorten(label)):
        brand = index.get(form)
        if brand and any(_is_edited(label, token) for token in brand.tokens):
            return brand
    return None


def _is_edited(label: str, token: str) -> bool:
    if len(label) == len(token):
        other = [place for place, (a, b) in enumerate(zip(label, token, strict=True)) if a != b]
        is_swapped = (
            len(other) == 2
            and label[other[0] : other[1] + 1] == token[other[0] : other[1] + 1][::-1]
        )
        return len(other) == 1 or (is_swapped and other[1] - other[0] == 1)
    shorter, longer = sorted((label, token), key=len)
    return len(longer) - len(shorter) == 1 and shorter in _shorten(longer)


def _shorten(token: str) -> set[str]:
    return {token[:place] + token[place + 1 :] for place in range(len(token))}


def _compare_parts(label: str, *, is_hosted: bool) -> Iterator[Likeness]:
    # icbc-login, paypal-secure2, taobaologin, 10086jf
    parts = label.split("-")
    if len(parts) > 1:
        yield from _compare_words(parts)
        joined = ("-".join(pair) for pair in pairwise(parts))
        yield from (Likeness(brand, "part") for each in joined if (brand := _get_plain(each)))
    yield from _compare_glued(label, is_hosted=is_hosted)


def _compare_words(parts: list[str]) -> Iterator[Likeness]:
    index = _make_index()
    lured = any(part in LURES for part in parts)
    for part in parts:
        brand = index.whole.get(part) or index.alike.get(make_skeleton(part))
        if brand and (lured or not brand.is_word):
            yield Likeness(brand, "part")


def _compare_glued(label: str, *, is_hosted: bool) -> Iterator[Likeness]:
    index = _make_index().whole
    for end in range(4, len(label)):
        head, tail = label[:end], label[end:]
        if (brand := index.get(head)) and _lures(head, tail, brand, is_hosted=is_hosted):
            yield Likeness(brand, "part")
        if (brand := index.get(tail)) and _lures(tail, head, brand, is_hosted=is_hosted):
            yield Likeness(brand, "part")


def _lures(token: str, rest: str, brand: Brand, *, is_hosted: bool) -> bool:
    if rest in LURES or (token.isdigit() and rest.isalpha()):
        return True
    return is_hosted and len(token) >= EDITED_MIN and not brand.is_word


def _compare_before(before: str) -> Iterator[Likeness]:
    # www.icbc.com.cn.evil.example
    labels = before.split(".") if before else []
    for label in labels:
        if brand := _get_plain(label):
            yield Likeness(brand, "part")
        elif "-" in label:
            yield from _compare_words(label.split("-"))


def _compare_wide(host: str) -> Iterator[Likeness]:
    if not host.isascii():
        wide = _make_index().wide
        yield from (Likeness(brand, "part") for token, brand in wide.items() if token in host)


def _get_plain(token: str) -> Brand | None:
    brand = _make_index().whole.get(token)
    return brand if brand and not brand.is_word else None


def _is_country(suffix: str) -> bool:
    return len(suffix.rpartition(".")[2]) == 2
