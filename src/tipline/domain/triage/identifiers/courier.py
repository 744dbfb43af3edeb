"""Numbers of parcels, so that they are taken for nothing else. Value: upper case.

Sources: the forms that the carriers' own tracking pages accept; UPU S10 for international post.
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.gates import loosen
from tipline.domain.values import Identifier

_NAMES = r"顺丰|圆通|中通|申通|韵达|极兔|邮政|京东|百世|德邦|天天|菜鸟|ems|(?<![a-z])(?:ups|fedex|dhl|usps|royal mail|tnt|yodel|evri|hermes)"
_NUMBER = re.compile(
    rf"(?:(?:{_NAMES})(?:快递|速递|速运|快运|物流|包裹|express)?|快递|运单|物流|包裹|parcel|package|shipment|waybill|tracking)"
    r"[ \t]{0,2}(?:的)?(?:运?单号?|单号|编号|号码?|(?:tracking )?(?:number|no|code|id|#))?[ \t]{0,2}(?:是|为|is\b)?[ \t]{0,2}[.:：=#]{0,2}[ \t]{0,2}"
    r"(?P<value>[a-z]{0,4}[0-9]{8,22}[a-z]{0,2})(?![a-z0-9])",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?<![0-9a-z])(?:SF[0-9]{12,15}|YT[0-9]{13,15}|JD[A-Z0-9]{11,15}|JT[0-9]{13,15}|ZTO?[0-9]{12,15}|STO?[0-9]{12,15}|YD[0-9]{13,15}|"
    r"DPK[0-9]{9,13}|1Z[0-9A-Z]{16}|[A-Z]{2}[0-9]{9}[A-Z]{2}|7[35789][0-9]{12}|(?:9[0-9]{3} ?){5}[0-9]{2})(?![0-9a-z])",
    re.IGNORECASE,
)
GATE = rf"(?i){loosen(_NUMBER.pattern)}|{loosen(_KNOWN.pattern)}"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find numbers of parcels in a folded text."""
    for match in _NUMBER.finditer(folded.plain):
        value = match["value"]
        if not _MOBILE.fullmatch(value) or "单" in match[0]:
            yield folded.make("courier", value.upper(), match.span("value"))
    for match in _KNOWN.finditer(folded.plain):
        if any(map(str.isdigit, match[0])):
            yield folded.make("courier", match[0].replace(" ", "").upper(), match.span())
