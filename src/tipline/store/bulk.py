"""Write many rows at the cost of the database, not of as many model objects.

Django's own bulk calls build one long statement a batch, at some ten times the time a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, connections, models

Row = Mapping[str, Any]
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def insert_rows(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Insert rows of {field: value}; all name the same fields, foreign keys by their own name."""
    _insert(model, list(rows), "")


def insert_new_rows(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Insert those rows that meet no other in a unique constraint."""
    _insert(model, list(rows), " ON CONFLICT DO NOTHING")


def update_rows(model: type[models.Model], rows: Iterable[tuple[int, Row]]) -> None:
    """Set the fields of each (primary key, {field: value}); all rows name the same fields."""
    given = list(rows)
    if not given:
        return
    meta = model._meta  # noqa: SLF001 - Django's documented face of a model's fields
    columns, adapt = _prepare(model, given[0][1])
    sets = ", ".join(f"{column} = %s" for column in columns)
    statement = f'UPDATE "{meta.db_table}" SET {sets} WHERE "{meta.pk.column}" = %s'  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*adapt(changes), pk) for pk, changes in given])


def _insert(model: type[models.Model], rows: Sequence[Row], rest: str) -> None:
    if not rows:
        return
    table = model._meta.db_table  # noqa: SLF001 - as above
    columns, adapt = _prepare(model, rows[0])
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks}){rest}'  # noqa: S608 - as above
    with connection.cursor() as cursor:
        cursor.executemany(statement, [tuple(adapt(row)) for row in rows])


def _prepare(
    model: type[models.Model], row: Row
) -> tuple[list[str], Callable[[Row], Iterable[Any]]]:
    fields = [each for each in model._meta.concrete_fields if each.name in row]  # noqa: SLF001 - as above
    found = connections[connection.alias]  # itself, not its proxy: it is asked for every value

    # Most fields hold what the database takes as it is: asking each of them costs more than writing.
    asked = [(each.name, None if _is_plain(each) else each.get_db_prep_save) for each in fields]

    def adapt(values: Row) -> Iterable[Any]:
        return [
            values[name] if prepare is None else prepare(values[name], found)
            for name, prepare in asked
        ]

    return [f'"{each.column}"' for each in fields], adapt


def _is_plain(field: Any) -> bool:
    if isinstance(field, models.ForeignKey):
        return _is_plain(field.target_field)
    return isinstance(field, _PLAIN)
