"""What every request at the public side may use; made once at start, carried in the scope."""

import asyncio
import datetime as dt
import time
from dataclasses import dataclass, field
from typing import Self

from tipline import wiring
from tipline.domain.intake.submission import Limits
from tipline.interfaces.doorway.bodies import Scope
from tipline.interfaces.doorway.flood import FloodMeter
from tipline.interfaces.doorway.kept import KeptFiles
from tipline.interfaces.doorway.lanes import NORMAL, PlainLane
from tipline.interfaces.doorway.partners import PartnerBook
from tipline.interfaces.doorway.work import WorkDesk, WorkRefused
from tipline.settings import Settings
from tipline.vault import Vault, load_vkey


@dataclass(kw_only=True)
class Doorway:
    """The vault, the settings and the meters of this process."""

    settings: Settings
    vault: Vault
    limits: Limits
    flood: FloodMeter
    plain: PlainLane
    work: WorkDesk
    partners: PartnerBook
    log_key: str = ""
    kept: KeptFiles = field(default_factory=KeptFiles)

    @classmethod
    def make(cls, *, settings: Settings, vault: Vault) -> Self:
        """Make the doorway of one process over an opened vault."""
        return cls(
            settings=settings,
            vault=vault,
            limits=wiring.read_limits(settings),
            flood=FloodMeter(
                per_minute=settings.flood_per_minute, meter_loopback=settings.meter_loopback
            ),
            plain=PlainLane(per_minute=settings.plain_per_minute),
            work=WorkDesk(cost=settings.work_cost),
            partners=PartnerBook(vault_dir=settings.vault_dir),
            log_key=load_vkey(settings.vault_dir),
        )

    async def pace(self, scope: Scope, *, cost: int = 1) -> None:
        """Make a flooding source wait a little; an ordinary one passes at once."""
        client = scope.get("client")
        if not client:
            return
        delay = self.flood.charge(address=client[0], cost=cost, now=time.monotonic())
        if delay:
            await self._wait(delay)

    def choose_lane(self, *, sender: str, payload: str, count: int, now: dt.datetime) -> str:
        """Tell the lane: normal for a partner or for work done, else as the plain lane says."""
        if sender:
            return NORMAL
        if payload:
            try:
                self.work.spend(payload, now=now)
            except WorkRefused:
                pass  # it buys nothing; the report itself is as welcome as any
            else:
                return NORMAL
        return self.plain.take(count=count, now=time.monotonic())

    async def _wait(self, seconds: float) -> None:
        self.flood.sleepers += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self.flood.sleepers -= 1


def get_doorway(scope: Scope) -> Doorway:
    """Get the doorway that the gateway put into the request's scope."""
    found = scope["doorway"]
    assert isinstance(found, Doorway)  # noqa: S101 - for the type checker
    return found
