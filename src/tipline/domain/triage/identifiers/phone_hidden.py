"""Mobile numbers of the mainland hidden by odd separators, line breaks or letters. Value: E.164."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.reading.addresses import read_ipv4
from tipline.domain.triage.reading.digits import LOOKALIKE_DIGITS, keep_digits
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.labels import may_start_number
from tipline.domain.values import Identifier

_GAP = r"[^0-9a-zA-Z\u4e00-\u9fff]"
_APART = re.compile(
    rf"(?<![0-9])1{_GAP}{{0,3}}[3-9](?:{_GAP}{{0,3}}[0-9]){{9}}(?![0-9]|[.,][0-9]{{1,2}}(?![0-9]))"
)
_LETTERED = re.compile(
    r"(?<![0-9a-zA-Z])(?:\+?86)?(?P<mobile>[1lI|][3-9](?:[ -]?[0-9OoIl|]){9})(?![0-9a-zA-Z])"
)
_SERVED = re.compile(r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[25-7]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")
_CUE = re.compile(r"电话|手机|联系|致电|来电|微信|拨打|咨询|热线|\btel|phone|call|mobile|[vV][:：]")
_PARTS = re.compile(r"[0-9]+")
_BEFORE = re.compile(rf"([0-9]+)({_GAP}{{1,3}})\Z")
_DIGITS_MIN = 6
_CUE_CHARS = 14


def _write_gapped(digits: int) -> str:
    # That many digits, a gap before at least one of them.
    rest = rf"(?:{_GAP}{{0,3}}[0-9]){{{digits - 1}}}" if digits > 1 else ""
    later = f"|[0-9](?:{_write_gapped(digits - 1)})" if digits > 1 else ""
    return rf"{_GAP}{{1,3}}[0-9]{rest}{later}"


GATE = (
    rf"1(?:{_GAP}{{1,3}}[3-9](?:{_GAP}{{0,3}}[0-9]){{9}}|[3-9](?:{_write_gapped(9)}))"
    r"|[1lI|][3-9](?:[ -]?[0-9]){0,8}[ -]?[OoIl|]|[lI|][3-9](?:[ -]?[0-9OoIl|]){9}"
)


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find hidden mobile numbers in a folded text."""
    for match in _APART.finditer(folded.plain):
        number = keep_digits(match[0])
        if (
            len(number) < len(match[0])
            and _SERVED.fullmatch(number)
            and _is_one_number(folded, match)
        ):
            way = "split_lines" if "\n" in match[0] else _name_gaps(match[0])
            yield folded.make("phone", f"+86{number}", match.span(), *way.split())
    for match in _LETTERED.finditer(folded.plain):
        number = keep_digits(match["mobile"].translate(LOOKALIKE_DIGITS))
        is_mostly_digits = sum(map(str.isdigit, match["mobile"])) >= _DIGITS_MIN
        if _SERVED.fullmatch(number) and is_mostly_digits and not match["mobile"].isdigit():
            yield folded.make("phone", f"+86{number}", match.span(), "lookalike")


def _name_gaps(written: str) -> str:
    gaps = "".join(_PARTS.split(written))
    return "spaced" if gaps.isspace() else "punctuated" if gaps else ""


def _is_one_number(folded: Folded, match: Match[str]) -> bool:
    # One gap throughout, in which neither a date, a list of small numbers nor an address stands.
    parts = _PARTS.findall(match[0])
    gaps = {each.strip(" ") or each[:1] for each in _PARTS.split(match[0])[1:-1]}
    if len(gaps - {"\n", "\r\n"}) > 2 or not may_start_number(folded, match.start()):
        return False
    if len(parts) == 4 and read_ipv4(match[0]):
        return False
    sizes = {*map(len, parts)}
    before = _BEFORE.search(folded.plain, max(0, match.start() - 14), match.start())
    if (
        before
        and before[2].strip(" ") in {each.strip() for each in gaps}
        and len(before[1]) in sizes
    ):
        return False
    is_loose = (
        sizes == {2, 1} or sizes == {2} or len(gaps) > 1 or bool(gaps & {",", "，", ":", "、"})
    )
    follows = folded.plain[match.end() : match.end() + 2]
    if sizes == {1} or not is_loose:
        return not (follows[:1] in gaps and follows[1:].isdigit() and sizes != {1})
    return bool(_CUE.search(folded.before(match.start(), _CUE_CHARS))) or folded.is_whole(match)
