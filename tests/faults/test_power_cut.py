"""No power cut takes back what the vault acknowledged; the model shows that it could."""

import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "power_cut.py"


@pytest.fixture(scope="module")
def cut_power() -> Callable[..., SimpleNamespace]:
    found: Callable[..., SimpleNamespace] = runpy.run_path(str(SCRIPT))["cut_power"]
    return found


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_power_cuts(cut_power):
    tally = cut_power(cuts=400, seed=20_310_504)
    assert (tally.lost, tally.doubled, tally.broken) == (0, 0, 0)
    assert tally.acknowledged > 2_000


@pytest.mark.long
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_same_cuts_find_a_vault_that_syncs_less(cut_power, synchronous):
    tally = cut_power(cuts=100, seed=1, synchronous=synchronous)
    assert tally.lost + tally.broken > 0


def test_a_few_power_cuts(cut_power):
    tally = cut_power(cuts=20, seed=7)
    assert (tally.lost, tally.doubled, tally.broken) == (0, 0, 0)
