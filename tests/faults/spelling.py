"""All forms in which a word or an address could lie in a file, and the search for them."""

import base64
import ipaddress
from collections.abc import Iterator, Mapping

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
URL_SAFE = bytes.maketrans(b"+/", b"-_")
Forbidden = Mapping[str, list[bytes]]


def spell(word: str) -> Iterator[bytes]:
    """A word in every encoding: plain, as hex, as base64 at each of its three offsets, backwards."""
    yield word[::-1].encode()
    for encoding in ENCODINGS:
        raw = word.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift, spoilt in enumerate((0, 2, 3)):
            inner = base64.b64encode(bytes(shift) + raw)[spoilt:-4]
            yield inner
            yield inner.translate(URL_SAFE)


def spell_address(address: str) -> Iterator[bytes]:
    """An IPv4 address: dotted, with dashes, as a number, as its bytes in text, as its network."""
    packed = ipaddress.IPv4Address(address).packed
    yield from spell(address)
    yield address.replace(".", "-").encode()
    yield str(int.from_bytes(packed, "big")).encode()
    yield packed.hex().encode()
    yield packed.hex().upper().encode()
    yield packed.hex(":").encode()
    yield repr(packed)[2:-1].encode()
    yield f"{packed[:2].hex()}:{packed[2:].hex()}".encode()  # inside an IPv6 address
    yield f"{address.rpartition('.')[0]}.0/24".encode()


def search(content: bytes, forbidden: Forbidden) -> list[str]:
    """Names of what is in ``content`` in any of its forms."""
    return [name for name, forms in forbidden.items() if any(form in content for form in forms)]
