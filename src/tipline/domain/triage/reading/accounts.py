"""What the names of accounts have in common: the gap after the word that names them, their letters."""

import re

# Between the word that names an account and the account: at most a few marks and words.
GAP = (
    r"[ \t]{0,3}(?:公众号|订阅号|小号|大号|号码|账号|帐号|账户|号|id\b|number\b|no\b|account\b|handle\b|name\b)?"
    r"[ \t]{0,2}(?:是|为|is\b|加|搜索|搜|联系|添加|同号)?[ \t]{0,2}(?:\r?\n)?"
    r"[:：=~—\-→➡👉☞☛☚★☆●◆►>》.,，【\[(（“\"'「』《*#]{0,3}[ \t]{0,3}"
)
SPELT = r"(?:[a-z0-9_] ){5,19}[a-z0-9_]"  # a  b  c  1  2  3
_LOOKALIKES = str.maketrans("аесорхувкмнтіѕјԁɡԛԝ", "aecopxybkmhtisjdgqw")  # noqa: RUF001 - Cyrillic
_ORDINARY = frozenset(
    "wechat weixin android iphone windows telegram whatsapp alipay taobao facebook twitter google "
    "instagram https official account accounts number contact message messages please support "
    "payment transfer friend friends group groups service customer moments mini program programs "
    "scammer scammed person member members public login phone mobile video voice article articles "
    "through asking someone called before because account: sent received version update download "
    "channel bot link invite join user username admin chat chats web desktop or and".split()
)


def join_letters(written: str) -> str:
    """Give an account's name in lower case, spelt letters joined and look-alike ones mended."""
    return written.replace(" ", "").lower().translate(_LOOKALIKES)


def is_ordinary_word(value: str) -> bool:
    """Tell whether a name is rather a word that follows the name of a service in prose."""
    return value in _ORDINARY
