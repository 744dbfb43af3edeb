"""Databases that link the whole archive: DuckDB on one machine, Spark past it."""
