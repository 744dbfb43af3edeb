"""How far an archive is opened: limits, and the account that is kept while it is."""

from dataclasses import dataclass, field

from msgspec import Struct

MIB = 1 << 20


class Limits(Struct, frozen=True, kw_only=True):
    """What one downloaded file may unfold to, with everything inside it."""

    bytes_max: int = 256 * MIB
    member_bytes_max: int = 100 * MIB
    members_max: int = 10_000
    depth_max: int = 16
    ratio_max: int = 200
    ratio_from: int = 4 * MIB  # below this a high ratio is harmless: a page of zeros
    seconds_max: float = 20.0


class LimitReached(Exception):
    """Opening stops here; ``key`` names the indicator: ratio, bytes, members, depth or time."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(kw_only=True)
class Account:
    """What opening one file has used so far; it counts what came out, never what a header claims."""

    limits: Limits = field(default_factory=Limits)
    bytes_out: int = 0
    members: int = 0

    def begin_member(self) -> None:
        """Count one more member.

        Raises:
            LimitReached: there are too many.

        """
        if self.members >= self.limits.members_max:
            raise LimitReached("archive.members")
        self.members += 1

    def add_bytes(self, size: int, *, member_out: int, member_in: int) -> None:
        """Count ``size`` bytes that came out; ``member_out`` and ``member_in`` are the member's so far.

        Raises:
            LimitReached: more came out than is allowed in all, of one member, or for what went in.

        """
        self.bytes_out += size
        if self.bytes_out > self.limits.bytes_max or member_out > self.limits.member_bytes_max:
            raise LimitReached("archive.bytes")
        if member_out > self.limits.ratio_from and member_out > member_in * self.limits.ratio_max:
            raise LimitReached("archive.ratio")

    def check_depth(self, depth: int) -> None:
        """Refuse to go deeper than allowed; the downloaded file itself has depth 0.

        Raises:
            LimitReached: it is too deep.

        """
        if depth >= self.limits.depth_max:
            raise LimitReached("archive.depth")

    def check_time(self, seconds: float) -> None:
        """Refuse to go on after the time that one file may take.

        Raises:
            LimitReached: it took too long.

        """
        if seconds > self.limits.seconds_max:
            raise LimitReached("archive.time")
