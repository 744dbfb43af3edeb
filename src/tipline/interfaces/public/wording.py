"""Words that several public pages share, and how the domain's messages become sentences."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from tipline.domain.words import Param

HTML_LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
LANGUAGE_NAMES = {"en": "English", "zh-hans": "简体中文"}

FILE_REFUSALS = {
    "too_many": _("“%(name)s” was not taken: %(count)s files are possible."),
    "too_large": _("“%(name)s” was not taken: a file may have at most %(size)s."),
    "empty": _("“%(name)s” was not taken: it is empty."),
    "no_room": _("“%(name)s” was not taken: storage is full at this moment."),
}
KEPT_LOST = _("The files that you attached before could not be kept. Please attach them again.")
BUSY = _("We could not take this right now; nothing was lost. Please send it again in a moment.")
ORDER_UNKNOWN = _("No order has this code. Compare it with the order that you received.")
CODE_UNKNOWN = _("No report has this code. Compare it with your receipt.")


def word(message: str, params: Mapping[str, Param]) -> str:
    """Translate a domain message into the language of the page and fill it in."""
    return gettext(message) % params


def word_day(moment: datetime) -> str:
    """Write the day of ``moment``, where the hotline is, the way the language of the page does."""
    return date_format(localtime(moment), "DATE_FORMAT")


def word_at(at: str) -> str:
    """Write the day of an ISO 8601 time; "" for none."""
    return word_day(datetime.fromisoformat(at)) if at else ""


def word_size(count: int) -> str:
    """Write a number of bytes as people read it."""
    for unit, name in ((1_000_000, _("%(number)s MB")), (1_000, _("%(number)s kB"))):
        if count >= unit:
            return name % {"number": number_format(round(count / unit, 1)).removesuffix(".0")}
    return ngettext("%(number)s byte", "%(number)s bytes", count) % {"number": count}
