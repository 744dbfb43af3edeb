"""Every scanner for real: traps are flagged, their honest twins are not, and nothing ends the line."""

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.adapters.scanners.conftest import NOW, Scan
from tipline.adapters.scanners.line import Line
from tipline.domain.evidence.files.verdict import FileReport, Verdict
from tipline.interfaces.sites.files import (
    Sample,
    list_samples,
    pack_bomb,
    pack_overlap,
    pack_tar,
    pack_zip,
)

# The test file of eicar.org, in two parts so that this file is none.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SAMPLES = list_samples()
FOUND = {"malicious", "suspicious"}


def keys_of(report: FileReport) -> set[str]:
    return {each.key for each in report.indicators}


def words_of(report: FileReport) -> dict[str, str]:
    return {each.scanner: each.word for each in report.verdicts}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_traps_are_flagged_and_their_twins_are_not(scan: Scan, sample: Sample) -> None:
    report = scan(sample.data, sample.name)

    assert (report.word in FOUND) == sample.is_trap, report
    assert "failed" not in words_of(report).values()


def test_each_trap_has_a_twin() -> None:
    topics = {sample.topic for sample in SAMPLES}

    assert all(
        {each.is_trap for each in SAMPLES if each.topic == topic} == {True, False}
        for topic in topics
    )


def test_what_was_not_looked_at_by_signatures_is_never_clean(scan: Scan) -> None:
    report = scan(b"plain text\n", "a.txt")

    assert words_of(report) == {"rules": "clean", "clamav": "not_scanned"}
    assert report.word == "not_scanned"
    assert report.type == "text/plain"


def test_a_name_given_to_a_file_is_looked_at(scan: Scan) -> None:
    program = next(each for each in SAMPLES if each.name == "plain.exe")

    assert keys_of(scan(program.data, "发票.pdf.exe")) >= {"name.double"}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: data,
        lambda data: pack_zip({"a.com": data}),
        lambda data: pack_tar({"a.com": data}),
        lambda data: pack_zip({"b.zip": pack_tar({"c.zip": pack_zip({"a": data})})}),
        lambda data: pack_zip({"a.com": data})[:-60],  # without its directory
        lambda data: b"MZ stub" + pack_zip({"a.com": data}),
    ],
)
def test_the_test_file_is_found_however_it_is_wrapped(scan: Scan, wrap: object) -> None:
    report = scan(wrap(EICAR))  # type: ignore[operator]

    (said,) = (each for each in report.verdicts if each.scanner == "rules")
    assert said.word == "malicious"
    assert "tipline_eicar_test_file" in said.detail


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (pack_bomb(megabytes=40), "archive.ratio"),
        (pack_overlap(members=2_000, megabytes=4), "archive.overlap"),
        (pack_zip({f"{number}": b"" for number in range(1_000)}), "archive.members"),
        (pack_zip({f"{n}": os.urandom(1 << 20) * 12 for n in range(8)}), "archive.bytes"),
        (pack_zip({"../../a.txt": b"a"}), "archive.traversal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bombs_and_traps_of_archives_are_named(scan: Scan, data: bytes, key: str) -> None:
    report = scan(data)

    assert key in keys_of(report)
    assert report.word != "clean"


def test_archives_in_archives_end_somewhere(scan: Scan) -> None:
    data = b"end"
    for number in range(20):
        data = pack_zip({f"{number}.zip": data})

    report = scan(data)

    assert "archive.depth" in keys_of(report)
    assert words_of(report)["archive"] == "not_scanned"


def test_a_locked_archive_is_not_scanned(scan: Scan) -> None:
    data = bytearray(pack_zip({"a.txt": b"secret"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1

    report = scan(bytes(data))

    assert keys_of(report) == {"archive.encrypted"}
    assert words_of(report)["archive"] == "not_scanned"


def test_members_are_told_with_their_hashes(scan: Scan) -> None:
    report = scan(pack_zip({"a/b\u202e.txt": b"text"}))

    (member,) = report.facts["members"]
    assert member["path"] == ["a/b\ufffd.txt"]
    assert (member["bytes"], member["type"], len(member["sha256"])) == (4, "text/plain", 64)


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files_never_end_the_line(line: Line, tmp_path: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(SAMPLES)).data
    cut = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(len(cut) - 1, 0)), max_size=20)):
        if cut:
            cut[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "held"
    path.write_bytes(bytes(cut))

    (report,) = line.scan([path], names={}, now=NOW)

    assert report.verdicts[-1] == Verdict("clamav", "not_scanned", report.verdicts[-1].detail)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"MZ", b"\x1f\x8b\x08", b"BZh9", b"070701", b"\xc7\x71"]
    ),
    rest=st.binary(max_size=600),
)
def test_noise_never_ends_the_line(line: Line, tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "held"
    path.write_bytes(head + rest)

    (report,) = line.scan([path], names={}, now=NOW)

    assert report.word != "clean"


def test_a_long_zip_of_nothing_is_bounded(scan: Scan) -> None:
    data = zlib.compress(pack_zip({f"{number}": b"" for number in range(20_100)}))

    assert scan(zlib.decompress(data)).word != "clean"
