"""What an Android app's own declarations say about it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tipline.domain.evidence.files.posing import find_authority, find_brand, is_own_package
from tipline.domain.evidence.files.verdict import Indicator

SMS = frozenset({"READ_SMS", "RECEIVE_SMS", "SEND_SMS", "RECEIVE_MMS"})
CALLS = frozenset(
    {"PROCESS_OUTGOING_CALLS", "ANSWER_PHONE_CALLS", "READ_CALL_LOG", "WRITE_CALL_LOG"}
)
ACCESSIBILITY = "BIND_ACCESSIBILITY_SERVICE"
NOTIFICATIONS = "BIND_NOTIFICATION_LISTENER_SERVICE"
ADMIN = "BIND_DEVICE_ADMIN"
SMS_FIRST = 900  # priority of a receiver; messaging apps need none
SDK_ASKING = 23  # Android 6: from here on an app must ask for each permission
# Part of a library's name -> packer. Packers are in lawful use too: a weak sign.
PACKERS: Mapping[str, str] = {
    "libjiagu": "360 Jiagu",
    "libshell": "Tencent Legu",
    "libsecexe": "Bangcle",
    "libsecshell": "Bangcle",
    "libijiami": "ijiami",
    "libexecmain": "ijiami",
    "libdexhelper": "SecNeo",
    "libnesec": "NetEase",
    "libbaiduprotect": "Baidu",
    "libmobisec": "Alibaba",
    "libapkprotect": "APKProtect",
}


class AppFacts(Struct, frozen=True, kw_only=True):
    """What an app declares, carries and is signed with. Permissions lack their ``android.permission.``."""

    package: str = ""
    label: str = ""
    version: str = ""
    min_sdk: int = 0
    target_sdk: int = 0
    permissions: tuple[str, ...] = ()  # asked for, and those that its services are bound by
    sms_priority: int = 0
    has_launcher: bool = True
    schemes: tuple[str, ...] = ()  # of its signature: v1, v2, v3
    signers: tuple[Mapping[str, str], ...] = ()  # subject, issuer, sha256, not_before, not_after
    hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()  # bare IP addresses in URLs
    libraries: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()  # members that are apps or code outside of their place
    malformed: tuple[str, ...] = ()  # what of the file was malformed


def list_app_signs(app: AppFacts) -> Iterator[Indicator]:
    """List what speaks for a trojan in what an app declares."""
    yield from _list_permission_signs(app)
    yield from _list_posing_signs(app)
    yield from _list_signing_signs(app)
    yield from _list_content_signs(app)


def _list_permission_signs(app: AppFacts) -> Iterator[Indicator]:
    asked = frozenset(app.permissions)
    reads_sms, operates = bool(asked & SMS), ACCESSIBILITY in asked
    told = {
        "android.sms_accessibility": reads_sms and operates,
        "android.overlay_accessibility": operates and "SYSTEM_ALERT_WINDOW" in asked,
        "android.sms_contacts": reads_sms and {"READ_CONTACTS", "RECEIVE_BOOT_COMPLETED"} <= asked,
        "android.sms_first": app.sms_priority >= SMS_FIRST,
        "android.notifications": NOTIFICATIONS in asked,
        "android.admin": ADMIN in asked,
        "android.calls": bool(asked & CALLS),
        "android.installer": "REQUEST_INSTALL_PACKAGES" in asked,
        "android.hidden": not app.has_launcher,
    }
    yield from (Indicator(key) for key, is_so in told.items() if is_so)


def _list_posing_signs(app: AppFacts) -> Iterator[Indicator]:
    authority = find_authority(app.label, package=app.package)
    brand = find_brand(app.label)
    if authority:
        yield Indicator("android.authority", {"name": authority})
    elif brand and not is_own_package(app.package, brand=brand):
        yield Indicator("android.brand", {"brand": brand.name_en, "package": app.package})


def _list_signing_signs(app: AppFacts) -> Iterator[Indicator]:
    if not app.schemes:
        yield Indicator("android.unsigned")
    elif app.schemes == ("v1",):
        yield Indicator("android.old_signature")
    if any("Android Debug" in each.get("subject", "") for each in app.signers):
        yield Indicator("android.debug_key")
    if 0 < app.target_sdk < SDK_ASKING:
        yield Indicator("android.old_target")


def _list_content_signs(app: AppFacts) -> Iterator[Indicator]:
    if app.addresses:
        yield Indicator("android.address", {"count": len(app.addresses)})
    if app.carried:
        yield Indicator("android.dropper", {"count": len(app.carried)})
    if app.malformed:
        yield Indicator("android.malformed")
    packers = {
        packer for part, packer in PACKERS.items() for name in app.libraries if part in name.lower()
    }
    if packers:
        yield Indicator("android.packer", {"name": ", ".join(sorted(packers))})
