"""Change many rows at once, each to values of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models


def update_rows(model: type[models.Model], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Set the fields of each (primary key, {field: value}); all rows name the same fields."""
    given = list(rows)
    if not given:
        return
    meta = model._meta  # noqa: SLF001 - Django's documented face of a model's fields
    fields = [each for each in meta.concrete_fields if each.name in given[0][1]]
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    statement = f'UPDATE "{meta.db_table}" SET {sets} WHERE "{meta.pk.column}" = %s'  # noqa: S608 - names of our own models
    values = [
        (*(_adapt(field, changes[field.name]) for field in fields), pk) for pk, changes in given
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _adapt(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
