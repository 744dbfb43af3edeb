"""What the page's forms ask for, and where they send it."""

import re
from collections.abc import Iterator

from tipline.domain.evidence.content.claims import Claims, read_site
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen
from tipline.domain.evidence.content.tree import Element

# What is asked | autocomplete | how the field, its label or its placeholder reads
_ASKED: tuple[tuple[str, frozenset[str], str], ...] = (
    ("form.cvv", frozenset({"cc-csc"}), r"cvv|cvc2?\b|csc\b|安全码|卡背.{0,4}三位|后三位|security code"),
    ("form.card", frozenset({"cc-number"}), r"card.?(?:no|num)|cc.?num|pan\b|银行卡号|信用卡号|储蓄卡号|卡号|bank card"),
    ("form.pin", frozenset(), r"取款密码|支付密码|交易密码|卡密码|\bpin\b|atm.?pin|pay.?pass"),
    ("form.code", frozenset({"one-time-code"}), r"otp|one.?time|短信验证码|手机验证码|动态(?:口令|密码|码)|sms.?code|verification code|验证码"),
    ("form.id_card", frozenset(), r"身份证|证件号|id.?card|idno|id.?num|national id|passport (?:no|number)|\bssn\b"),
)  # fmt: skip
_PATTERNS = [(key, auto, re.compile(told, re.IGNORECASE)) for key, auto, told in _ASKED]
_CAPTCHA = re.compile(r"captcha|图形|图片|算术|看不清|vcode|yzm.?img", re.IGNORECASE)
_FIELDS = ("input", "select", "textarea")
_NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset", "checkbox", "radio"})
_TOLD = ("name", "id", "placeholder", "aria-label", "title")


def look(seen: Seen, _claims: Claims) -> Iterator[PageSignal]:
    """Look at every field and every form."""
    labels = _read_labels(seen)
    asked: dict[str, PageSignal] = {}
    for field in seen.tree.list_tags(*_FIELDS):
        key = _find_asked(field, _tell(seen, field, labels))
        if key and key not in asked:
            asked[key] = PageSignal(key=key, place=seen.place(field))
    yield from asked.values()
    if ({"form.card", "form.cvv"} <= asked.keys() and len(asked) > 2) or len(asked) > 3:
        first = next(iter(asked.values()))
        yield PageSignal(key="form.secrets", params={"count": len(asked)}, place=first.place)
    for form in seen.tree.list_tags("form"):
        if any(_is_typed(each) for each in seen.tree.list_tags(*_FIELDS, within=form)):
            yield from _look_at_target(seen, form)


def _is_typed(field: Element) -> bool:
    return field.attributes.get("type", "text").lower() not in _NOT_TYPED


def _find_asked(field: Element, told: str) -> str:
    if not _is_typed(field):
        return ""
    auto = set(field.attributes.get("autocomplete", "").lower().split())
    for key, names, pattern in _PATTERNS:
        if auto & names or pattern.search(told):
            is_riddle = key == "form.code" and not auto and bool(_CAPTCHA.search(told))
            return "" if is_riddle else key
    if field.attributes.get("type", "").lower() == "password":
        return "form.password"
    return ""


def _read_labels(seen: Seen) -> dict[str, str]:
    return {
        each.attributes.get("for", ""): seen.tree.read(each)
        for each in seen.tree.list_tags("label")
    }


def _tell(seen: Seen, field: Element, labels: dict[str, str]) -> str:
    told = [field.attributes.get(each, "") for each in _TOLD]
    told.append(labels.get(field.attributes.get("id", "") or "-", ""))
    around = seen.tree.elements[field.parent] if field.parent >= 0 else field
    if around.tag in {"label", "td", "p", "div", "li"} and around.end - around.start < 60:
        told.append(seen.tree.read(around))
    return " ".join(told)


def _look_at_target(seen: Seen, form: Element) -> Iterator[PageSignal]:
    action = form.attributes.get("action", "")
    target, place = seen.follow(action), seen.place(form)
    if target.startswith("mailto:"):
        yield PageSignal(key="form.mail", place=place)
        return
    there, here = read_site(target), read_site(seen.url)
    if target.startswith(("http://", "https://")) and there and there != here:
        yield PageSignal(key="form.target", params={"site": there}, place=place)
    if seen.url.startswith("https://") and target.startswith("http://"):
        yield PageSignal(key="form.plain", place=place)
