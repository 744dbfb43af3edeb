"""The public door's threads share one core; a batch's public-key step may take any."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tipline.interfaces.serve import share_cores
from tipline.services import intake

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="this system does not tell threads their cores"
)


def list_cores_after(count: int) -> tuple[set[int], set[int]]:
    """The cores of a thread that shares ``count``, and of a thread that this one starts."""
    share_cores(count)
    with ThreadPoolExecutor(1) as started:
        return os.sched_getaffinity(0), started.submit(os.sched_getaffinity, 0).result()


@pytest.mark.parametrize("count", [1, 2, 1_000])
def test_a_thread_and_those_it_starts_share_so_many_of_its_cores(count: int) -> None:
    cores = os.sched_getaffinity(0)
    with ThreadPoolExecutor(1) as apart:
        own, inherited = apart.submit(list_cores_after, count).result()
    assert own == inherited <= cores
    assert len(own) == min(count, len(cores))


def test_nought_leaves_all_cores() -> None:
    with ThreadPoolExecutor(1) as apart:
        own, _ = apart.submit(list_cores_after, 0).result()
    assert own == os.sched_getaffinity(0)


def test_the_public_key_step_of_a_batch_takes_any_core() -> None:
    def ask() -> set[int]:
        share_cores(1)
        return intake._pool.submit(os.sched_getaffinity, 0).result()

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(ask).result() == os.sched_getaffinity(0)
