"""How an inspection is made: the same when it is repeated."""

from collections.abc import Mapping

from msgspec import Struct, field

from tipline.domain.evidence.addresses import Endpoint
from tipline.domain.evidence.browser import PROFILES, Profile
from tipline.domain.evidence.budget import Budget


class Looking(Struct, frozen=True, kw_only=True):
    """As whom a site is looked at (``desktop``, ``mobile``, ``both``), how far, and with what.

    ``allow`` names exact endpoints that are no public ones and may yet be reached; ``hosts`` says
    where a name lies (``127.0.0.1:8080``) instead of asking for it. ``ignore_robots`` is the reason
    for which robots.txt is not obeyed, ``snippet`` JavaScript whose value is kept for each page as
    ``boxes.json``. Without ``has_browser`` no page is rendered.
    """

    profile: str = "desktop"
    budget: Budget = field(default_factory=Budget)
    allow: tuple[Endpoint, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)
    ignore_robots: str = ""
    snippet: str = ""
    has_browser: bool = True
    has_replay: bool = True

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The visitors, in turn.

        Raises:
            ValueError: there is no such profile.

        """
        if self.profile == "both":
            return tuple(PROFILES.values())
        if self.profile not in PROFILES:
            raise ValueError(f"profile {self.profile!r} is not desktop, mobile or both")
        return (PROFILES[self.profile],)
