"""A triage of a file, killed without warning again and again, ends with every row once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROWS = 150_000


def start(source: Path, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tipline.interfaces.cli", "triage", str(source)]
    options = ["--output", str(output), "--processes", "2", "--data", str(source.parent / "data")]
    return subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)


def list_children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(each) for each in listed.split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.timeout(600)
def test_killed_at_any_moment_it_goes_on_and_leaves_nobody_behind(tmp_path):
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    with source.open("w") as file:
        for row in range(ROWS):
            text = f"加微信 tuodan_{row}，电话 139{row:08d}，转账{row}元"
            file.write("not json\n" if row == 777 else json.dumps({"text": text}) + "\n")
    chance = random.Random(4)  # noqa: S311 - moments to kill at
    kills = 0
    while True:
        running = start(source, output)
        try:
            status = running.wait(timeout=1.5 + kills / 2 + chance.random())
            break
        except subprocess.TimeoutExpired:
            children = list_children(running.pid)
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            kills += 1
        until = time.monotonic() + 20
        while any(map(is_alive, children)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(map(is_alive, children))

    assert status == 1  # one row could not be read
    assert kills > 0
    with output.open("rb") as file:
        lines = [json.loads(line) for line in file]
    assert [line["row"] for line in lines] == list(range(ROWS))
    for row, line in enumerate(lines):
        values = {each["value"] for each in line["identifiers"]}
        assert row == 777 or f"+86139{row:08d}" in values
    rejects = (tmp_path / "out.jsonl.rejects.jsonl").read_text().splitlines()
    assert [json.loads(each)["row"] for each in rejects] == [777]
