"""How currencies are written, after and before a number.

A code is the one of ISO 4217, or the usual one of a coin (USDT, BTC, ETH). A bare ¥ is taken for
yuan, a bare $ for US dollars. Letters count in any case and width.
"""

import re
from collections.abc import Iterable

# Code | words after a number | signs and words before one; _ stands for a space.
_TABLE = """
CNY | 元人民币 元 块人民币 块钱 块 圆 人民币 软妹币 rmb cny yuan ¥ ￥ | ¥ ￥ 人民币 rmb cny
USD | 美元 美金 美刀 刀 usd us_dollars us_dollar dollars dollar bucks | us$ usd$ $ ＄ usd 美元 美金
HKD | 港币 港元 港纸 hkd hk_dollars | hk$ hkd 港币
TWD | 新台币 台币 ntd twd | nt$ ntd twd
EUR | 欧元 euros euro eur € | € eur
GBP | 英镑 pounds_sterling quid gbp £ | £ ￡ gbp
JPY | 日元 日币 jpy yen | jpy
KRW | 韩元 韩币 krw | ₩ krw
THB | 泰铢 baht thb | ฿ thb
SGD | 新加坡元 新币 sgd | s$ sgd
USDT | usdt 泰达币 泰达 u | usdt
BTC | 个比特币 枚比特币 比特币 btc bitcoins bitcoin | btc
ETH | 个以太坊 枚以太坊 以太坊 eth | eth
"""  # noqa: RUF001 - as sent
_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_WIDE = {code: code + 0xFEE0 for code in range(ord("a"), ord("z") + 1)}
# 元 and U begin other words: 元旦, 元宝, U盘.
_SIGNS = dict.fromkeys("¥￥€£", "(?![ \u3000]?[0-9０-９])")  # noqa: RUF001 - as sent
_NOT = _SIGNS | {"元": "(?![旦月宝素气老首宵凶户件芳勋帅])", "u": "(?!盘|型|形)"}


def _read_side(column: int) -> dict[str, str]:
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return {word.replace("_", " "): row[0].strip() for row in rows for word in row[column].split()}


def _join(words: Iterable[str]) -> str:
    # Longest first; a word of letters ends where its letters end.
    return "|".join(_spell(word) for word in sorted(words, key=len, reverse=True))


def _spell(word: str) -> str:
    if not (word.isascii() and word[-1].isalpha()):
        return re.escape(word) + _NOT.get(word, "")
    wide = word.translate(_WIDE)
    return f"(?:{re.escape(word)}|{wide})(?![A-Za-z]){_NOT.get(word, '')}"


_AFTER, _BEFORE = _read_side(1), _read_side(2)
AFTER = _join(_AFTER)
BEFORE = "|".join(
    ("(?<![A-Za-z])" if each[0].isascii() and each[0].isalpha() else "") + re.escape(each)
    for word in sorted(_BEFORE, key=len, reverse=True)
    for each in dict.fromkeys((word, word.translate(_WIDE)))
)
# Those that stand after a number in English words.
LATIN = "yuan|rmb|cny|us dollars|dollars|dollar|usd|euros|pounds sterling|usdt"
# The same without looking around, so that other engines read them too.
AFTER_WORDS = "|".join(
    re.escape(each) for word in _AFTER for each in dict.fromkeys((word, word.translate(_WIDE)))
)
BEFORE_WORDS = "|".join(
    re.escape(each) for word in _BEFORE for each in dict.fromkeys((word, word.translate(_WIDE)))
)
# Characters with which a currency begins after a number, and ends before one.
FIRSTS = "".join(sorted({each for word in _AFTER for each in (word[0], word[0].translate(_WIDE))}))
LASTS = "".join(
    sorted({each for word in _BEFORE for each in (word[-1], word[-1].translate(_WIDE))})
)


def name_currency(written: str) -> str:
    """Code of a currency as it was written before or after a number; empty where none was.

    Raises:
        KeyError: nobody writes a currency like that.

    """
    if written in _AFTER:
        return _AFTER[written]
    word = " ".join(written.translate(_NARROW).lower().split())
    return (_AFTER.get(word) or _BEFORE[word]) if word else ""
