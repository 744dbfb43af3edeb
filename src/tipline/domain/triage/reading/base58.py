"""Base58Check (Bitcoin's addresses) and Bech32 (BIP 173, BIP 350): which strings carry a right check."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_TO_BITCOIN = str.maketrans(_RIPPLE, _ALPHABET)
_VALUES = {each: place for place, each in enumerate(_ALPHABET)}
_BECH32 = {each: place for place, each in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32M = 0x2BC830A3


def decode_base58(written: str) -> bytes | None:
    """Give the bytes that ``written`` stands for; None if a sign is not of the alphabet."""
    number = 0
    for each in written:
        if each not in _VALUES:
            return None
        number = number * 58 + _VALUES[each]
    zeros = len(written) - len(written.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


@lru_cache(1024)
def read_base58check(written: str) -> bytes | None:
    """Give version and payload (no checksum) of a Base58Check string; None if the check is wrong."""
    decoded = decode_base58(written)
    if decoded is None or len(decoded) < 5:
        return None
    payload, check = decoded[:-4], decoded[-4:]
    return payload if sha256(sha256(payload).digest()).digest()[:4] == check else None


def read_ripple(written: str) -> bytes | None:
    """Like ``read_base58check`` in the alphabet of the XRP Ledger."""
    return read_base58check(written.translate(_TO_BITCOIN))


@lru_cache(1024)
def has_bech32_check(written: str) -> bool:
    """Tell whether ``written`` carries a right Bech32 or Bech32m check, as its version asks."""
    prefix, _, data = written.lower().rpartition("1")
    if not prefix or len(data) < 8 or any(each not in _BECH32 for each in data):
        return False
    values = [_BECH32[each] for each in data]
    expand = [*(ord(each) >> 5 for each in prefix), 0, *(ord(each) & 31 for each in prefix)]
    check = _find_remainder([*expand, *values])
    return check == (1 if values[0] == 0 or prefix not in {"bc", "tb", "ltc"} else _BECH32M)


def _find_remainder(values: Sequence[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if top >> bit & 1 else 0
    return check
