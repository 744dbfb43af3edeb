"""Every setting, read once at start.

A setting has one name: ``public_port`` here, ``--public-port`` on the command line and
``TIPLINE_PUBLIC_PORT`` in the environment.
"""

import importlib
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Self

PREFIX = "TIPLINE_"
DJANGO = "tipline.settings"
Side = Literal["public", "desk"]


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one running Tipline, read once at start."""

    data: Path = _setting(Path("tipline-data"), "directory that holds vault, desk and keys")
    bind: str = _setting("127.0.0.1", "address that the doors listen on")
    public_port: int = _setting(8000, "port of the public site and the API")
    desk_port: int = _setting(8001, "port of the staff pages")
    public_url: str = _setting(
        "", "address by which the public reaches the site, no slash at the end"
    )
    desk_url: str = _setting("", "address by which staff reach the desk, no slash at the end")
    workers: int = _setting(1, "worker processes")
    public_cores: int = _setting(
        1, "processor cores that the public door's threads share; 0: whichever there are"
    )
    parts: str = _setting("public,desk,worker", "which parts run on this host, parted by commas")
    database: str = _setting("", "URL of the desk's database; empty: SQLite in the data directory")
    vault: str = _setting("", "URL of the vault's database; empty: SQLite in the data directory")
    site_name_en: str = _setting("Tipline", "name of the hotline in English")
    site_name_zh: str = _setting("网安举报", "name of the hotline in Chinese")
    log_origin: str = _setting("", "origin line of the ledger; empty: taken from public_url")
    emergency_number: str = _setting("110", "number that a reporter in danger is told to call")
    agency: str = _setting("000000", "region code of the agency that runs this hotline")
    files_max: int = _setting(10, "files that one report may carry")
    file_bytes_max: int = _setting(20_000_000, "bytes that one file may have")
    text_chars_max: int = _setting(20_000, "characters that a report's text may have")
    body_bytes_max: int = _setting(1_000_000, "bytes that one API report may have")
    batch_max: int = _setting(1_000, "reports that one batch may hold")
    queue_max: int = _setting(8_192, "reports that may wait for the vault before 503 is answered")
    commit_max: int = _setting(512, "appends that one durable commit may hold")
    plain_per_minute: int = _setting(
        60, "reports a minute without proof of work before the slow lane"
    )
    flood_per_minute: int = _setting(120, "reports a minute from one source before it is slowed")
    meter_loopback: bool = _setting(False, "meter clients on this machine too (off behind a proxy)")
    exit_url: str = _setting(
        "", "page to which quick exit leads; empty: a plain calendar of our own"
    )
    work_cost: int = _setting(50_000, "largest number of tries that the proof of work asks for")
    outcome_days: int = _setting(30, "days within which a reporter is promised an outcome")
    claim_minutes: int = _setting(30, "minutes after which an unfinished claim is free again")
    lease_seconds: int = _setting(60, "seconds after which a dead worker's steps run again")
    lease_batch: int = _setting(200, "steps that a worker takes at once")
    tries_max: int = _setting(3, "tries before a step is set aside for a person to look at")
    second_factor: str = _setting("required", "second factor for staff: required or optional")
    session_minutes: int = _setting(480, "minutes after which a staff session ends")
    time_zone: str = _setting("Asia/Shanghai", "time zone in which pages show times")
    rules: str = _setting(
        "", "folder of the operator's YARA rules; empty: rules in the data directory"
    )
    clamav_dir: Path = _setting(Path("/var/lib/clamav"), "folder of ClamAV's signature databases")
    scan_seconds: float = _setting(30.0, "seconds that one scanner may take for one file")
    tsa_url: str = _setting(
        "", "time stamp authority (RFC 3161) for evidence packages; empty: no time stamps"
    )
    egress_proxy: str = _setting(
        "", "proxy by which inspections go out: http://HOST:PORT or socks5://HOST:PORT"
    )
    chromium: str = _setting("chromium", "the browser that inspections run")
    browser_user: str = _setting(
        "nobody", "user that the browser runs as where Tipline itself runs as root"
    )
    demo: bool = _setting(False, "load the demonstration data at start")

    @classmethod
    def read(cls, **given: object) -> Self:
        """Read all settings: what was ``given`` first, then the environment, then defaults.

        Raises:
            ValueError: a value is not of its setting's type; the message names the setting.

        """
        values: dict[str, Any] = {}
        for each in fields(cls):
            raw = given.get(each.name)
            if raw is None:
                raw = os.environ.get(PREFIX + each.name.upper())
            if raw is not None:
                values[each.name] = _convert(each.name, raw, type(each.default))
        return cls(**values)

    def environment(self) -> dict[str, str]:
        """These settings as environment variables, for a child process."""
        return {PREFIX + each.name.upper(): str(getattr(self, each.name)) for each in fields(self)}

    @property
    def public_address(self) -> str:
        """Where the public reaches the site."""
        return self.public_url or f"http://{self.bind}:{self.public_port}"

    @property
    def desk_address(self) -> str:
        """Where staff reach the desk."""
        return self.desk_url or f"http://{self.bind}:{self.desk_port}"

    @property
    def origin(self) -> str:
        """Origin line of the ledger's checkpoints (c2sp.org/tlog-checkpoint)."""
        return self.log_origin or self.public_address.split("://", 1)[1] + "/log"

    @property
    def vault_dir(self) -> Path:
        """What the public process owns: vault.db, sealed files, the log's signing key."""
        return self.data / "vault"

    @property
    def files_dir(self) -> Path:
        """Where attachments lie sealed."""
        return self.vault_dir / "files"

    @property
    def desk_dir(self) -> Path:
        """What only desk and worker may read: desk.db and the keys that open reports."""
        return self.data / "desk"

    @property
    def rules_dir(self) -> Path:
        """Where the operator's YARA rule packs lie."""
        return Path(self.rules) if self.rules else self.data / "rules"

    @property
    def socket_path(self) -> Path:
        """Unix socket on which the vault's owner takes appends from desk and worker."""
        return self.data / "run" / "vault.sock"


def _convert(name: str, raw: object, kind: Any) -> Any:
    if kind is bool and isinstance(raw, str):
        if raw.strip().lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.strip().lower() in {"", "0", "false", "no", "off"}:
            return False
        raise ValueError(f"setting {name}: {raw!r} is neither yes nor no")
    if isinstance(raw, kind):
        return raw
    try:
        return Path(str(raw)) if issubclass(kind, Path) else kind(raw)
    except ValueError:
        raise ValueError(f"setting {name}: {raw!r} is not a {kind.__name__}") from None


def adopt(given: Mapping[str, object]) -> Settings:
    """Make ``given`` settings those of this process and of the children it starts.

    Must run before Django is set up, since Django reads this module once.
    """
    settings = Settings.read(**given)
    os.environ.update(settings.environment())
    importlib.reload(sys.modules[DJANGO])
    return settings


def set_up_django(side: Side) -> None:
    """Make this process the ``public`` or the ``desk`` Django."""
    os.environ["TIPLINE_SIDE"] = side
    os.environ["DJANGO_SETTINGS_MODULE"] = DJANGO
    importlib.reload(sys.modules[DJANGO])
    import django  # noqa: PLC0415 - commands that need no Django must not wait for it

    django.setup()


def read_side() -> Side:
    """Which Django this process is: ``TIPLINE_SIDE``, else the desk."""
    return "public" if os.environ.get("TIPLINE_SIDE") == "public" else "desk"


def read_secret(path: Path) -> str:
    """Read Django's secret, which is made once and kept beside the desk's data."""
    if path.is_file():
        return path.read_text().strip()
    made = secrets.token_urlsafe(48)
    if not path.parent.is_dir():
        return made
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(made)
    return made
