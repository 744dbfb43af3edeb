"""Apps, programs, rules and hosts read as what they are."""

import io
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.adapters.scanners.conftest import Scan
from tipline.adapters.scanners import apps, programs, rulebook
from tipline.adapters.scanners.apps.hosts import find_hosts
from tipline.interfaces.sites.files import pack_zip
from tipline.interfaces.sites.made.apps import App, build_app, build_code
from tipline.interfaces.sites.made.programs import Program, build_program

APP = App(
    package="com.example.app", label="示例应用", permissions=("READ_SMS", "CAMERA"), sms_priority=999,
    services=("BIND_ACCESSIBILITY_SERVICE",), target_sdk=30, signer="Example Studio",
    strings=("https://gate.example.net/x", "http://203.0.113.9:8080/y", "https://www.w3.org/2000/svg"),
    members={"assets/held.bin": build_code(()), "lib/arm64-v8a/libjiagu.so": b"\x7fELF"},
)  # fmt: skip


def test_an_app_is_read() -> None:
    facts = apps.read_app(build_app(APP))

    assert (facts.package, facts.label, facts.target_sdk) == ("com.example.app", "示例应用", 30)
    assert facts.permissions == ("BIND_ACCESSIBILITY_SERVICE", "CAMERA", "READ_SMS")
    assert (facts.sms_priority, facts.has_launcher) == (999, True)
    assert facts.schemes == ("v1",)
    assert [each["subject"] for each in facts.signers] == ["CN=Example Studio"]
    assert facts.hosts == ("gate.example.net",)
    assert facts.addresses == ("203.0.113.9",)
    assert facts.libraries == ("libjiagu.so",)
    assert facts.malformed == ()


def test_an_unsigned_app_has_no_signer() -> None:
    facts = apps.read_app(build_app(App(package="com.example", label="a", signer="")))

    assert (facts.schemes, facts.signers) == ((), ())


def test_code_that_is_stored_under_another_name_is_carried() -> None:
    out = io.BytesIO(build_app(APP))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("assets/stored.png", build_code(()))

    assert apps.read_app(out.getvalue()).carried == ("assets/stored.png",)


def test_a_method_that_is_none_is_borne_and_told(scan: Scan) -> None:
    data = bytearray(build_app(APP))
    at = data.index(b"PK\x03\x04")
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 0x7777)
    struct.pack_into("<H", data, central + 10, 0x7777)

    report = scan(bytes(data))

    assert report.facts["android"]["package"] == "com.example.app"
    assert "android.malformed" in {each.key for each in report.indicators}


@pytest.mark.long  # needs apksigner
def test_android_would_take_the_signature(tmp_path: Path) -> None:
    path = tmp_path / "a.apk"
    path.write_bytes(build_app(APP))

    done = subprocess.run(
        ["apksigner", "verify", "--print-certs", "--max-sdk-version", "23", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "CN=Example Studio" in done.stdout, done.stderr


def test_a_program_is_read() -> None:
    made = Program(imports={"KERNEL32.dll": ("ExitProcess", "Sleep")}, behind=b"MZ attached")

    facts = programs.read_program(build_program(made))

    assert facts.libraries == ("kernel32.dll",)
    assert facts.functions == ("exitprocess", "sleep")
    assert [each.name for each in facts.sections] == [".text", ".idata", ".data"]
    assert (facts.entry_section, facts.carries_program, facts.signature) == (".text", True, "none")


def test_what_is_no_program_is_malformed() -> None:
    assert programs.read_program(b"MZ").malformed


def test_hosts_are_those_of_links_and_not_of_every_library() -> None:
    hosts, addresses = find_hosts(
        [
            b"http://Gate.Example.net/a http://schemas.android.com/apk",
            b"ws://10.0.0.1/ http://198.51.100.2/",
        ]
    )

    assert (hosts, addresses) == (("gate.example.net",), ("198.51.100.2",))


def test_our_rules_all_compile_and_say_why() -> None:
    rules, refused = rulebook.compile_rules(rulebook.list_rule_files(None))

    assert not refused
    assert all("description" in dict(rule.metadata) for rule in rules)


def test_an_operators_pack_counts_and_a_broken_file_of_it_is_named(tmp_path: Path) -> None:
    packs, cache = tmp_path / "packs", tmp_path / "cache"
    (packs / "more").mkdir(parents=True)
    (packs / "more" / "good.yar").write_text('rule mine { strings: $a = "zebra" condition: $a }')
    (packs / "bad.yar").write_text("rule broken {")

    _, refused = rulebook.compile_rules(rulebook.list_rule_files(packs))
    rules, count = rulebook.load_rules(packs, cache)
    again, same = rulebook.load_rules(packs, cache)

    assert list(refused) == ["bad.yar"]
    assert count == same == 1
    assert {rule.identifier for rule in again} == {rule.identifier for rule in rules} >= {"mine"}


def test_changed_packs_are_compiled_anew(tmp_path: Path) -> None:
    packs, cache = tmp_path / "packs", tmp_path / "cache"
    packs.mkdir()
    before, _ = rulebook.load_rules(packs, cache)
    (packs / "new.yar").write_text('rule fresh { strings: $a = "zebra" condition: $a }')

    after, _ = rulebook.load_rules(packs, cache)

    assert {each.identifier for each in after} - {each.identifier for each in before} == {"fresh"}
    assert len(list(cache.glob("rules-*.bin"))) == 1


def test_types_by_content(scan: Scan) -> None:
    assert scan(build_app(APP), "a.jpg").type == "application/vnd.android.package-archive"
    assert scan(pack_zip({"a": build_app(APP)})).type == "application/zip"
    assert scan(build_program(Program()), "a.txt").type.endswith("portable-executable")
    assert scan(b"").type == "application/x-empty"
