"""Reads identifiers out of a report's fields, where the reporter said what they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.triage.scan import scan
from tipline.domain.values import Identifier


class Named(Struct, frozen=True):
    """An identifier and the field that names it, as ``subjects[0].value``; places count there."""

    field: str
    identifier: Identifier


def find_named(details: Mapping[str, Any]) -> Iterator[Named]:
    """Find identifiers in the subjects and losses of a report's ``details``."""
    for number, subject in enumerate(list_objects(details.get("subjects"))):
        kind, value = read_text(subject.get("kind")), read_text(subject.get("value"))
        for found in read_value(kind, value):
            yield Named(f"subjects[{number}].value", found)
    for number, loss in enumerate(list_objects(details.get("losses"))):
        for end in ("from", "to"):
            for found in read_value("payment", read_text(loss.get(end))):
                yield Named(f"losses[{number}].{end}", found)


def read_value(kind: str, value: str) -> tuple[Identifier, ...]:
    """Find identifiers in a field's ``value``, read as the ``kind`` that the reporter gave it."""
    cue, kinds = CUES.get(kind.strip().lower(), ("", frozenset()))
    found = (_shift(each, len(cue)) for each in scan(cue + value)) if cue else ()
    named = tuple(each for each in found if each.kind in kinds and each.start >= 0)
    return named or scan(value)


def find_canonical(kind: str, value: str) -> str | None:
    """Write ``value`` as identifiers of this ``kind`` are compared; None where it is none."""
    found = (each.value for each in read_value(kind, value) if each.kind == kind)
    return next(found, None)


# What a reporter would have written before the value, and what may then stand there.
_PAID = frozenset({"bank_card", "pay_account", "crypto"})
CUES: Mapping[str, tuple[str, frozenset[str]]] = {
    "qq": ("QQ号:", frozenset({"qq"})),
    "qq_group": ("QQ群:", frozenset({"qq_group"})),
    "wechat": ("微信号:", frozenset({"wechat"})),
    "telegram": ("telegram: @", frozenset({"telegram"})),
    "whatsapp": ("WhatsApp: ", frozenset({"whatsapp"})),
    "payment": ("卡号:", _PAID),
    "bank_card": ("卡号:", _PAID),
    "bank_account": ("卡号:", _PAID),
    "payment_account": ("支付宝账号:", _PAID),
    "pay_account": ("支付宝账号:", _PAID),
    "alipay": ("支付宝账号:", _PAID),
    "id_card": ("身份证号:", frozenset({"id_card"})),
    "app_package": ("应用包名:", frozenset({"app_package"})),
    "package": ("应用包名:", frozenset({"app_package"})),
}


def _shift(found: Identifier, by: int) -> Identifier:
    # A place is counted in the value; what began in the cue was never the reporter's.
    start, end = max(found.start - by, 0), found.end - by
    return replace(found, start=start, end=end, surface=found.surface[-(end - start) :])


def list_objects(value: object) -> Iterator[Mapping[str, Any]]:
    """Objects of a list that came as JSON; whatever else stands there counts as not given."""
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def read_text(value: object) -> str:
    """Text that came as JSON; whatever else stands there counts as not given."""
    return value if isinstance(value, str) else ""
