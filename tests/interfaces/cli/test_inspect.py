"""Look at a site from the command line; what is written is verified by whoever gets it."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.capture.serving import Site, send, serving
from tipline.interfaces.cli import main

HOME = '<title>店</title><a href="/a">a</a><a href="/x.apk">app</a>'
KEYS = ["package", "sha256", "result", "pages", "items", "downloads", "signals", "refused"]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site(
        {
            "/": send(HOME),
            "/a": send("<h1>商品</h1>"),
            "/x.apk": send(b"PK\3\4", kind="application/vnd.android.package-archive"),
        }
    )
    with serving(made):
        yield made


def inspect(port: int, place: Path, *more: str) -> int:
    words = ["--output", str(place / "out"), "--data", str(place / "data"), "--rate", "20"]
    return main(
        ["inspect", f"http://127.0.0.1:{port}", "--allow", f"127.0.0.1:{port}", *words, *more]
    )


def check(package: Path, place: Path) -> None:
    """Check a package by both ways that a court has."""
    root = place / "data/desk/evidence/ca.pem"
    assert main(["verify", str(package), "--ca", str(root), "--data", str(place / "data")]) == 0
    subprocess.run(["unzip", "-q", str(package), "verify.sh", "-d", str(place)], check=True)
    words = ["sh", str(place / "verify.sh"), str(package), str(root)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def test_a_site_becomes_a_package_that_verifies(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = inspect(site.port, tmp_path, "--no-browser", "--json", "--by", "officer 7")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert list(told) == KEYS
    assert (told["result"], told["pages"], told["refused"]) == ("complete", 2, 0)
    (download,) = told["downloads"]
    assert set(download) == {"sha256", "type", "verdicts"}
    package = Path(told["package"])
    assert os.listdir(tmp_path / "out") == [package.name]  # noqa: PTH208 - names alone
    check(package, tmp_path)
    custody = subprocess.run(
        ["unzip", "-p", str(package), "custody.jsonl"], check=True, capture_output=True
    ).stdout
    acts = [json.loads(line) for line in custody.splitlines()]
    assert [each["action"] for each in acts] == ["began", "looked", "read", "scanned", "sealed"]
    assert {each["by"] for each in acts} == {"officer 7"}


def test_an_illegal_offer_is_told_of_and_its_neighbours_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offers = [
        "出售银行卡四件套，全套带U盾，加微信 tuodan_88，每套 900 元",
        "手工陶瓷茶杯，每只 35 元",
    ]
    offers += [
        f"二手自行车 {number} 寸，价格 {number}0 元，同城自取" for number in (20, 22, 24, 26)
    ]
    listed = "".join(f"<li><h3>{each}</h3><p>{each}</p></li>" for each in offers)
    made = Site({"/": send(f"<title>集市</title><ul>{listed}</ul>")})
    with serving(made):
        status = inspect(made.port, tmp_path, "--no-browser", "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    (item,) = told["items"]
    assert set(item) == {"id", "offences", "confidence", "url", "box"}
    assert item["offences"] == ["DT-CARD"]


def test_people_read_a_summary_and_its_limits(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(site.port, tmp_path, "--no-browser") == 0

    shown = capsys.readouterr()
    assert "complete: 2 pages" in shown.out
    assert "not rendered" in shown.out
    assert "no time stamp" in shown.out
    assert "1 done" in shown.err


def test_a_network_that_is_not_public_is_not_looked_at(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--output", str(tmp_path / "out"), "--data", str(tmp_path / "data"), "--no-browser"]

    status = main(["inspect", site.url, *words, "--json"])

    said = capsys.readouterr()
    assert status == 1
    assert said.out == ""
    assert "not public" in said.err
    assert site.asked == []
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["ftp://a.example/"],
        ["http://a.example/", "--budget", "0"],
        ["http://a.example/", "--rate", "99"],
    ],
)
def test_wrong_usage_is_refused(words: list[str], tmp_path: Path) -> None:
    assert main(["inspect", *words, "--output", str(tmp_path / "out")]) == 2


def test_an_endpoint_without_a_port_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["inspect", "http://a.example/", "--output", str(tmp_path), "--allow", "a.example"])
    assert left.value.code == 2


def test_a_site_that_does_not_answer_is_sealed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(find_free_port(), tmp_path, "--no-browser", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["result"].startswith("unreachable:")
    check(Path(told["package"]), tmp_path)


def find_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium here")
def test_a_browser_shows_the_pages(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(site.port, tmp_path, "--json", "--profile", "both") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == 4
    package = Path(told["package"])
    check(package, tmp_path)
    names = subprocess.run(
        ["unzip", "-Z1", str(package)], check=True, capture_output=True, text=True
    ).stdout.split()
    assert sum(name.endswith("screenshot.png") for name in names) == 4
