"""What an item is by itself, wherever it stands: so that one which moved is known again.

The address, the place on the page and what changes by itself (dates, counts of views) take no part.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from msgspec import Struct

_VOLATILE = re.compile(
    r"(?:浏览|阅读|查看|关注|收藏|点赞|评论|views?|likes?|watch(?:ing|ers)?|comments?|seen)\s{0,3}[:：]?\s{0,3}[0-9][0-9,.万k+]*\s{0,2}(?:次|人|条)?"
    r"|[0-9][0-9,.万k+]*\s{0,3}(?:次浏览|次阅读|次查看|人看过|人想要|人收藏|人关注|条评论|views?|likes?|watching|watchers|comments?)"
    r"|[0-9]{1,4}\s{0,2}(?:秒|分钟|小时|天|周|个月|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s{0,2}(?:前|ago)"
    r"|(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:\s{1,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?",
    re.IGNORECASE,
)
ALIKE_BITS: Final = 8  # of 64 that may differ
_LETTERS_LEAST = 8


class Identity(Struct, frozen=True, kw_only=True):
    """Where two have the same ``id`` they are the same item; ``is_alike`` tells of near copies.

    ``contacts`` are "kind:value"; ``images`` are hashes that survive another size or compression.
    """

    id: str
    simhash: str
    contacts: tuple[str, ...] = ()
    price: str = ""
    images: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """Bring a text into the form that is compared: letters and digits alone, in small letters."""
    kept = _VOLATILE.sub(" ", unicodedata.normalize("NFKC", text))
    return "".join(each for each in kept.casefold() if each.isalnum())


def identify(
    *, text: str, contacts: Iterable[str], price: str, images: Sequence[str] = ()
) -> Identity:
    """Tell what an item is by its text, its contacts and its price, and by its pictures.

    Pictures decide the ``id`` only where hardly a word is there, since sites compress them anew.
    """
    plain, sorted_contacts = normalise(text), tuple(sorted(set(contacts)))
    sure = [plain, price, *sorted_contacts]
    if len(plain) < _LETTERS_LEAST:
        sure += sorted(images)
    digest = hashlib.sha256("\x1f".join(sure).encode("utf-8", "replace")).hexdigest()
    return Identity(
        id=digest[:24],
        simhash=f"{_hash_alike(plain):016x}",
        contacts=sorted_contacts,
        price=price,
        images=tuple(images),
    )


def is_alike(one: Identity, other: Identity) -> bool:
    """Tell whether the two are near copies: nearly the same words, or the same contact and picture."""
    if one.id == other.id:
        return True
    is_worded_alike = (int(one.simhash, 16) ^ int(other.simhash, 16)).bit_count() <= ALIKE_BITS
    shares_contact = bool(set(one.contacts) & set(other.contacts))
    shares_picture = any(
        count_bits(mine, theirs) <= ALIKE_BITS for mine in one.images for theirs in other.images
    )
    return is_worded_alike or (shares_contact and shares_picture)


def count_bits(one: str, other: str) -> int:
    """Count the bits in which two hashes of pictures (16 hexadecimal digits) differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _hash_alike(plain: str) -> int:
    # Simhash of overlapping threes of letters (Charikar 2002), 64 bits.
    threes = [plain[place : place + 3] for place in range(max(1, len(plain) - 2))]
    digests = b"".join(map(_hash_three, threes))
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8)).reshape(-1, 64)
    is_set = bits.sum(axis=0) * 2 > len(threes)
    return int.from_bytes(np.packbits(is_set).tobytes(), "big")


@lru_cache(65_536)
def _hash_three(three: str) -> bytes:
    return hashlib.blake2b(three.encode("utf-8", "replace"), digest_size=8).digest()
