"""Numbers of orders, bills, tickets and the like, so that they are taken for nothing else. Value: upper case."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.gates import loosen
from tipline.domain.values import Identifier

_CHINESE = (
    r"(?:订|工|保|受理|流水|发票|凭证|交易|报案|受案|案件|立案|合同|批|会员|客户|学|工|设备|产品|序列|票|车|档案|参考|取件|验证|编|单据|税|信用代|"
    r"社会信用代|执照|识别|追踪|条|机器|型|房|期|登记|备案|许可证|文件|标准|设备|物料|货|款|商品|房屋|不动产权证|通知书|决定书)(?:编?号|单号|码|号码)|订单|单号|编号|流水|发票号|凭证号|回执"
)
_ENGLISH = (
    r"(?<![a-z])(?:order|invoice|ticket|booking|reference|ref|serial|s/n|sn|case|claim|transaction|txn|receipt|confirmation|"
    r"policy|po|sku|isbn|imei|iccid|vin|docket|crime ref|account ref|customer|member|tracking|reservation|pnr)"
    r"(?![a-z])(?: ?(?:number|num|no|id|code|ref|#)(?![a-z]))?(?=[^a-z0-9]|[0-9])"
)
_GAP = r"[ \t]{0,2}(?:号码?|number|no|id|是|为|is|was)?[ \t]{0,2}[.:：=#（(\[-]{0,3}[ \t]{0,2}"
_NUMBER = re.compile(
    rf"(?:{_CHINESE}|{_ENGLISH}){_GAP}(?P<value>(?=[a-z-]{{0,12}}[0-9])[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){{3,39}})(?![a-z0-9@]|\.[a-z])",
    re.IGNORECASE,
)
_DIGITS_MIN = 4
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SAID = re.compile(r"[号码:：#]|no|id|number", re.IGNORECASE)
_TRANSACTION = re.compile(
    r"(?<![0-9a-z])(?:4200[0-9]{24}|20[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{16,24})(?![0-9a-z])"
)
GATE = (
    rf"(?i)(?:{loosen(_CHINESE)}|(?:^|[^a-z]){loosen(_ENGLISH)}){_GAP}[a-z-]{{0,12}}[0-9]"
    r"|[0-9]{24}"
)


def _is_order(match: Match[str]) -> bool:
    # After a bare word, as in "银行流水 13800138000", a mobile number is one.
    value, cue = match["value"], match[0][: -len(match["value"])]
    if _MOBILE.fullmatch(value) and not _SAID.search(cue):
        return False
    return sum(map(str.isdigit, value)) >= _DIGITS_MIN


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find numbers of orders and the like in a folded text."""
    for match in _NUMBER.finditer(folded.plain):
        if _is_order(match):
            yield folded.make("order", match["value"].upper(), match.span("value"))
    for match in _TRANSACTION.finditer(folded.plain):
        yield folded.make("order", match[0], match.span())
