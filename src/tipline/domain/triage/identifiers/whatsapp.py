"""WhatsApp numbers, as links or after a word that names the service. Value: E.164."""

import re
from collections.abc import Iterator

import phonenumbers

from tipline.domain.triage.reading.digits import keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_CUE = r"whats ?app|whatapp|(?<![a-z])what'?s ?app|(?<![a-z])wa(?=[ \t]?[:：])|(?<![a-z])ws(?=[ \t]?[:：]|号)|瓦次艾普|瓦茨"
_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|whatsapp://send/?\?phone=)\+?(?P<value>[0-9]{7,15})"
    r"(?:[?&][!-~]{0,400})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?:{_CUE})[ \t]{{0,3}}(?:号码?|账号|帐号|number|no\.?|contact|me|us|on|at|him|her)?[ \t]{{0,2}}(?:是|为|is\b|on|at)?[ \t]{{0,2}}[:：=~—→👉(（-]{{0,3}}[ \t]{{0,3}}"
    r"(?P<value>(?:\+|00)?[0-9][0-9 ().-]{5,20}[0-9])(?![0-9])",
    re.IGNORECASE,
)
GATE = r"(?i)wa\.me/|whats? ?app|what's ?app|瓦次|瓦茨|w[as] ?(?:[:：]|号)"
_MOBILE = re.compile(r"(?:86)?(1[3-9][0-9]{9})")
_E164 = phonenumbers.PhoneNumberFormat.E164


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find WhatsApp numbers in a folded text."""
    for match in _LINK.finditer(folded.plain):
        yield folded.make("whatsapp", f"+{match['value']}", match.span())
    for match in _NUMBER.finditer(folded.plain):
        value = _read(match["value"])
        if value:
            yield folded.make("whatsapp", value, match.span("value"))


def _read(written: str) -> str | None:
    digits = keep_digits(written)
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return f"+86{mobile[1]}"
    dialled = digits.removeprefix("00") if written.startswith("00") else digits
    try:
        number = phonenumbers.parse(f"+{dialled}")
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, _E164)
        if phonenumbers.is_possible_number(number)
        else None
    )
