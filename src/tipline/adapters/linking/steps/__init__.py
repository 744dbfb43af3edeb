"""The steps of the method, one text for every engine."""

from functools import cache
from importlib.resources import files
from string import Template


@cache
def _read(step: str) -> Template:
    return Template(files(__name__).joinpath(f"{step}.sql").read_text("utf-8"))


def list_steps() -> list[str]:
    """List the names of all steps."""
    return sorted(
        each.name.removesuffix(".sql")
        for each in files(__name__).iterdir()
        if each.name.endswith(".sql")
    )


def write_step(step: str, **values: float) -> str:
    """Give a step's SQL with its numbers filled in.

    Raises:
        KeyError: a number that the step names was not given.

    """
    return _read(step).substitute({name: f"{value!r}" for name, value in values.items()})
