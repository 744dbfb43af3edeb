"""Scanning of downloads: detection on the synthetic site, containers opened, files and apps a second.

    python -m benchmarks.scan [--testfiles DIR] [--apps FILE...] [--json]

Baselines run in the same process and on the same files: a plain loop over zipfile, tarfile, gzip and
bz2 that hashes each member (no limits, no rules), and androguard alone for an app's package, name,
permissions and signers (ours also reads every link in its code, and reads apps that are malformed).
``--testfiles`` is the folder of Debian's clamav-testfiles, whose containers all hold one small program.
"""

import argparse
import bz2
import datetime as dt
import gzip
import hashlib
import io
import json
import resource
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from androguard.core.apk import APK
from androguard.util import set_log

from tipline.adapters.scanners import apps
from tipline.adapters.scanners.line import Line, Options
from tipline.domain.evidence.files.verdict import FileReport
from tipline.interfaces.sites.files import list_samples

NOW = dt.datetime.now(dt.UTC)
FOUND = {"malicious", "suspicious"}
DEPTH = 5


def scan_all(paths: list[Path]) -> tuple[list[FileReport], float, float]:
    """Reports, seconds, and seconds of processor time of all processes together."""
    cpu, began = use_cpu(), time.perf_counter()
    with tempfile.TemporaryDirectory() as none, Line(Options(clamav=Path(none))) as line:
        reports = list(line.scan(paths, names={}, now=NOW))
    return reports, time.perf_counter() - began, use_cpu() - cpu


def use_cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def open_plainly(data: bytes, depth: int = 0) -> Iterator[str]:
    yield hashlib.sha256(data).hexdigest()
    if depth < DEPTH:
        for inner in list_members(data):
            yield from open_plainly(inner, depth + 1)


def list_members(data: bytes) -> Iterator[bytes]:
    held = io.BytesIO(data)
    try:
        if zipfile.is_zipfile(held):
            with zipfile.ZipFile(held) as archive:
                yield from (archive.read(each) for each in archive.infolist())
        elif tarfile.is_tarfile(io.BytesIO(data)):
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                opened = (archive.extractfile(each) for each in archive if each.isfile())
                yield from (each.read() for each in opened if each)
        elif data[:2] == b"\x1f\x8b":
            yield gzip.decompress(data)
        elif data[:3] == b"BZh":
            yield bz2.decompress(data)
    except (
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        zipfile.BadZipFile,
        tarfile.TarError,
    ):
        return


def measure_detection(folder: Path) -> dict[str, object]:
    paths, samples = [], list_samples()
    for number, sample in enumerate(samples):
        paths.append(folder / f"{number}-{sample.name}")
        paths[-1].write_bytes(sample.data)
    reports, _, _ = scan_all(paths)
    flagged = [report.word in FOUND for report in reports]
    traps = [is_found for is_found, each in zip(flagged, samples, strict=True) if each.is_trap]
    twins = [is_found for is_found, each in zip(flagged, samples, strict=True) if not each.is_trap]
    return {
        "traps": len(traps), "flagged": sum(traps), "twins": len(twins), "accused": sum(twins),
    }  # fmt: skip


def measure_containers(folder: Path) -> dict[str, object]:
    paths = sorted(each for each in folder.iterdir() if each.is_file())
    wanted = hashlib.sha256((folder / "clam.exe").read_bytes()).hexdigest()
    reports, _, _ = scan_all(paths)
    ours = sum(
        wanted in {report.sha256, *(each["sha256"] for each in report.facts.get("members", ()))}
        for report in reports
    )
    plain = sum(wanted in set(open_plainly(path.read_bytes())) for path in paths)
    return {"containers": len(paths), "ours": ours, "zipfile and others": plain}


def measure_speed(folder: Path) -> dict[str, object]:
    paths = []
    samples = [each for each in list_samples() if each.topic != "bomb"]
    for turn in range(10):
        for number, sample in enumerate(samples):
            paths.append(folder / f"{turn}-{number}")
            paths[-1].write_bytes(sample.data)
    size = sum(path.stat().st_size for path in paths) / 1e6
    _, seconds, cpu = scan_all(paths)
    plain = take_cpu(lambda: [list(open_plainly(path.read_bytes())) for path in paths])
    return {
        "files": len(paths), "megabytes": round(size, 2), "files a second": round(len(paths) / seconds),
        "files a second and core": round(len(paths) / cpu), "MB a second and core": round(size / cpu, 2),
        "zipfile loop, files a second and core": round(len(paths) / plain),
    }  # fmt: skip


def measure_apps(given: Iterable[Path]) -> dict[str, object]:
    made = [each.data for each in list_samples() if each.name.endswith(".apk")] * 5
    real = [path.read_bytes() for path in given]
    set_log("CRITICAL")
    found = {}
    for name, data in (("built", made), ("given", real)):
        if data:
            ours = take_cpu(lambda data=data: [apps.read_app(each) for each in data])
            alone = take_cpu(lambda data=data: [ask_androguard(each) for each in data])
            found[f"{name} apps"] = len(data)
            found[f"{name}, ours a second"] = round(len(data) / ours, 1)
            found[f"{name}, androguard alone a second"] = round(len(data) / alone, 1)
    return found


def ask_androguard(data: bytes) -> None:
    app = APK(data, raw=True)
    app.get_package(), app.get_permissions(), app.get_app_name(), app.get_certificates()


def take_cpu(work: Callable[[], object]) -> float:
    began = use_cpu()
    work()
    return use_cpu() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--testfiles", type=Path, default=Path("/usr/share/clamav-testfiles"))
    parser.add_argument("--apps", type=Path, nargs="*", default=[], help="further APK files")
    parser.add_argument("--json", action="store_true", help="one line for machines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        told = {
            "detection": measure_detection(Path(first)),
            "speed": measure_speed(Path(second)),
            "apps": measure_apps(given.apps),
        }
    if given.testfiles.is_dir():
        told["containers"] = measure_containers(given.testfiles)
    if given.json:
        print(json.dumps(told))
        return
    for part, values in told.items():
        print(part)
        for name, value in values.items():
            print(f"  {name:<44} {value}")


if __name__ == "__main__":
    main()
