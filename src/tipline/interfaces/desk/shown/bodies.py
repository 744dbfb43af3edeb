"""What of an event's content the audit shows: what was done, never what a reporter said.

Who may read a report sees all of it on the report's own page.
"""

from collections.abc import Mapping
from typing import Any

ABOUT_REPORT = frozenset(
    {
        "agency",
        "event",
        "leaf_index",
        "letter",
        "other_report",
        "outcome",
        "overrides",
        "part",
        "priority",
        "question_id",
        "reason",
        "region",
        "rules",
        "state",
        "step",
        "to",
        "until",
        "verb",
        "why",
    }
)
SEALED = frozenset({"box"})  # what is kept of a person: nobody reads it, and it is long


def show_body(subject: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Give the part of an event's body that may be shown beside the report."""
    if not subject.startswith("report:"):
        return {name: value for name, value in body.items() if name not in SEALED}
    return {name: value for name, value in body.items() if name in ABOUT_REPORT}
