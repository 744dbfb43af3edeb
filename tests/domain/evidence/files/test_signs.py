"""What names, manifests and structures say, and what they do not."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.evidence.files.android import ACCESSIBILITY, AppFacts, list_app_signs
from tipline.domain.evidence.files.indicators import SIGNS, weigh
from tipline.domain.evidence.files.names import is_program, leads_out, list_name_signs, shorten
from tipline.domain.evidence.files.posing import find_authority, find_brand, is_own_package
from tipline.domain.evidence.files.windows import ProgramFacts, Section, list_program_signs

PROGRAM = "application/vnd.microsoft.portable-executable"
SIGNED = AppFacts(package="com.example.app", schemes=("v2",), target_sdk=34)


def keys_of(signs: object) -> set[str]:
    return {each.key for each in signs}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "type_", "keys"),
    [
        ("发票.pdf.exe", PROGRAM, {"name.double"}),
        ("photo.jpg", PROGRAM, {"name.false"}),
        ("a\u202egpj.exe", PROGRAM, {"name.reversed"}),
        ("setup.exe", PROGRAM, set()),
        ("notes.v2.txt", "text/plain", set()),
        ("archive.tar.gz", "application/gzip", set()),
        ("pdf.exe", PROGRAM, set()),
        ("folder.pdf/setup.exe", PROGRAM, set()),
    ],
)
def test_names_give_away(name: str, type_: str, keys: set[str]) -> None:
    assert keys_of(list_name_signs(name, type_=type_)) == keys


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "C:\\a.exe", "a\\..\\b", "\\\\host\\a"]
)
def test_names_that_lead_out(name: str) -> None:
    assert leads_out(name)
    assert not leads_out("a/b..c/d.txt")


@given(st.text(max_size=300))
def test_a_shown_name_is_short_and_plain(name: str) -> None:
    assert len(shorten(name)) <= 120
    assert shorten(name).isprintable()


def test_programs_by_content_or_ending() -> None:
    assert is_program("readme.txt", type_=PROGRAM)
    assert is_program("a/b.JS", type_="text/plain")
    assert not is_program("js", type_="text/plain")


@pytest.mark.parametrize(
    ("label", "package", "brand"),
    [
        ("工商银行安全助手", "cn.example.helper", "ICBC"),
        ("工商银行", "com.icbc", None),
        ("Alipay", "com.eg.android.AlipayGphone", None),
        ("支付宝", "com.example.pay", "Alipay"),
        ("微信", "com.tencent.mm", None),
        ("PayPal", "com.paypal.android.p2pmobile", None),
        ("地铁乘车", "com.example.metro", None),
        ("Wise words", "com.example.quotes", None),
    ],
)
def test_labels_against_packages(label: str, package: str, brand: str | None) -> None:
    found = find_brand(label)
    posed = found.name_en if found and not is_own_package(package, brand=found) else None

    assert posed == brand


def test_authorities() -> None:
    assert find_authority("国家反诈中心", package="org.example.gjfz") == "国家反诈中心"
    assert not find_authority("国家反诈中心", package="com.hicorenational.antifraud")
    assert not find_authority("天气", package="com.example")


def test_one_permission_alone_says_little() -> None:
    for permission in (
        "READ_SMS",
        ACCESSIBILITY,
        "SYSTEM_ALERT_WINDOW",
        "REQUEST_INSTALL_PACKAGES",
    ):
        app = AppFacts(package="com.example.app", schemes=("v2",), permissions=(permission,))
        assert weigh(list_app_signs(app)) <= 1


def test_what_a_trojan_asks_for_adds_up() -> None:
    app = AppFacts(
        package="org.example", label="支付宝", schemes=("v1",), target_sdk=22, sms_priority=1000,
        permissions=("READ_SMS", ACCESSIBILITY, "SYSTEM_ALERT_WINDOW"), carried=("assets/a.apk",),
        addresses=("203.0.113.1",), signers=({"subject": "CN=Android Debug"},),
        libraries=("libjiagu.so",), malformed=("compression",), has_launcher=False,
    )  # fmt: skip
    keys = keys_of(list_app_signs(app))

    assert keys == {
        "android.sms_accessibility", "android.overlay_accessibility", "android.sms_first",
        "android.brand", "android.old_signature", "android.debug_key", "android.old_target",
        "android.dropper", "android.address", "android.packer", "android.malformed",
        "android.hidden",
    }  # fmt: skip
    assert keys <= set(SIGNS)


def test_unsigned_is_told_and_a_plain_app_is_not_accused() -> None:
    assert keys_of(list_app_signs(AppFacts(package="com.example"))) == {"android.unsigned"}
    assert not list(list_app_signs(SIGNED))


def test_what_a_program_shows() -> None:
    code = Section(name="UPX0", entropy=7.9, runs=True, writes=True)
    program = ProgramFacts(
        sections=(code,), entry_section=".data", company="支付宝", carries_program=True,
        functions=("virtualallocex", "createremotethread", "urldownloadtofilea", "winexec",
                   "getasynckeystate", "setwindowshookexa", "bitblt",
                   "isdebuggerpresent", "checkremotedebuggerpresent"),
    )  # fmt: skip
    keys = keys_of(list_program_signs(program))

    assert keys == {
        "windows.unsigned", "windows.brand", "windows.packed", "windows.writable_code",
        "windows.entry", "windows.sections", "windows.injection", "windows.keys",
        "windows.fetch_run", "windows.hides", "windows.carries",
    }  # fmt: skip
    assert keys <= set(SIGNS)


@pytest.mark.parametrize(
    ("signature", "keys"), [("fits", set()), ("broken", {"windows.bad_signature"})]
)
def test_signatures(signature: str, keys: set[str]) -> None:
    assert keys_of(list_program_signs(ProgramFacts(signature=signature, company="支付宝"))) == keys


def test_managed_code_and_libraries_start_where_they_like() -> None:
    plain = Section(name=".text", runs=True)
    for program in (
        ProgramFacts(sections=(plain,), signature="fits", is_managed=True),
        ProgramFacts(sections=(plain,), signature="fits", is_library=True),
    ):
        assert not list(list_program_signs(program))
