"""Each step is one text that DuckDB, Spark and PostgreSQL read."""

import pytest
import sqlglot

from tipline.adapters.linking.steps import list_steps, write_step
from tipline.domain.link.settings import OTHER, Method

NUMBERS = Method().list_numbers() | {
    "other_weight": OTHER.weight, "other_weak": 0, "other_life": OTHER.life, "salt": 1,
}  # fmt: skip


@pytest.mark.parametrize("dialect", ["duckdb", "spark", "postgres"])
@pytest.mark.parametrize("step", list_steps())
def test_a_step_is_read_by_every_engine(step: str, dialect: str) -> None:
    parsed = sqlglot.parse_one(write_step(step, **NUMBERS), dialect=dialect)

    assert isinstance(parsed, sqlglot.exp.Query)


def test_a_number_that_was_not_given_is_missed() -> None:
    with pytest.raises(KeyError, match="rarest"):
        write_step("kept")
