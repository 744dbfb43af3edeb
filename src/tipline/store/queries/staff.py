"""Officers and agencies, for pages that manage or choose them."""

from datetime import datetime

from msgspec import Struct

from tipline.domain.duties import Actor, Role


class AgencyRow(Struct, frozen=True, kw_only=True):
    """An agency."""

    code: str
    name_en: str
    name_zh: str
    region: str


class OfficerRow(Struct, frozen=True, kw_only=True):
    """An officer."""

    id: int
    username: str
    display_name: str
    role: Role
    region: str
    agency: str
    language: str
    is_active: bool
    last_login: datetime | None


def list_agencies() -> tuple[AgencyRow, ...]:
    """Give all agencies by code."""
    raise NotImplementedError


def list_officers(*, actor: Actor) -> tuple[OfficerRow, ...]:
    """Give the officers that ``actor`` may know of.

    Raises:
        NotAllowed: the actor's role reads no staff.

    """
    raise NotImplementedError


def get_officer(*, officer: int) -> OfficerRow | None:
    """Give one officer."""
    raise NotImplementedError


def list_assignable(*, actor: Actor, report: int) -> tuple[OfficerRow, ...]:
    """Give the active officers to whom ``actor`` may assign ``report``."""
    raise NotImplementedError
