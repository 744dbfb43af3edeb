"""Words that may stand right before a number and say what it is."""

import re

from tipline.domain.triage.reading.digits import is_money
from tipline.domain.triage.reading.folding import Folded

_LETTERS = re.compile(r"([a-z]+)-?\Z")
_QUERY = re.compile(r"[?&/][a-z_]{0,16}=\Z")
_LABELS = frozenset(
    "tel phone call mobile mob ph fax dial sms hotline contact whatsapp wechat weixin wx vx v ws wa tg "
    "qq q t m hp p c h number no line text mobiles cell telephone att dx vv".split()
)
_CHARS = 18


def may_start_number(folded: Folded, place: int) -> bool:
    """Tell whether a number of its own may start at ``place`` of the folded text.

    Letters before it are a label (Tel13800138000) or make it part of something longer; a sign of
    money makes it a sum.
    """
    before = folded.before(place, _CHARS)
    letters = _LETTERS.search(before)
    if letters and not folded.is_seam(place):
        return letters[1] in _LABELS
    return not (is_money(before) or _QUERY.search(before))
