"""What a report can be about: six kinds that a person chooses from, and the finer names for them."""

from collections.abc import Mapping

from tipline.domain.words import gettext_noop

KINDS: Mapping[str, str] = {
    "link": gettext_noop("website or link"),
    "phone": gettext_noop("phone number"),
    "account": gettext_noop("account on a platform"),
    "app": gettext_noop("app or download"),
    "payment": gettext_noop("account that money went to"),
    "other": gettext_noop("something else"),
}

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "link": ("url", "domain", "site", "website", "ip"),
    "phone": ("shortcode", "sms", "mobile", "landline"),
    "account": ("wechat", "qq", "telegram", "email", "whatsapp", "weibo", "douyin", "line"),
    "app": ("download", "file", "package", "apk"),
    "payment": ("bank_card", "bank_account", "payment_account", "wallet", "alipay", "iban"),
    "other": ("item",),
}

KIND_OF: Mapping[str, str] = {
    **{kind: kind for kind in KINDS},
    **{alias: kind for kind, aliases in _ALIASES.items() for alias in aliases},
}

CAME_BY: Mapping[str, str] = {
    "sms": gettext_noop("text message"),
    "call": gettext_noop("phone call"),
    "chat": gettext_noop("chat or group"),
    "social": gettext_noop("social network or short video"),
    "search": gettext_noop("search result"),
    "ad": gettext_noop("advertisement"),
    "site": gettext_noop("website or forum"),
    "app": gettext_noop("app or download"),
    "email": gettext_noop("e-mail"),
    "shop": gettext_noop("online shop"),
    "person": gettext_noop("someone I know"),
    "other": gettext_noop("another way"),
}


def find_kind(name: str) -> str | None:
    """Kind that a partner's ``name`` for a subject belongs to; None for an unknown name."""
    return KIND_OF.get(name.strip().lower())
