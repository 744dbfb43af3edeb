import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.interfaces.serve import Child, PartUnknown, plan_parts, supervise
from tipline.settings import Settings

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
END = [sys.executable, "-c", ""]


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def stop_when(is_time: threading.Event) -> None:
    def wait() -> None:
        is_time.wait(20)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def test_children_start_in_order_and_stop_when_asked() -> None:
    seen: list[bool] = []
    first, is_time = Child("public", SLEEP, {}), threading.Event()

    def prepare() -> None:
        seen.append(first.process is not None and not first.ended())
        is_time.set()

    second = Child("desk", SLEEP, {}, prepare=prepare)
    stop_when(is_time)

    supervise([first, second], tell=lambda _words: None)

    assert seen == [True]
    assert first.ended()
    assert second.ended() or second.process is None


def test_a_child_that_ends_is_started_again() -> None:
    told: list[str] = []
    child, is_time = Child("worker-1", END, {}), threading.Event()

    def tell(words: str) -> None:
        told.append(words)
        if len(child.started) >= 2:
            is_time.set()

    stop_when(is_time)

    supervise([child], tell=tell)

    assert len(child.started) >= 2
    assert told[0] == "worker-1 ended; starting it again"


def test_what_a_preparation_raises_stops_all() -> None:
    def refuse() -> None:
        time.sleep(0.1)
        raise RuntimeError("no")

    first = Child("public", SLEEP, {})

    with pytest.raises(RuntimeError, match="no"):
        supervise([first, Child("desk", SLEEP, {}, prepare=refuse)], tell=lambda _words: None)

    assert first.ended()


def test_only_the_parts_that_are_wanted_are_planned(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, parts="worker, desk", workers=2)

    assert [child.name for child in plan_parts(settings)] == ["desk", "worker-1", "worker-2"]
    with pytest.raises(PartUnknown, match="lighthouse"):
        plan_parts(Settings(data=tmp_path, parts="public,lighthouse"))
