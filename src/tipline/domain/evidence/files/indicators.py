"""The static signs of a trojan or a trap: one table, each sign with its weight and its reason.

No sign convicts alone. Their weights add up, each kind once; from ``SUSPICIOUS_FROM`` on a person
should look. Signs never make a file ``malicious``: only a signature or a rule that names it does.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tipline.domain.evidence.files.verdict import Indicator, Verdict, Word
from tipline.domain.words import gettext_noop as _

SUSPICIOUS_FROM = 5


class Sign(Struct, frozen=True):
    """How much a sign weighs, and what it says."""

    weight: int
    message: str


SIGNS: Mapping[str, Sign] = {
    # names
    "name.double": Sign(3, _("The name hides what the file is behind a second ending: %(ending)s.")),
    "name.reversed": Sign(4, _("The name holds signs that turn its letters around.")),
    "name.false": Sign(3, _("The name says %(claimed)s, the content is a program.")),
    # archives
    "archive.ratio": Sign(5, _("It unfolds to far more than it holds: an archive bomb.")),
    "archive.overlap": Sign(5, _("Its members share the same bytes: an archive bomb.")),
    "archive.bytes": Sign(2, _("It unfolds to more than is opened; the rest was not looked at.")),
    "archive.members": Sign(2, _("It holds more files than are opened; the rest was not looked at.")),
    "archive.depth": Sign(3, _("Archives lie in archives deeper than is opened.")),
    "archive.time": Sign(1, _("Opening it took too long; the rest was not looked at.")),
    "archive.traversal": Sign(4, _("A member's name leads out of the folder it is unpacked to.")),
    "archive.link": Sign(1, _("A member is a link.")),
    "archive.encrypted": Sign(1, _("It is locked with a password; what is inside was not looked at.")),
    "archive.broken": Sign(1, _("Its structure is damaged.")),
    "archive.unknown": Sign(0, _("It is packed in a way that is not opened here.")),
    "archive.program": Sign(0, _("It holds programs or scripts: %(count)s.")),
    # Android apps
    "android.sms_accessibility": Sign(
        4, _("It may read text messages, and operate the phone in place of its owner.")
    ),
    "android.overlay_accessibility": Sign(
        3, _("It may draw over other apps, and operate the phone in place of its owner.")
    ),
    "android.sms_contacts": Sign(2, _("It may read text messages and contacts, and starts by itself.")),
    "android.sms_first": Sign(2, _("It wants text messages before any other app gets them.")),
    "android.notifications": Sign(1, _("It may read the notifications of all apps.")),
    "android.admin": Sign(2, _("It wants to be device administrator, which makes it hard to remove.")),
    "android.calls": Sign(1, _("It may see or turn away telephone calls.")),
    "android.installer": Sign(1, _("It may install other apps.")),
    "android.dropper": Sign(3, _("It carries another app inside: %(count)s.")),
    "android.hidden": Sign(2, _("It shows no icon to start it by.")),
    "android.brand": Sign(3, _("It calls itself %(brand)s, but its package is %(package)s.")),
    "android.authority": Sign(4, _("It poses as an authority: %(name)s.")),
    "android.unsigned": Sign(2, _("It is not signed.")),
    "android.debug_key": Sign(2, _("It is signed with a developer's test key.")),
    "android.old_signature": Sign(1, _("It is signed in the oldest way only, which can be tampered with.")),
    "android.old_target": Sign(
        2, _("It is built for Android before version 6, where it gets all permissions at once.")
    ),
    "android.address": Sign(1, _("It speaks to bare network addresses: %(count)s.")),
    "android.packer": Sign(1, _("Its code is packed by a known packer: %(name)s.")),
    "android.malformed": Sign(2, _("Its structure is malformed, as is done against analysis.")),
    # Windows programs
    "windows.unsigned": Sign(1, _("It is not signed.")),
    "windows.bad_signature": Sign(3, _("Its signature does not fit its content.")),
    "windows.packed": Sign(1, _("Its code is packed or encrypted: section %(section)s.")),
    "windows.writable_code": Sign(1, _("Code may be changed while it runs: section %(section)s.")),
    "windows.entry": Sign(2, _("It starts outside of its code.")),
    "windows.sections": Sign(1, _("Its sections have unusual names: %(names)s.")),
    "windows.injection": Sign(3, _("It uses functions that plant code in other programs: %(count)s.")),
    "windows.keys": Sign(2, _("It uses functions that record keys and screen: %(count)s.")),
    "windows.fetch_run": Sign(3, _("It uses functions that fetch a file and run it.")),
    "windows.hides": Sign(1, _("It uses functions that notice being watched.")),
    "windows.carries": Sign(2, _("Another program is attached behind its end.")),
    "windows.brand": Sign(3, _("It names %(brand)s as its maker and is not signed.")),
    "windows.malformed": Sign(1, _("Its structure is malformed.")),
}  # fmt: skip


def weigh(indicators: Iterable[Indicator]) -> int:
    """Add up the weights of all kinds of signs that are there, each kind once."""
    return sum(SIGNS[key].weight for key in {each.key for each in indicators})


def judge_signs(indicators: Iterable[Indicator]) -> Verdict:
    """Turn the signs of one file into a verdict."""
    weight = weigh(indicators)
    word: Word = "suspicious" if weight >= SUSPICIOUS_FROM else "clean"
    return Verdict("signs", word, f"weight {weight}, suspicious from {SUSPICIOUS_FROM}")
