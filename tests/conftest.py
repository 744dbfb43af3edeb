"""What every test shares: no clock in property tests, a data directory of its own, a house.

The desk's tests run on SQLite; the same bodies run on PostgreSQL with

    TIPLINE_DATABASE=postgresql://postgres@127.0.0.1:5432/tipline python -m pytest tests/store tests/services
"""

import asyncio
import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from hypothesis import settings
from msgspec import convert

os.environ["TIPLINE_DATA"] = tempfile.mkdtemp(prefix="tipline-test-")
import tipline.settings

django_settings.TIPLINE = importlib.reload(tipline.settings).TIPLINE

from tipline.adapters.shelf import MappedShelf  # noqa: E402
from tipline.domain.duties import Actor, Role  # noqa: E402
from tipline.domain.intake.submission import Submission  # noqa: E402
from tipline.services import intake, mailbox  # noqa: E402
from tipline.vault import (  # noqa: E402
    OpeningKey,
    OwnedVault,
    load_desk_key,
    load_identity_key,
    load_vault_keys,
    make_keys,
    open_owner,
)

settings.register_profile("tipline", deadline=None)
settings.load_profile("tipline")

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
REGIONS = {"ministry": "000000", "chongqing": "500000", "beijing": "110000"}


@dataclass
class House:
    """A vault, the keys that open it, and a reporter at its door."""

    path: Path
    vault: OwnedVault
    desk_key: OpeningKey
    identity_key: OpeningKey
    now: datetime = NOON
    codes: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = MappedShelf(self.path / "desk" / "lists")

    def file(self, text: str = "有人冒充客服，电话 13900001234", **given: Any) -> int:
        """File one report; gives its leaf index, and remembers its code."""
        return self.file_many([text], **given)[0]

    def file_many(self, texts: list[str], *, lane: str = "fast", **given: Any) -> list[int]:
        asked = [convert({"text": text, **given}, Submission) for text in texts]
        receipts = asyncio.run(
            intake.receive(vault=self.vault, submissions=asked, retry=None, now=self.now, lane=lane)
        )
        self.codes |= {each.leaf_index: each.code for each in receipts}
        return [each.leaf_index for each in receipts]

    def reply(self, report: int, text: str, question_id: str = "") -> int:
        """Reply as the holder of the report's code."""
        box = mailbox.open_mailbox(vault=self.vault, code=self.codes[report])
        reply = intake.OwnReply(
            at=intake.write_minute(self.now), text=text, question_id=question_id
        )
        return asyncio.run(
            intake.receive_reply(
                vault=self.vault, keys=box.keys, last=box.last, reply=reply, retry=None
            )
        )

    def look(self, report: int) -> Any:
        """What the reporter sees with their code."""
        return mailbox.open_mailbox(vault=self.vault, code=self.codes[report]).status

    def shift(self, **options: Any) -> Any:
        """A worker that works here, in this process."""
        from tipline.interfaces.shift import Shift  # noqa: PLC0415 - needs Django
        from tipline.services.triage import Machine  # noqa: PLC0415

        given = {"machine": Machine(shelf=self.shelf), **options}
        return Shift(vault=self.vault, desk_key=self.desk_key, **given)

    def work(self) -> None:
        """Work until nothing is due."""
        self.shift().do_all()

    def take(self, text: str = "刷单返利骗了我 5000 元", region: str = "500000") -> int:
        """File a report and have it assessed."""
        report = self.file(text, region=region)
        self.work()
        return report

    def after(self, **passed: float) -> datetime:
        return self.now + timedelta(**passed)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    vault_dir, desk_dir = tmp_path / "vault", tmp_path / "desk"
    make_keys(vault_dir=vault_dir, desk_dir=desk_dir, origin="tipline.example/log")
    (vault_dir / "files").mkdir()
    vault = open_owner(vault_dir / "vault.db", keys=load_vault_keys(vault_dir))
    yield House(tmp_path, vault, load_desk_key(desk_dir), load_identity_key(desk_dir), _now())
    vault.close()


def _now() -> datetime:
    # Steps are due when they were recorded, so a test's reports come in "now".
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def hire(db: None) -> Callable[..., Actor]:
    """Make an officer: hire(role, region) gives the actor."""
    from tipline.services import staff  # noqa: PLC0415 - needs Django

    def make(role: Role = Role.INTAKE_OFFICER, region: str = "500000", **given: Any) -> Actor:
        if not staff.Agency.objects.filter(code=region).exists():
            agency = staff.NewAgency(code=region, name_en=region, name_zh=region, region=region)
            staff.make_agency(agency=agency, by=None, now=NOON)
        count = staff.Officer.objects.count()
        officer = staff.NewOfficer(
            username=f"officer{count}",
            display_name=f"Officer {count}",
            role=role,
            region=region,
            agency=region,
            **given,
        )
        made = staff.make_officer(officer=officer, by=None, now=NOON)
        return staff.Officer.objects.get(id=made).actor

    return make


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite the tests' database is a file, as it is in earnest, so that threads may share it."""
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("desk") / "test.db")
        connections.databases["default"]["TEST"]["NAME"] = name


@pytest.fixture(autouse=True)
def free_lasting_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, remove the rows that the database itself refuses to let go."""
    mark = request.node.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction", False)
    if not commits and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from django.db import transaction  # noqa: PLC0415 - needs Django

    from tipline.store.wiping import wipe_reports  # noqa: PLC0415

    with transaction.atomic():
        wipe_reports()
