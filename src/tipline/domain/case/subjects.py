"""What a case is about and what can be acted on: five kinds of things."""

from collections.abc import Mapping

from tipline.domain.words import gettext_noop

SUBJECTS: Mapping[str, str] = {
    "item": gettext_noop("item or page"),
    "account": gettext_noop("account"),
    "site": gettext_noop("website"),
    "app": gettext_noop("app"),
    "download": gettext_noop("download"),
}
