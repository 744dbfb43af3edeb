"""The database's own refusal to change or delete what must last, on SQLite and on PostgreSQL.

Models refuse too; this holds against a slip in SQL. Whoever owns the database can lift it, which
is why every event also goes into the vault's ledger.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

LASTING = (
    "store_report",
    "store_attachment",
    "store_assessment",
    "store_correction",
    "store_note",
    "store_decision",
    "store_model_version",
    "store_model_use",
    "store_gang",
    "store_linkruling",
    "store_custody_event",
    "store_subject_decision",
    "store_order_answer",
    "store_order_file",
    "store_case_note",
    "store_case_person",
    "store_case_flow",
    "store_case_fact",
    "store_event",
)
_ONCE = {"store_event": "leaf_index"}  # the one column that is filled in later, once
_EVENT_REST = ("seq", "at", "by_id", "kind", "subject", "body", "prev_hash", "hash")


def set_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; those that are there stay."""
    _run(connection, _SET[connection.vendor](_list_tables(connection)))


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers."""
    _run(connection, _LIFT[connection.vendor](_list_tables(connection)))


@contextmanager
def lifted_guards(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift the triggers inside a transaction, for a rebuild from the vault."""
    lift_guards(connection)
    yield
    set_guards(connection)


def _list_tables(connection: BaseDatabaseWrapper) -> Iterator[str]:
    # An early migration meets a database that has not all of them yet.
    there = set(connection.introspection.table_names())
    return (table for table in LASTING if table in there)


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _set_sqlite(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} last'); END"
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_keep BEFORE DELETE ON {table} {refuse}"
        when = _when_changed("IS NOT") if table in _ONCE else ""
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_hold BEFORE UPDATE ON {table} "
            f"FOR EACH ROW {when} {refuse}"
        )


def _lift_sqlite(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS {table}_keep"
        yield f"DROP TRIGGER IF EXISTS {table}_hold"


def _set_postgresql(tables: Iterable[str]) -> Iterator[str]:
    yield _POSTGRES_REFUSE
    yield _POSTGRES_REFUSE_TRUNCATE
    for table in tables:
        when = _when_changed("IS DISTINCT FROM") if table in _ONCE else ""
        yield from _drop_postgresql(table)
        yield (
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION tipline_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_hold BEFORE UPDATE ON {table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION tipline_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION tipline_refuse_truncate()"
        )


def _lift_postgresql(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        yield from _drop_postgresql(table)


def _drop_postgresql(table: str) -> Iterator[str]:
    for name in ("keep", "hold", "whole"):
        yield f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"


def _when_changed(differs: str) -> str:
    once = _ONCE["store_event"]
    parts = [f"OLD.{once} IS NOT NULL"]
    parts += [f'OLD."{name}" {differs} NEW."{name}"' for name in _EVENT_REST]
    return f"WHEN ({' OR '.join(parts)})"


_POSTGRES_REFUSE = """
CREATE OR REPLACE FUNCTION tipline_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % last', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
_POSTGRES_REFUSE_TRUNCATE = """
CREATE OR REPLACE FUNCTION tipline_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE has_rows boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO has_rows;
    IF has_rows THEN
        RAISE EXCEPTION 'rows of % last', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$
"""
_SET = {"sqlite": _set_sqlite, "postgresql": _set_postgresql}
_LIFT = {"sqlite": _lift_sqlite, "postgresql": _lift_postgresql}
