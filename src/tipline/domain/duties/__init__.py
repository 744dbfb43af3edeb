"""Who may do what: one table (``table``), default deny, one check for page and button (``checks``)."""

from tipline.domain.duties.checks import (
    WHY_NOT,
    Actor,
    NotAllowed,
    Thing,
    check_may,
    check_may_anywhere,
    check_may_staff,
    find_grant,
    list_grants,
    may,
    may_anywhere,
)
from tipline.domain.duties.table import GRANTS, ROLE_NAMES, Action, Grant, Role, Scope

__all__ = [
    "GRANTS",
    "ROLE_NAMES",
    "WHY_NOT",
    "Action",
    "Actor",
    "Grant",
    "NotAllowed",
    "Role",
    "Scope",
    "Thing",
    "check_may",
    "check_may_anywhere",
    "check_may_staff",
    "find_grant",
    "list_grants",
    "may",
    "may_anywhere",
]
