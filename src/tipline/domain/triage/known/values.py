"""Values in the one form by which a list knows them; nothing where one is not of its kind."""

import re

_NOT_DIGITS = re.compile(r"\D+", re.ASCII)
_GAPS = re.compile(r"[\s().\-–—]+")
_PHONE = re.compile(r"\+?\d{5,17}\Z", re.ASCII)
# What a number looks like -> what goes before it, and how many of its characters go.
_FORMS = (
    (re.compile(r"00"), "+", 2),
    (re.compile(r"\+"), "", 0),
    (re.compile(r"1[3-9]\d{9}\Z", re.ASCII), "+86", 0),
    (re.compile(r"0\d{9,11}\Z", re.ASCII), "+86", 1),
    (re.compile(r"86(?:1[3-9]\d{9}|[1-9]\d{8,10})\Z", re.ASCII), "+", 0),
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\Z")
_HASH = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\Z")
_BECH32 = re.compile(r"[a-z]{2,10}1[02-9ac-hj-np-z]{11,87}\Z", re.IGNORECASE)


def read_phone(written: str) -> str:
    """Give a number in E.164 (+8613900000000); short and service numbers keep their digits."""
    plain = _GAPS.sub("", written)
    if not _PHONE.match(plain):
        return ""
    for form, head, cut in _FORMS:
        if form.match(plain):
            return f"{head}{plain[cut:]}"
    return plain


def read_digits(written: str) -> str:
    """Give a number of 5 to 20 digits."""
    digits = _NOT_DIGITS.sub("", written)
    return digits if 5 <= len(digits) <= 20 else ""


def read_card(written: str) -> str:
    """Give a card's 12 to 19 digits."""
    digits = _NOT_DIGITS.sub("", written)
    return digits if 12 <= len(digits) <= 19 else ""


def read_name(written: str) -> str:
    """Give an account's name in lower case without the mark before it."""
    return written.strip().lstrip("@").lower()


def read_plain(written: str) -> str:
    """Give what is written, without spaces around it."""
    return written.strip()


def read_email(written: str) -> str:
    """Give an e-mail address in lower case."""
    plain = written.strip().lower()
    return plain if _EMAIL.match(plain) else ""


def read_wallet(written: str) -> str:
    """Give a wallet's address; in lower case where its letters' case means nothing."""
    plain = written.strip()
    return plain.lower() if plain[:2].lower() == "0x" or _BECH32.match(plain) else plain


def read_hash(written: str) -> str:
    """Give a hash in lower case."""
    plain = written.strip().lower()
    return plain if _HASH.match(plain) else ""
