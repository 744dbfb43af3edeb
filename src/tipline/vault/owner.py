"""Open a vault as its owner: the process that writes it."""

import asyncio
from concurrent.futures import Future
from pathlib import Path

from tipline.vault.committer import Committer
from tipline.vault.engines import Engine
from tipline.vault.engines.postgres import PostgresEngine, is_postgres
from tipline.vault.engines.sqlite import SqliteEngine
from tipline.vault.entries import Appended, Unit
from tipline.vault.keys import VaultKeys
from tipline.vault.reads import VaultReads
from tipline.vault.refusals import VaultForeign
from tipline.vault.writer import Writer

COMMIT_MAX = 512
QUEUE_MAX = 8_192


class OwnedVault(VaultReads):
    """A vault that this process writes."""

    def __init__(self, engine: Engine, writer: Writer) -> None:
        super().__init__(engine)
        self._owned = engine
        self._writer = writer

    def append(self, unit: Unit) -> "Future[Appended]":
        """Queue a unit; the future is done once it is durable.

        Raises:
            VaultBusy: too many entries wait already.
            VaultClosed: the vault is being closed.

        The future raises UnitRefused, RetryMismatch, VaultFull or VaultUnavailable.
        """
        waiter: Future[Appended] = Future()
        waiter.set_running_or_notify_cancel()
        self._writer.put(unit, waiter)
        return waiter

    def append_async(self, unit: Unit) -> "asyncio.Future[Appended]":
        """Like ``append``, for the running event loop: await the future."""
        waiter: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()
        self._writer.put(unit, waiter)
        return waiter

    def close(self) -> None:
        """Keep what was queued, then let go of the vault."""
        self._writer.close()
        self._owned.close()


def open_owner(
    where: Path | str,
    *,
    keys: VaultKeys,
    commit_max: int = COMMIT_MAX,
    queue_max: int = QUEUE_MAX,
) -> OwnedVault:
    """Open a vault to write: a path for SQLite, ``postgresql://...`` for PostgreSQL.

    ``commit_max`` entries share one durable commit at most (a larger unit goes alone);
    ``queue_max`` entries may wait. The tables are made where there are none.

    Raises:
        VaultOwned: another process has the file.
        VaultForeign: the vault is another ledger's.
        VaultUnavailable: the engine cannot be reached.

    """
    engine = open_engine(where)
    try:
        committer = _prepare(engine, keys)
    except BaseException:
        engine.close()
        raise
    writer = Writer(committer, commit_max=commit_max, queue_max=queue_max)
    writer.start()
    return OwnedVault(engine, writer)


def _prepare(engine: Engine, keys: VaultKeys) -> Committer:
    origin = engine.prepare(keys.origin)
    if origin != keys.origin:
        raise VaultForeign(f"the vault is of the ledger {origin} and the key of {keys.origin}")
    committer = Committer(engine, keys)
    committer.load()
    return committer


def open_engine(where: Path | str) -> Engine:
    """Open the engine that ``where`` names, to write."""
    if is_postgres(where):
        return PostgresEngine(str(where))
    return SqliteEngine(Path(where))
