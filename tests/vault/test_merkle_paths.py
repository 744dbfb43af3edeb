"""Inclusion and consistency: every true proof holds, and no altered one does."""

import pytest
from hypothesis import given, strategies as st

from tipline.vault.ledger.merkle import EMPTY_ROOT, Frontier, TileHashes, hash_leaf, hash_node
from tipline.vault.ledger.paths import (
    build_consistency,
    build_inclusion,
    build_root,
    verify_consistency,
    verify_inclusion,
)
from tipline.vault.ledger.refusals import ProofRefused

LEAVES = [hash_leaf(str(n).encode()) for n in range(66_500)]
SMALL = 130


def read_all() -> TileHashes:
    tiles = {(tile.level, tile.number): tile.hashes for tile in Frontier().append(LEAVES)}
    return TileHashes(
        lambda level, number: tiles.get((level, number)),
        lambda first, count: b"".join(LEAVES[first : first + count]),
    )


READ = read_all()
ROOTS = [build_root(size, READ) for size in range(SMALL)]
SIZES = st.one_of(
    st.integers(1, len(LEAVES)),
    st.sampled_from([1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_792]),
)


def check_inclusion(index: int, size: int, proof: list[bytes]) -> None:
    root = ROOTS[size] if size < SMALL else build_root(size, READ)
    verify_inclusion(leaf_hash=LEAVES[index], index=index, size=size, proof=proof, root=root)


def check_consistency(old: int, size: int, proof: list[bytes]) -> None:
    verify_consistency(old_size=old, old_root=ROOTS[old], size=size, root=ROOTS[size], proof=proof)


def flip(proof: list[bytes], bit: int) -> list[bytes]:
    joined = bytearray(b"".join(proof))
    joined[bit // 8] ^= 1 << bit % 8
    return [bytes(joined[i : i + 32]) for i in range(0, len(joined), 32)]


def test_every_leaf_of_every_small_tree_is_proven():
    for size in range(1, SMALL):
        for index in range(size):
            check_inclusion(index, size, build_inclusion(index, size, READ))


def test_every_small_tree_is_shown_to_continue_every_smaller_one():
    for size in range(1, SMALL):
        for old in range(1, size + 1):
            check_consistency(old, size, build_consistency(old, size, READ))


@given(st.data(), SIZES)
def test_a_leaf_is_proven_in_trees_of_many_tiles(data: st.DataObject, size: int):
    index = data.draw(st.integers(0, size - 1))
    proof = build_inclusion(index, size, READ)
    check_inclusion(index, size, proof)
    if proof:
        bit = data.draw(st.integers(0, len(proof) * 256 - 1))
        with pytest.raises(ProofRefused):
            check_inclusion(index, size, flip(proof, bit))


@given(st.data(), SIZES)
def test_trees_of_many_tiles_continue_each_other(data: st.DataObject, size: int):
    old = data.draw(st.integers(1, size))
    proof = build_consistency(old, size, READ)
    roots = {"old_root": build_root(old, READ), "root": build_root(size, READ)}
    verify_consistency(old_size=old, size=size, proof=proof, **roots)
    if proof:
        bit = data.draw(st.integers(0, len(proof) * 256 - 1))
        with pytest.raises(ProofRefused):
            verify_consistency(old_size=old, size=size, proof=flip(proof, bit), **roots)


@given(st.data(), st.integers(1, SMALL - 1))
def test_a_proof_shows_nothing_else(data: st.DataObject, size: int):
    index = data.draw(st.integers(0, size - 1))
    proof = build_inclusion(index, size, READ)
    for wrong in set(range(size)) - {index}:
        with pytest.raises(ProofRefused):
            check_inclusion(wrong, size, proof)
    for altered in (proof[:-1], [*proof, LEAVES[0]], [LEAVES[1], *proof]):
        if altered != proof:
            with pytest.raises(ProofRefused):
                check_inclusion(index, size, altered)


@given(st.data(), st.integers(2, SMALL - 1))
def test_no_other_history_is_shown_to_be_continued(data: st.DataObject, size: int):
    old = data.draw(st.integers(1, size))
    proof = build_consistency(old, size, READ)
    with pytest.raises(ProofRefused):
        verify_consistency(
            old_size=old, old_root=LEAVES[-1], size=size, root=ROOTS[size], proof=proof
        )
    for altered in (proof[:-1], [*proof, LEAVES[0]], [LEAVES[1], *proof]):
        if altered != proof:
            with pytest.raises(ProofRefused):
                check_consistency(old, size, altered)


def test_a_path_longer_than_the_tree_is_high_is_refused_even_if_it_leads_to_the_root():
    leaf, other = LEAVES[:2]
    with pytest.raises(ProofRefused, match="too long"):
        verify_inclusion(
            leaf_hash=leaf, index=0, size=1, proof=[other], root=hash_node(other, leaf)
        )


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (6, 5)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int):
    with pytest.raises(ProofRefused):
        build_inclusion(index, size, READ)
    with pytest.raises(ProofRefused):
        verify_inclusion(leaf_hash=LEAVES[0], index=index, size=size, proof=[], root=EMPTY_ROOT)


@pytest.mark.parametrize(("old", "size"), [(0, 5), (6, 5), (-1, 5)])
def test_a_tree_continues_no_longer_and_no_empty_one(old: int, size: int):
    with pytest.raises(ProofRefused):
        build_consistency(old, size, READ)
    with pytest.raises(ProofRefused):
        verify_consistency(old_size=old, old_root=EMPTY_ROOT, size=size, root=ROOTS[5], proof=[])
