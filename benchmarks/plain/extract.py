"""Identifiers and amounts as one would find them with ``re`` alone: a pattern a kind, then checks.

Seventeen kinds and amounts; full-width, circled and Chinese digits, spaced digits, disguised dots and cue
words are read. Nothing of Tipline is used.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterator

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_CHINESE = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两", "0012345678912345678912", strict=True)
)
_CHINESE_RUN = re.compile(f"[{''.join(_CHINESE)}0-9]{{6,}}")
_DOTS = re.compile(
    r"\s?(?:\[\.\]|\(dot\)|\[dot\]|【\.】|点(?=(?:com|cn|net|org|top|xyz|vip|cc|info)\b)|。(?=[a-z]{2,6}\b))\s?",
    re.I,
)
_SCHEME = re.compile(r"h(?:xx|\*\*)p(s?)://", re.I)
_TLDS = frozenset(
    "com net org cn top xyz vip cc info me io co tv club shop site online live fun win bid app ru tk ml ga cf gq work link wang ren biz us uk de fr jp kr hk tw edu gov int example test".split()
)
_HOST = (
    r"(?:[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?\.)+[a-z]{2,18}"
)
_PATTERNS = {
    "url": re.compile(rf"\bhttps?://[^\s，。；、）】》”\"'<>]+|(?<![\w@.])(?:[a-z0-9-]{{1,63}}\.)+[a-z]{{2,18}}/[\w./?=&%#~+:-]*", re.I),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,18}", re.I | re.A),
    "domain": re.compile(r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18}(?![\w@/-])", re.I | re.A),
    "ipv4": re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    "ipv6": re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I),
    "mobile": re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9](?:[ -.]?\d){9}(?!\d)"),
    "landline": re.compile(r"(?<!\d)(?:\(?0\d{2,3}\)?[- ]?)\d{7,8}(?!\d)"),
    "service": re.compile(r"(?<!\d)(?:400|800)[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)"),
    "abroad": re.compile(r"\+(?!86)[1-9](?:[ -]?\d){7,13}(?!\d)"),
    "shortcode": re.compile(r"(?<!\d)(?:1[01]\d{1,3}|9[56]\d{3,4}|12\d{3})(?!\d)"),
    "bank_card": re.compile(r"(?<!\d)[3-9](?:[ -]?\d){14,18}(?!\d)"),
    "id_card": re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)"),
    "wechat": re.compile(r"(?:微\s?信|薇信|威信|威芯|微❤|v信|weixin|wechat|vx|wx|加\s?[vV薇微])\s?号?\s?[：:是]?\s?([a-z][\w-]{5,19})", re.I | re.A),
    "qq": re.compile(r"(?:qq|扣扣|企鹅|q\s?q)\s?(?:群|号)?\s?[：:]?\s?([1-9](?:\s?\d){4,11})", re.I),
    "telegram": re.compile(r"(?:t\.me/|telegram\s?[：:]?\s?@?|电报\s?[：:]?\s?@?|飞机\s?[：:]?\s?@)([a-z]\w{4,31})", re.I | re.A),
    "crypto": re.compile(r"\b(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})\b", re.I),
    "hash": re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b", re.I),
    "app_package": re.compile(r"\b(?:com|cn|org|net)(?:\.[a-z]\w*){2,5}\b", re.I | re.A),
    "icp_licence": re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP[备证]\s?\d{5,8}号(?:-\d+)?"),
    "amount_cny": re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(万|千|亿)?\s?余?多?(?:元|块钱|块|圆|rmb)|([一二三四五六七八九十百千万亿两]+)余?多?(?:元|块钱|块)", re.I),
}  # fmt: skip


def normalise(text: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _SCHEME.sub(r"http\1://", _DOTS.sub(".", text))
    return _CHINESE_RUN.sub(_read_run, text)


def _read_run(match: re.Match[str]) -> str:
    return "".join(_CHINESE.get(each, each) for each in match[0])


def extract(text: str) -> list[tuple[str, str]]:
    """Give (kind, value) of all that is found."""
    plain = normalise(text)
    found, taken = [], set()
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(plain):
            span = range(*match.span())
            if taken.isdisjoint(span):
                value = _CHECKS.get(kind, _keep)(match[match.lastindex or 0] or match[0])
                if value:
                    found.append((kind, value))
                    taken.update(span)
    return found


def _keep(value: str) -> str:
    return value


def _digits(value: str) -> str:
    return "".join(filter(str.isdigit, value))


def _luhn(value: str) -> str:
    digits = _digits(value)
    total = 0
    for place, each in enumerate(reversed(digits)):
        number = int(each) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return digits if total % 10 == 0 else ""


def _id_card(value: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(each) * weight for each, weight in zip(value[:17], weights, strict=True))
    return value.upper() if "10X98765432"[total % 11] == value[17].upper() else ""


def _domain(value: str) -> str:
    return value.lower() if value.rpartition(".")[2].lower() in _TLDS else ""


def _ip(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return ""


def _phone(value: str) -> str:
    digits = _digits(value)
    return f"+86{digits.removeprefix('86')}"


_CHECKS: dict[str, Callable[[str], str]] = {
    "bank_card": _luhn,
    "id_card": _id_card,
    "domain": _domain,
    "ipv4": _ip,
    "ipv6": _ip,
    "mobile": _phone,
    "landline": _phone,
    "qq": _digits,
    "wechat": str.lower,
    "url": str.lower,
}


def list_all(texts: list[str]) -> Iterator[list[tuple[str, str]]]:
    return map(extract, texts)
