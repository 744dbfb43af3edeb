"""Domain names without scheme or path. Value: lower case, Unicode.

In running text their letters are Latin, Greek or Cyrillic; ``wide_host`` finds those in others.
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hosts import list_hiding, write_ascii
from tipline.domain.triage.reading.innocent import judge_host
from tipline.domain.triage.reading.names import HOST_GATE, Host, list_names
from tipline.domain.triage.reading.suffixes import looks_like_file, looks_like_prose
from tipline.domain.values import Identifier

GATE = HOST_GATE
_NAMED = re.compile(
    r"(?:网址|网站|域名|官网|登录|登陆|site|website|domain|link|visit|url|host)[\s:：]{0,3}\Z"
)
_NAME_CHARS = 10


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find domain names in a folded text."""
    for host in list_names(folded):
        if not folded.is_taken((host.start, host.end)) and _is_name(folded, host):
            hidden = list_hiding(folded.plain[host.start : host.end], host.name)
            yield folded.make(
                "domain",
                host.name,
                (host.start, host.end),
                *hidden,
                also=write_ascii(host.name),
                innocent=judge_host(host.name, is_front=True),
            )


def _is_name(folded: Folded, host: Host) -> bool:
    # Not the first half of an e-mail address, and not a file or prose in running text.
    if folded.plain[host.end : host.end + 1] == "@":
        return False
    if not (looks_like_file(host.name) or looks_like_prose(host.name)):
        return True
    is_named = bool(_NAMED.search(folded.before(host.start, _NAME_CHARS)))
    return is_named or folded.plain.strip() == folded.plain[host.start : host.end]
