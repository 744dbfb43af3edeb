"""Where the vault keeps the events themselves."""

from django.db import connection

_PLACE = (
    "UPDATE store_event SET leaf_index = %s + seq WHERE seq > %s AND seq <= %s "
    "AND leaf_index IS NULL"
)


def place_events(*, after: int, until: int, first_index: int) -> None:
    """Note that the events after ``after`` up to ``until`` lie at the leaves from ``first_index``.

    This is the one change that the database lets an event have, and only once.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, (first_index - after - 1, after, until))
