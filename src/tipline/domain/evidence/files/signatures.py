"""How far a signature database may be believed, by its age.

What a database names is believed at any age; that it names nothing says little once it is old.
"""

import datetime as dt

from tipline.domain.evidence.files.verdict import Verdict

DAYS_FRESH = 7  # operators renew daily; a week bridges holidays
DAYS_MAX = 30


def describe_age(*, built_at: dt.datetime, now: dt.datetime) -> str:
    """Say in words how old a database is."""
    days = max((now - built_at).days, 0)
    named = {0: "of today", 1: "1 day old"}.get(days, f"{days} days old")
    return named + ("" if days <= DAYS_FRESH else ", stale")


def judge(
    *, scanner: str, found: str, built_at: dt.datetime | None, now: dt.datetime, count: int = 0
) -> Verdict:
    """Turn what a signature scanner found (a name, or nothing) into its verdict.

    ``built_at`` is when the newest part of its database was made; None where there is none.
    ``count`` is how many signatures it holds, where that is known.
    """
    if built_at is None:
        return Verdict(scanner, "not_scanned", "no signature database")
    size = f", {count:,} signatures" if count else ""
    words = f"database {describe_age(built_at=built_at, now=now)}{size}"
    if found:
        return Verdict(scanner, "malicious", f"{found}; {words}")
    if (now - built_at).days > DAYS_MAX:
        return Verdict(scanner, "not_scanned", f"{words}: too old to clear a file")
    return Verdict(scanner, "clean", words)
