"""Kill -9 at any moment: what was acknowledged is there, once and unchanged, and nothing lingers."""

import os
import signal
import time

import pytest

from benchmarks.kill import Campaign, is_clean, run_campaign, settle
from benchmarks.load.postgres import fresh_url
from benchmarks.load.server import Server, session_pids
from tests.faults.processes import find_pids, read_command, wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
GONE_SECONDS = 10
STOP_SECONDS = 15


def test_what_was_acknowledged_survives_kills_at_full_load(make_server):
    server = make_server()
    counts = run_campaign(Campaign(kills=6, acknowledgements=9_000, seed=1), server)
    figures = settle(server, counts)
    assert figures["reopened"]["acknowledged"] >= 9_000
    assert figures["client"]["dropped"] > 6  # the kills did cut requests off
    assert is_clean(figures), figures


def test_the_same_on_postgresql(make_server):
    with fresh_url("kill") as vault:
        server = make_server(vault=vault)
        counts = run_campaign(Campaign(kills=2, acknowledgements=2_000, seed=2), server)
        figures = settle(server, counts)
        assert is_clean(figures), figures


def test_no_process_outlives_a_killed_supervisor(make_server):
    server = make_server().start()
    session = server.process.pid
    server.wait_ready(server.desk_port)
    assert len(session_pids(session)) >= 4  # supervisor, public, desk, worker
    os.kill(session, signal.SIGKILL)
    server.process.wait()
    assert wait_until(lambda: not session_pids(session), seconds=GONE_SECONDS), describe(session)


def test_every_other_process_is_started_again(make_server):
    server: Server = make_server().start()
    server.wait_ready(server.desk_port)
    for word in ("gateway", "desk.wsgi", "interfaces.worker"):
        before = find_pids(server, word)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        came_back = wait_until(lambda: bool(find_pids(server, word) - before), seconds=30)  # noqa: B023 - called at once
        assert came_back, word
    server.wait_ready(server.public_port)
    server.wait_ready(server.desk_port)


@pytest.mark.parametrize("moment", [0.0, 1.2, 1.6, 2.0])
def test_it_stops_when_asked_while_it_is_starting(make_server, moment):
    server: Server = make_server().start()
    time.sleep(moment)
    server.process.terminate()
    assert server.process.wait(STOP_SECONDS) == 0  # less than the supervisor's patience


def describe(session: int) -> list[str]:
    return [read_command(pid) for pid in session_pids(session)]
