"""However an archive lies, what comes out of it stays within the account."""

import pytest
from hypothesis import event, given, strategies as st

from tipline.domain.evidence.files.opening import Account, LimitReached, Limits

LIMITS = Limits(
    bytes_max=1_000, member_bytes_max=400, members_max=5, depth_max=2, ratio_max=10, ratio_from=50
)


@given(
    st.lists(st.tuples(st.integers(1, 300), st.lists(st.integers(1, 200), max_size=6)), max_size=9)
)
def test_never_more_comes_out_than_one_chunk_over_the_limit(
    members: list[tuple[int, list[int]]],
) -> None:
    account = Account(limits=LIMITS)
    try:
        for packed, chunks in members:
            account.begin_member()
            out = 0
            for size in chunks:
                out += size
                account.add_bytes(size, member_out=out, member_in=packed)
                assert out <= LIMITS.member_bytes_max
                assert out <= LIMITS.ratio_from or out <= packed * LIMITS.ratio_max
    except LimitReached:
        event("a limit was reached")

    assert account.members <= LIMITS.members_max
    assert account.bytes_out <= LIMITS.bytes_max + 200


def test_depth_ends_the_opening() -> None:
    account = Account(limits=LIMITS)
    account.check_depth(1)

    with pytest.raises(LimitReached, match=r"archive\.depth"):
        account.check_depth(2)


def test_time_ends_the_opening() -> None:
    account = Account(limits=LIMITS)
    account.check_time(1.0)

    with pytest.raises(LimitReached, match=r"archive\.time"):
        account.check_time(99.0)
