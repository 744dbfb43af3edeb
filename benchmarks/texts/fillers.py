"""Random identifiers as messages name them, a third of them disguised; none belongs to anybody.

Phones lie in the ranges of virtual operators, links in reserved names (RFC 2606).
"""

import random
import string

_WIDE = str.maketrans({str(each): chr(0xFF10 + each) for each in range(10)})
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
DISGUISED = 1 / 3


def fill(kind: str, draw: random.Random) -> str:
    """Write a random identifier of that kind, with the word that announces it."""
    return _FILLERS[kind](draw)


def _disguise(digits: str, draw: random.Random) -> str:
    if draw.random() >= DISGUISED:
        return digits
    way = draw.randrange(4)
    if way == 3:
        return " ".join((digits[:3], digits[3:7], digits[7:]))
    return digits.translate((_WIDE, _CHINESE, _CIRCLED)[way])


def _digits(count: int, draw: random.Random) -> str:
    return "".join(draw.choices(string.digits, k=count))


def _phone(draw: random.Random) -> str:
    return f"电话{_disguise(draw.choice(('170', '171', '162', '165')) + _digits(8, draw), draw)} "


def _url(draw: random.Random) -> str:
    name = "".join(draw.choices(string.ascii_lowercase, k=draw.randint(4, 9)))
    path = "".join(draw.choices(string.ascii_letters + string.digits, k=draw.randint(3, 8)))
    dot = draw.choice(("。", "[.]", chr(0xFF0E))) if draw.random() < DISGUISED else "."
    return f" http://{name}.example{dot}{draw.choice(('com', 'net', 'org'))}/{path} "


def _wechat(draw: random.Random) -> str:
    name = "".join(draw.choices(string.ascii_lowercase + string.digits, k=draw.randint(6, 12)))
    return f"{draw.choice(('微信', '微信号', '加微信', '薇信'))}：v{name} "


def _qq(draw: random.Random) -> str:
    return f"QQ：{draw.randint(1, 9)}{_disguise(_digits(draw.randint(6, 9), draw), draw)} "


def _card(draw: random.Random) -> str:
    body = "622700" + _digits(12, draw)
    return f"卡号{body}{_check(body)} "


def _check(body: str) -> int:
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(reversed(body))]
    return -sum(each - 9 if each > 9 else each for each in doubled) % 10


def _amount(draw: random.Random) -> str:
    return f"{draw.randint(1, 99) * 100}元"


_FILLERS = {
    "phone": _phone,
    "url": _url,
    "wechat": _wechat,
    "qq": _qq,
    "card": _card,
    "amount": _amount,
}
