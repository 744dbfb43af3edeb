"""Chooses the real parts from the settings: vault, keys, stores. The only importer of adapters."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import apsw

from tipline import vault
from tipline.adapters.offences import importers, sets, workshop
from tipline.adapters.shelf import MappedShelf
from tipline.adapters.sieve import PolarsSieve
from tipline.adapters.templates import FileIndex
from tipline.domain.evidence.files.verdict import FileReport
from tipline.domain.intake.submission import Limits
from tipline.domain.triage.known import Shelf
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.scores import Measured
from tipline.domain.triage.offence.workshop import Workshop
from tipline.domain.triage.scan import Sieve
from tipline.domain.triage.templates import TemplateIndex
from tipline.settings import Settings
from tipline.store.databases import describe_sqlite
from tipline.vault import OpeningKey, OwnedVault, Vault, VaultOwned
from tipline.vault.fsck import Fault, Progress, Target, check_vault as check_target
from tipline.wiring.evidence import (
    NotSealed as NotSealed,
    NotVerified as NotVerified,
    seal_evidence as seal_evidence,
    verify_evidence as verify_evidence,
)
from tipline.wiring.inspecting import (
    capture_site as capture_site,
    read_findings as read_findings,
)
from tipline.wiring.linking import (
    explain_link as explain_link,
    open_archive_linker as open_archive_linker,
    open_link_engine as open_link_engine,
)
from tipline.wiring.whole import (
    Assignment as Assignment,
    NotInspected as NotInspected,
    inspect_site as inspect_site,
)


def prepare_data(settings: Settings) -> None:
    """Make directories and keys that are not there yet; called at every start."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (settings.data / "run").mkdir(exist_ok=True, mode=0o700)
    vault.make_keys(
        vault_dir=settings.vault_dir, desk_dir=settings.desk_dir, origin=settings.origin
    )
    settings.files_dir.mkdir(exist_ok=True, mode=0o700)


def open_owned_vault(settings: Settings) -> OwnedVault:
    """Open the vault to write it.

    Raises:
        VaultOwned: another process has it open to write.

    """
    return vault.open_owner(
        _find_vault(settings),
        keys=vault.load_vault_keys(settings.vault_dir),
        commit_max=settings.commit_max,
        queue_max=settings.queue_max,
    )


@contextlib.asynccontextmanager
async def own_vault(settings: Settings) -> AsyncIterator[OwnedVault]:
    """Own the vault for the life of the public process, and take appends of desk and worker."""
    prepare_data(settings)
    owned = open_owned_vault(settings)
    try:
        async with contextlib.AsyncExitStack() as stack:
            if not settings.vault:
                server = await vault.serve_socket(owned, settings.socket_path)
                await stack.enter_async_context(server)
            yield owned
    finally:
        owned.close()


@contextlib.contextmanager
def open_vault(settings: Settings) -> Iterator[Vault]:
    """Open the vault from a process that is not the public door: worker, desk, commands.

    On SQLite a running public door does the writing; where none runs, this process owns the
    file meanwhile. On PostgreSQL every process writes for itself.
    """
    prepare_data(settings)
    try:
        opened: Vault = open_owned_vault(settings)
    except VaultOwned:
        opened = vault.open_client(
            settings.vault_dir / "vault.db", socket_path=settings.socket_path
        )
    try:
        yield opened
    finally:
        opened.close()


def connect_vault(settings: Settings) -> Vault:
    """Connect desk or worker to the vault, which need not be running yet."""
    if settings.vault:
        return open_owned_vault(settings)
    return vault.open_client(settings.vault_dir / "vault.db", socket_path=settings.socket_path)


def load_desk_key(settings: Settings) -> OpeningKey:
    """Read the key that opens reports."""
    return vault.load_desk_key(settings.desk_dir)


def load_identity_key(settings: Settings) -> OpeningKey:
    """Read the key that opens reporters' contacts."""
    return vault.load_identity_key(settings.desk_dir)


def open_templates(settings: Settings) -> TemplateIndex:
    """Open the files of wordings that reports are compared with; cheap, once a process."""
    return FileIndex(settings.desk_dir / "templates")


def open_sieve() -> Sieve:
    """Give the engine that sorts many texts by patterns at once."""
    return PolarsSieve()


def read_limits(settings: Settings) -> Limits:
    """Read how long and how many the parts of a report may be."""
    return Limits(text_chars_max=settings.text_chars_max)


def open_shelf(settings: Settings) -> Shelf:
    """Open the shelf of imported lists; make one a process, for it keeps what it opened."""
    return MappedShelf(settings.desk_dir / "lists")


def check_vault(settings: Settings, *, tell: Callable[[Progress], None]) -> Iterator[Fault]:
    """Check the vault, with the desk's key where this machine has it.

    Raises:
        VaultUnavailable: there is no vault to be read at all.

    """
    has_key = (settings.desk_dir / "desk.key").is_file()
    target = Target(
        where=_find_vault(settings),
        vkey=vault.load_vkey(settings.vault_dir),
        files_dir=settings.files_dir,
        desk_key=vault.load_desk_key(settings.desk_dir).private if has_key else b"",
    )
    return check_target(target, tell=tell)


def describe_vault(settings: Settings) -> str:
    """Tell which engine keeps the vault, in which mode, and how far it goes."""
    own = f"SQLite {apsw.sqlite_lib_version()} (of apsw), WAL, synchronous=FULL"
    engine = "PostgreSQL, synchronous_commit=on" if settings.vault else own
    if not settings.vault and not (settings.vault_dir / "vault.db").is_file():
        return f"{engine}; not made yet ('tipline serve' makes it)"
    with open_vault(settings) as opened:
        return f"{engine}; {opened.size():,} leaves"


def _find_vault(settings: Settings) -> Path | str:
    return settings.vault or settings.vault_dir / "vault.db"


def describe_desk() -> str:
    """Tell which SQLite keeps the desk's store, and in which mode."""
    return describe_sqlite()


def open_workshop(settings: Settings) -> Workshop:
    """Open the folder of the models that read texts for offences."""
    return workshop.FileWorkshop(settings.data / "models")


def read_labelled(folder: Path) -> Iterator[Labelled]:
    """Read the labelled sets that the shipped model learns from.

    Raises:
        FileNotFoundError: one is not there.

    """
    return sets.read_sets(folder)


def read_chifraud(folder: Path) -> Iterator[Labelled]:
    """Read the CSV files of ChiFraud.

    Raises:
        ValueError: they are not there, or not what they should be.

    """
    return importers.read_chifraud(folder)


def read_ccl(folder: Path) -> Iterator[Labelled]:
    """Read the JSON files of CCL2023-FCC.

    Raises:
        ValueError: they are not there, or not what they should be.

    """
    return importers.read_ccl(folder)


def write_model(labelled: Iterable[Labelled], *, about: str, path: Path) -> tuple[str, int]:
    """Fit a model to ``labelled`` texts alone and write it to ``path``; gives SHA-256 and size.

    Raises:
        ValueError: there are too few texts, or of too few kinds.

    """
    return workshop.write_model(labelled, about=about, path=path)


def measure_offences(folder: Path) -> Iterator[Measured]:
    """Measure the offence model's recipe on the labelled sets, each out of fold."""
    from tipline.adapters.offences import measuring  # noqa: PLC0415 - scikit-learn is slow

    return measuring.measure_all(folder)


def scan_files(settings: Settings, paths: Iterable[Path], *, now: datetime) -> Iterator[FileReport]:
    """Scan downloaded files without running them; one report each, in their order.

    Beside a file that an inspection kept (``downloads/<sha256>.bin``) its report is written as
    ``<sha256>.scan.json``. A scanner that dies or is not there says so in its verdict.
    """
    from tipline.adapters.scanners import kept, line  # noqa: PLC0415 - only scanning needs engines

    listed = list(paths)
    options = line.Options(
        packs=settings.rules_dir,
        cache=settings.data / "scan",
        clamav=settings.clamav_dir,
        seconds=settings.scan_seconds,
    )
    with line.Line(options) as opened:
        reports = opened.scan(listed, names=kept.list_names(listed), now=now)
        for path, report in zip(listed, reports, strict=True):
            kept.write_report(path, report)
            yield report


def describe_scanners(settings: Settings, *, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Tell of each scanner of downloads: its name, good, degraded or missing, and words."""
    from tipline.adapters.scanners import health  # noqa: PLC0415 - as above

    return health.look_at_scanners(packs=settings.rules_dir, clamav=settings.clamav_dir, now=now)
