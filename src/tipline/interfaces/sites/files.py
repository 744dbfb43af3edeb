"""Files of an invented download site: what looks like a trojan or a trap, and for each an honest twin.

None of them can do anything: apps hold no code, programs return at once, scripts fetch from addresses
that are kept for documentation. Built anew in each process; nothing is kept in the repository.
"""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tipline.interfaces.sites.made import scripts
from tipline.interfaces.sites.made.apps import App, build_app
from tipline.interfaces.sites.made.programs import Program, build_program

DATE = (2026, 1, 1, 0, 0, 0)
SMS = ("READ_SMS", "RECEIVE_SMS")
OPERATING = ("BIND_ACCESSIBILITY_SERVICE",)
FORWARDER = (
    "createFromPdu", "getMessageBody", "abortBroadcast", "content://sms", "sendTextMessage",
    "http://203.0.113.7/upload/sms", "http://gate.sms-collect.example/api",
)  # fmt: skip
OPERATOR = (
    "android.accessibilityservice.AccessibilityService", "dispatchGesture", "getRootInActiveWindow",
    "TYPE_APPLICATION_OVERLAY", "overlay_html", "start_vnc", "http://203.0.113.9/gate",
)  # fmt: skip
LOADER = (
    "DexClassLoader", "javax/crypto/Cipher", "AssetManager", "setComponentEnabledSetting",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One file of the site; an honest one with the same ``topic`` stands beside each trap."""

    topic: str
    name: str
    is_trap: bool
    data: bytes


def pack_zip(members: Mapping[str, bytes]) -> bytes:
    """Pack ``members`` into a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pack_tar(members: Mapping[str, bytes]) -> bytes:
    """Pack ``members`` into a compressed tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            told = tarfile.TarInfo(name)
            told.size, told.mtime = len(data), 1_767_225_600
            archive.addfile(told, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def pack_bomb(*, megabytes: int) -> bytes:
    """Pack zeros into a zip archive a thousandth their size."""
    return pack_zip({"data.bin": bytes(megabytes << 20)})


def pack_overlap(*, members: int, megabytes: int) -> bytes:
    """Pack a zip archive whose members all share the same bytes."""
    whole = pack_bomb(megabytes=megabytes)
    start = whole.index(b"PK\x01\x02")
    line, end = whole[start : whole.index(b"PK\x05\x06")], bytearray(whole[-22:])
    end[8:12] = members.to_bytes(2, "little") * 2
    end[12:16] = (len(line) * members).to_bytes(4, "little")
    return whole[:start] + line * members + bytes(end)


def _build_stealer() -> bytes:
    return build_program(
        Program(
            strings=(
                r"\Google\Chrome\User Data\Default\Login Data", r"\Local State", "wallet.dat",
                "key4.db", "https://api.telegram.org/bot0/sendDocument",
            ),
            code_name=".boom",
        )
    )  # fmt: skip


def _build_planter() -> bytes:
    return build_program(
        Program(
            imports={
                "KERNEL32.dll": ("VirtualAllocEx", "WriteProcessMemory", "CreateRemoteThread"),
                "urlmon.dll": ("URLDownloadToFileA",),
                "SHELL32.dll": ("ShellExecuteA",),
            },
        )
    )


def _build_packed() -> bytes:
    carried = build_program(Program())
    return build_program(
        Program(
            code_name="UPX0", is_code_packed=True, is_code_writable=True, starts_in_data=True,
            behind=carried,
        )
    )  # fmt: skip


def _build_editor() -> bytes:
    return build_program(
        Program(
            imports={
                "KERNEL32.dll": ("CreateFileW", "ReadFile", "CreateProcessW", "ExitProcess"),
                "USER32.dll": ("CreateWindowExW", "GetKeyState", "MessageBoxW"),
                "WINHTTP.dll": ("WinHttpOpen", "WinHttpReadData"),
            },
            strings=("A plain editor", r"Software\Example\Editor", "https://update.example.com/"),
        )
    )


def _build_installer() -> bytes:
    return build_program(Program(code_name="UPX1", is_code_packed=True, is_code_writable=True))


def _list_apps() -> list[tuple[str, str, bool, App]]:
    inner = build_app(App(package="cn.example.inner", label="inner", strings=FORWARDER))
    return [
        ("bank", "工商银行安全助手.apk", True, App(
            package="cn.example.helper7", label="工商银行安全助手", services=OPERATING, sms_priority=1000,
            permissions=(*SMS, "SYSTEM_ALERT_WINDOW", "INTERNET"), strings=(*FORWARDER, *OPERATOR),
            signer="Android Debug")),
        ("bank", "icbc.apk", False, App(
            package="com.icbc", label="工商银行", services=("BIND_NOTIFICATION_LISTENER_SERVICE",),
            permissions=("INTERNET", "CAMERA", "ACCESS_FINE_LOCATION"), signer="Example Bank")),
        ("authority", "国家反诈中心.apk", True, App(
            package="org.example.gjfz", label="国家反诈中心", target_sdk=22, sms_priority=999,
            permissions=(*SMS, "READ_CONTACTS", "RECEIVE_BOOT_COMPLETED"), strings=FORWARDER)),
        ("authority", "metro.apk", False, App(
            package="com.example.metro", label="地铁乘车", permissions=("INTERNET", "NFC", "CAMERA"))),
        ("video", "影视大全.apk", True, App(
            package="tv.example.play", label="影视大全", has_launcher=False, strings=LOADER,
            permissions=("REQUEST_INSTALL_PACKAGES",), members={"assets/data.apk": inner})),
        ("video", "store.apk", False, App(
            package="com.example.store", label="应用商店",
            permissions=("REQUEST_INSTALL_PACKAGES", "INTERNET", "RECEIVE_BOOT_COMPLETED"))),
        ("loan", "极速借款.apk", True, App(
            package="net.example.loan", label="极速借款", target_sdk=22, signer="Android Debug",
            permissions=(*SMS, "READ_CONTACTS", "READ_CALL_LOG", "RECEIVE_BOOT_COMPLETED"),
            strings=("http://198.51.100.3/contacts",))),
        ("loan", "messages.apk", False, App(
            package="com.example.messages", label="短信", strings=("createFromPdu", "sendTextMessage"),
            permissions=(*SMS, "SEND_SMS", "READ_CONTACTS", "RECEIVE_BOOT_COMPLETED"))),
        ("screen", "远程协助.apk", True, App(
            package="io.example.remote", label="远程会议", services=OPERATING, strings=OPERATOR,
            permissions=("SYSTEM_ALERT_WINDOW", "REQUEST_IGNORE_BATTERY_OPTIMIZATIONS"))),
        ("screen", "reader.apk", False, App(
            package="com.example.reader", label="读屏助手", services=OPERATING,
            permissions=("SYSTEM_ALERT_WINDOW", "VIBRATE"),
            strings=("AccessibilityService", "performAction", "getRootInActiveWindow"))),
    ]  # fmt: skip


def _list_others() -> list[tuple[str, str, bool, bytes]]:
    planter, editor = _build_planter(), _build_editor()
    return [
        ("program", "setup.exe", True, planter),
        ("program", "editor.exe", False, editor),
        ("password", "viewer.exe", True, _build_stealer()),
        ("password", "installer.exe", False, _build_installer()),
        ("packed", "update.exe", True, _build_packed()),
        ("packed", "plain.exe", False, build_program(Program())),
        ("invoice", "invoice.zip", True, pack_zip({"发票.pdf.exe": _build_installer()})),
        ("invoice", "documents.zip", False, pack_zip({"read me.txt": b"Hello", "editor.exe": editor})),
        ("script", "order.zip", True, pack_zip({"order.js": scripts.HOST_DROPPER})),
        ("script", "page.zip", False, pack_zip({"page.js": scripts.PAGE_SCRIPT})),
        ("batch", "fix.zip", True, pack_zip({"fix.bat": scripts.BATCH_FETCH})),
        ("batch", "backup.zip", False, pack_zip({"backup.bat": scripts.BATCH_BACKUP})),
        ("powershell", "tool.zip", True, pack_zip({"in.zip": pack_zip({"t.bat": scripts.POWERSHELL_FETCH})})),
        ("powershell", "get.zip", False, pack_zip({"in.zip": pack_zip({"get.ps1": scripts.POWERSHELL_INSTALL})})),
        ("shell", "camera.tar.gz", True, pack_tar({"run.sh": scripts.SHELL_FETCH})),
        ("shell", "tool.tar.gz", False, pack_tar({"install.sh": scripts.SHELL_INSTALL})),
        ("kit", "site.zip", True, pack_zip({"s/post.php": scripts.KIT_PAGE, "s/no.php": scripts.KIT_BLOCKER})),
        ("kit", "contact.zip", False, pack_zip({"c/mail.php": scripts.CONTACT_PAGE, "c/in.php": scripts.LOGIN_PAGE})),
        ("bomb", "pictures.zip", True, pack_bomb(megabytes=64)),
        ("bomb", "blank.zip", False, pack_bomb(megabytes=2)),
    ]  # fmt: skip


@cache
def list_samples() -> tuple[Sample, ...]:
    """List all files of the site, built when first asked for."""
    apps = [(topic, name, is_trap, build_app(app)) for topic, name, is_trap, app in _list_apps()]
    return tuple(
        Sample(topic=topic, name=name, is_trap=is_trap, data=data)
        for topic, name, is_trap, data in (*apps, *_list_others())
    )
