"""The database server is stopped without a checkpoint, as a crash does: nothing acknowledged is lost."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kill import Campaign, is_clean, run_campaign, settle
from benchmarks.load.server import Server, free_ports

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


class Cluster:
    """A PostgreSQL server of the test's own, which may be stopped and started."""

    def __init__(self, place: Path) -> None:
        self.tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.data = place / "cluster"
        (self.port,) = free_ports(1)
        self.log = self.data / "server.log"
        self.data.mkdir(mode=0o700)
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.data, "postgres")
            place.chmod(0o755)
        self.run("initdb", "-E", "UTF8", "-A", "trust", "-U", "postgres", "-D", self.data)
        (self.data / "postgresql.auto.conf").write_text(
            f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = ''\n"
        )

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, tool: str, *words: object) -> None:
        account = {"user": pwd.getpwnam("postgres").pw_uid} if os.getuid() == 0 else {}
        command = [str(self.tools / tool), *map(str, words)]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd=self.data, env={}, **account
        )

    def start(self) -> None:
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.log)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    """A running cluster; nothing of it is left."""
    made = Cluster(place)
    made.start()
    yield made
    made.stop()


def test_an_immediate_stop_of_the_database_server_loses_nothing(make_server, cluster):
    def strike(_server: Server) -> None:
        cluster.stop()
        cluster.start()

    server = make_server(vault=cluster.url)
    campaign = Campaign(kills=4, acknowledgements=4_000, seed=3, strike=strike)
    figures = settle(server, run_campaign(campaign, server))
    assert figures["reopened"]["acknowledged"] >= 4_000
    assert is_clean(figures), figures
