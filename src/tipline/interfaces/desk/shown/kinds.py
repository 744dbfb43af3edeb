"""Words for what stands in a report: kinds of identifiers, how they hide, why they accuse nobody."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy as _

IDENTIFIERS = {
    "url": _("link"),
    "domain": _("domain"),
    "ip": _("IP address"),
    "ipv4": _("IP address"),
    "ipv6": _("IP address (version 6)"),
    "phone": _("phone number"),
    "shortcode": _("short number"),
    "bank_card": _("bank card"),
    "pay_account": _("payment account"),
    "crypto": _("wallet"),
    "id_card": _("identity card"),
    "email": _("e-mail address"),
    "wechat": _("WeChat"),
    "qq": "QQ",
    "qq_group": _("QQ group"),
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "app_package": _("app package"),
    "app_name": _("app name"),
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "icp_licence": _("licence number of a site"),
    "mixed": _("several kinds"),
    "order": _("order number"),
    "courier": _("parcel number"),
    "amount": _("sum of money"),
}
HIDINGS = {
    "fullwidth": _("in full-width characters"),
    "circled": _("in circled digits or letters"),
    "mathematical": _("in mathematical letters"),
    "raised": _("in raised or lowered digits"),
    "keycap": _("in keycap pictures"),
    "chinese_digits": _("in Chinese digits"),
    "other_digits": _("in digits of another script"),
    "spaced": _("with spaces between"),
    "punctuated": _("with marks between"),
    "split_lines": _("split over lines"),
    "zero_width": _("with characters that cannot be seen"),
    "bidi": _("with characters that turn the line around"),
    "lookalike": _("with look-alike letters"),
    "overlaid": _("with marks upon the letters"),
    "word_dot": _("with a word for the dot"),
    "bracketed_dot": _("with the dot in brackets"),
    "bracketed_slash": _("with the slash in brackets"),
    "word_at": _("with a word for the at sign"),
    "hxxp": _("with a broken scheme"),
    "cue_disguised": _("with the name of the platform disguised"),
    "punycode": _("in coded letters of another script"),
    "userinfo": _("with another host before the at sign"),
}
INNOCENT = {
    "hotline": _("official hotline"),
    "official": _("an authority’s own"),
    "bank": _("a bank’s own"),
    "carrier": _("a carrier’s own"),
    "platform": _("a platform’s own"),
    "service": _("a well-known service"),
    "example": _("an example that belongs to nobody"),
    "reserved": _("reserved address that belongs to nobody"),
}
VERDICTS = {
    "accept": _("accepted"),
    "accepted": _("accepted"),
    "correct": _("corrected"),
    "replaced": _("replaced"),
    "added": _("added"),
    "dismiss": _("dismissed"),
    "dismissed": _("dismissed"),
}
CORRECTABLE = [(kind, name) for kind, name in IDENTIFIERS.items() if kind not in {"ip", "amount"}]


def name_hiding(ways: Iterable[str]) -> str:
    """Say how an identifier was hidden: "written in circled digits, with spaces between"."""
    told = gettext(", ").join(str(HIDINGS.get(way, way)) for way in ways)
    return gettext("written %(ways)s") % {"ways": told} if told else ""


def name_innocent(why: str) -> str:
    """Say why an identifier accuses nobody."""
    return str(INNOCENT.get(why, why))
