"""An app's manifest: what it asks for, what its services are bound by, how it is started."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from apkInspector.axml import get_manifest

ANDROID = "{http://schemas.android.com/apk/res/android}"
PERMISSION = "android.permission."
LAUNCHERS = {"android.intent.category.LAUNCHER", "android.intent.category.LEANBACK_LAUNCHER"}
SMS_RECEIVED = "android.provider.Telephony.SMS_RECEIVED"
COMPONENTS = ("activity", "activity-alias", "service", "receiver", "provider")
TEXT_MAX = 200


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a manifest declares; the label may be a reference (``@7f0b001d``) into the resources."""

    package: str
    label: str
    version: str
    min_sdk: int
    target_sdk: int
    permissions: tuple[str, ...]
    sms_priority: int
    has_launcher: bool


def read_manifest(raw: bytes) -> Manifest:
    """Read a binary manifest.

    Raises:
        Exception: it cannot be read; apkInspector raises whatever its bytes lead to.

    """
    root = ElementTree.fromstring(get_manifest(io.BytesIO(raw)))  # noqa: S314 - see above
    sdk, application = root.find("uses-sdk"), root.find("application")
    return Manifest(
        package=root.get("package", "")[:TEXT_MAX],
        label=_get(application, "label"),
        version=_get(root, "versionName"),
        min_sdk=_number(_get(sdk, "minSdkVersion")),
        target_sdk=_number(_get(sdk, "targetSdkVersion")),
        permissions=tuple(sorted(set(_list_permissions(root)))),
        sms_priority=max(_list_sms_priorities(root), default=0),
        has_launcher=any(_get(each, "name") in LAUNCHERS for each in root.iter("category")),
    )


def _get(element: ElementTree.Element | None, name: str) -> str:
    return "" if element is None else element.get(ANDROID + name, "")[:TEXT_MAX]


def _number(text: str) -> int:
    try:
        return max(int(text, 0), 0)
    except ValueError:
        return 0


def _list_permissions(root: ElementTree.Element) -> Iterator[str]:
    for kind in ("uses-permission", "uses-permission-sdk-23"):
        for each in root.iter(kind):
            yield _get(each, "name").removeprefix(PERMISSION)
    for kind in COMPONENTS:
        for each in root.iter(kind):
            bound = _get(each, "permission")
            if bound.startswith(PERMISSION):
                yield bound.removeprefix(PERMISSION)


def _list_sms_priorities(root: ElementTree.Element) -> Iterator[int]:
    for each in root.iter("intent-filter"):
        if any(_get(action, "name") == SMS_RECEIVED for action in each.iter("action")):
            yield _number(_get(each, "priority"))
