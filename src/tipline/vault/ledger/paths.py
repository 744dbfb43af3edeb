"""Proofs in the tree: that a leaf is in it, and that a longer tree continues a shorter one.

RFC 6962 sections 2.1.1 and 2.1.2 build them, RFC 9162 sections 2.1.3.2 and 2.1.4.2 verify them.
"""

import hmac
from collections.abc import Sequence

from tipline.vault.ledger.merkle import (
    EMPTY_ROOT,
    TILE_HEIGHT,
    HashReader,
    hash_node,
    hash_row,
    split_hashes,
)
from tipline.vault.ledger.refusals import ProofRefused


def build_root(size: int, read_hashes: HashReader) -> bytes:
    """Root of the tree of the first ``size`` leaves."""
    return _hash_range(0, size, read_hashes) if size else EMPTY_ROOT


def build_inclusion(index: int, size: int, read_hashes: HashReader) -> list[bytes]:
    """Prove that leaf ``index`` is in the tree of ``size`` leaves: hashes from the leaf upwards.

    Raises:
        ProofRefused: there is no such leaf in such a tree.
        HashMissing: a tile or leaf is not there.

    """
    if not 0 <= index < size:
        raise ProofRefused(f"leaf {index} is not in a tree of {size}")
    proof, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_hash_range(middle, high, read_hashes))
            high = middle
        else:
            proof.append(_hash_range(low, middle, read_hashes))
            low = middle
    return proof[::-1]


def build_consistency(old_size: int, size: int, read_hashes: HashReader) -> list[bytes]:
    """Prove that the tree of ``size`` leaves continues the tree of ``old_size`` leaves.

    Raises:
        ProofRefused: ``old_size`` is not between 1 and ``size``.
        HashMissing: a tile or leaf is not there.

    """
    if not 0 < old_size <= size:
        raise ProofRefused(f"a tree of {size} does not continue one of {old_size}")
    proof, low, high = [], 0, size
    while high != old_size:
        middle = low + _split(high - low)
        if old_size <= middle:
            proof.append(_hash_range(middle, high, read_hashes))
            high = middle
        else:
            proof.append(_hash_range(low, middle, read_hashes))
            low = middle
    if low:
        proof.append(_hash_range(low, high, read_hashes))
    return proof[::-1]


def verify_inclusion(
    *, leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf is at ``index`` in the tree of ``size`` leaves under ``root``.

    Raises:
        ProofRefused: it is not, or the proof does not show it.

    """
    if not 0 <= index < size:
        raise ProofRefused(f"leaf {index} is not in a tree of {size}")
    node, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if node % 2 or node == last:
            found = hash_node(sibling, found)
            node, last = _skip_lone(node, last)
        else:
            found = hash_node(found, sibling)
        node, last = node >> 1, last >> 1
    _check_end(last, found, root)


def verify_consistency(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of ``size`` under ``root`` continues that of ``old_size``.

    Raises:
        ProofRefused: it does not, or the proof does not show it.

    """
    if not 0 < old_size <= size:
        raise ProofRefused(f"a tree of {size} does not continue one of {old_size}")
    if old_size == size:
        _check_end(len(proof), old_root, root)
        return
    is_perfect = old_size & (old_size - 1) == 0
    hashes = [old_root, *proof] if is_perfect else [*proof]
    if not hashes:
        raise ProofRefused("the proof is too short")
    node, last = old_size - 1, size - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    older = newer = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if node % 2 or node == last:
            older, newer = hash_node(sibling, older), hash_node(sibling, newer)
            node, last = _skip_lone(node, last)
        else:
            newer = hash_node(newer, sibling)
        node, last = node >> 1, last >> 1
    _check_end(0, older, old_root)
    _check_end(last, newer, root)


def _skip_lone(node: int, last: int) -> tuple[int, int]:
    """Climb past the heights at which the right edge has no sibling."""
    while node and not node % 2:
        node, last = node >> 1, last >> 1
    return node, last


def _check_end(last: int, found: bytes, root: bytes) -> None:
    if last:
        raise ProofRefused("the proof has another length")
    if not hmac.compare_digest(found, root):
        raise ProofRefused("the proof leads to another root")


def _split(count: int) -> int:
    """Largest power of two below ``count``: where RFC 6962 splits a tree."""
    return 1 << (count - 1).bit_length() - 1


def _hash_range(low: int, high: int, read_hashes: HashReader) -> bytes:
    count = high - low
    if count & (count - 1) == 0:
        level, height = divmod(count.bit_length() - 1, TILE_HEIGHT)
        first = low >> (TILE_HEIGHT * level)
        return hash_row(split_hashes(read_hashes(level, first, 1 << height)))
    middle = low + _split(count)
    return hash_node(_hash_range(low, middle, read_hashes), _hash_range(middle, high, read_hashes))
