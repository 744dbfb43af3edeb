"""Find again what was written: queries read like reports, with every way of hiding undone."""

from tipline.domain.triage.search.letters import write_pairs
from tipline.domain.triage.search.query import Query, QueryRefused, Term, read_query

__all__ = ["Query", "QueryRefused", "Term", "read_query", "write_pairs"]
