"""Keccak-256 as Ethereum uses it (the padding before SHA-3), for the check in EIP-55."""

from functools import lru_cache

_MASK = (1 << 64) - 1
_RATE = 136  # bytes
_ROTATIONS = (
    (0, 36, 3, 41, 18),
    (1, 44, 10, 45, 2),
    (62, 6, 43, 15, 61),
    (28, 55, 25, 21, 56),
    (27, 20, 39, 8, 14),
)


def _list_constants() -> list[int]:
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            if register & 1:
                constant ^= 1 << ((1 << bit) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


_CONSTANTS = _list_constants()


def _rotate(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK if by else lane


def _permute(state: list[list[int]]) -> list[list[int]]:
    for constant in _CONSTANTS:
        parity = [row[0] ^ row[1] ^ row[2] ^ row[3] ^ row[4] for row in state]
        mixed = [parity[x - 1] ^ _rotate(parity[(x + 1) % 5], 1) for x in range(5)]
        moved = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                moved[y][(2 * x + 3 * y) % 5] = _rotate(state[x][y] ^ mixed[x], _ROTATIONS[x][y])
        state = [
            [moved[x][y] ^ (~moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y]) for y in range(5)]
            for x in range(5)
        ]
        state[0][0] ^= constant
    return state


def hash_keccak(data: bytes) -> bytes:
    """Keccak-256 digest of fewer than 136 bytes, which is all that an address has."""
    block = bytearray(data) + bytearray(_RATE - len(data))
    block[len(data)] ^= 1
    block[-1] ^= 0x80
    state = [[0] * 5 for _ in range(5)]
    for lane in range(_RATE // 8):
        state[lane % 5][lane // 5] = int.from_bytes(block[lane * 8 : lane * 8 + 8], "little")
    state = _permute(state)
    return b"".join(state[lane][0].to_bytes(8, "little") for lane in range(4))


@lru_cache(1024)
def has_mixed_case_check(address: str) -> bool:
    """Tell whether the capitals of ``address`` (forty hexadecimal digits) are right by EIP-55."""
    digest = hash_keccak(address.lower().encode()).hex()
    return all(
        each.isdigit() or (each.isupper() == (int(sign, 16) >= 8))
        for each, sign in zip(address, digest, strict=False)
    )
