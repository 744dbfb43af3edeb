"""Accounts of payment services: Alipay by number or address, merchants' numbers. Value: lower case.

Sources: Alipay's partner ids have sixteen digits and begin with 2088; WeChat Pay's merchants have
eight to ten digits (both from the services' documentation for merchants).
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.digits import keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_WALLET = r"支付宝|支付寶|支 ?付 ?宝|吱付宝|zfb|支付bao|alipay|收款宝|财付通|tenpay|微信支付(?=账|帐)|云闪付|翼支付"
_GAP = r"[ \t]{0,2}(?:账号|帐号|账户|帐户|号码|号|id|account|收款)?[ \t]{0,2}(?:是|为|is\b|转到|转至)?[ \t]{0,2}[:：=~—→-]{0,2}[ \t]{0,2}"
_PAYEE = re.compile(
    rf"(?:{_WALLET}){_GAP}(?P<value>[a-z0-9][a-z0-9._+-]{{1,60}}@[a-z0-9-]{{1,60}}(?:\.[a-z]{{2,10}}){{1,2}}(?![a-z0-9])"
    r"|(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])|2088[0-9]{12}(?![0-9]))",
    re.IGNORECASE,
)
_MERCHANT = re.compile(
    r"(?:商户(?:编?号|id|号码)|商家(?:编号|id)|特约商户|merchant ?(?:id|no\.?|number|code)|mch_?id|\bmid\b|pid)"
    r"[ \t]{0,2}(?:是|为|is\b)?[ \t]{0,2}[:：=#]?[ \t]{0,2}(?P<value>[0-9]{6,20})(?![0-9])",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"(?<![0-9a-z])2088[0-9]{12}(?![0-9a-z])", re.IGNORECASE)
GATE = (
    r"(?i)支 ?付 ?[宝寶]|吱付宝|zfb|支付bao|alipay|收款宝|财付通|tenpay|微信支付|云闪付|翼支付|商户|商家(?:编号|id)|"
    r"merchant|mch_?id|mid|pid|2088[0-9]{12}"
)
_MOBILE = re.compile(r"(?:86)?(1[3-9][0-9]{9})")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find accounts of payment services in a folded text."""
    for match in _PAYEE.finditer(folded.plain):
        yield folded.make("pay_account", _read(match["value"]), match.span("value"))
    for match in (*_MERCHANT.finditer(folded.plain),):
        yield folded.make("pay_account", match["value"], match.span("value"))
    for match in _PARTNER.finditer(folded.plain):
        yield folded.make("pay_account", match[0], match.span())


def _read(written: str) -> str:
    if "@" in written:
        return written.lower()
    digits = keep_digits(written)
    mobile = _MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits
