"""Wallets of crypto currencies with a right checksum. Value: as written; hexadecimal and Bech32 in lower case.

Bitcoin (Base58Check, Bech32, Taproot), Litecoin, Dogecoin, Tron, XRP, Ethereum and its like
(EIP-55 where capitals are mixed), Cardano, Bitcoin Cash, Monero by form, Solana and TON by form
after a word that names them.
"""

import re
from collections.abc import Iterator

from tipline.domain.triage.reading.base58 import (
    decode_base58,
    has_bech32_check,
    read_base58check,
    read_ripple,
)
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.reading.hexadecimal import LONG_WORD
from tipline.domain.triage.reading.keccak import has_mixed_case_check
from tipline.domain.values import Identifier

_B58 = "1-9A-HJ-NP-Za-km-z"
_EDGE, _END = r"(?<![0-9a-zA-Z])", r"(?![0-9a-zA-Z])"
_HEX = re.compile(rf"{_EDGE}0[xX][0-9a-fA-F]{{40}}{_END}")
_BECH32 = re.compile(rf"{_EDGE}(?:bc1|ltc1|tb1|addr1|BC1|LTC1)[0-9a-zA-Z]{{25,110}}{_END}")
_BASE58 = re.compile(rf"{_EDGE}[13TLMDrAX9][{_B58}]{{24,34}}{_END}")
_CASH = re.compile(rf"{_EDGE}bitcoincash:[qp][0-9a-z]{{41}}{_END}")
_MONERO = re.compile(rf"{_EDGE}[48][0-9AB][{_B58}]{{93}}(?:[{_B58}]{{11}})?{_END}")
_SOLANA = re.compile(rf"{_EDGE}[{_B58}]{{43,44}}{_END}")
_TON = re.compile(rf"{_EDGE}[EUk]Q[0-9a-zA-Z_-]{{46}}(?![0-9a-zA-Z_-])")
_VERSIONS = frozenset({0x00, 0x05, 0x30, 0x32, 0x1E, 0x16, 0x41, 0x6F})  # first byte of an address
_NAMED = re.compile(r"sol(?:ana)?|spl|phantom|钱包|地址|wallet|address", re.IGNORECASE)
_NAME_CHARS = 30
GATE = LONG_WORD


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find wallets in a folded text."""
    for match in _HEX.finditer(folded.plain):
        if _is_ethereum(match[0][2:]):
            yield folded.make("crypto", match[0].lower(), match.span())
    for match in _BECH32.finditer(folded.plain):
        is_one_case = match[0] in {match[0].lower(), match[0].upper()}
        if is_one_case and has_bech32_check(match[0]):
            yield folded.make("crypto", match[0].lower(), match.span())
    for match in _BASE58.finditer(folded.plain):
        if _has_check(match[0]):
            yield folded.make("crypto", match[0], match.span())
    yield from _find_by_form(folded)


def _find_by_form(folded: Folded) -> Iterator[Identifier]:
    for pattern in (_CASH, _MONERO, _TON):
        for match in pattern.finditer(folded.plain):
            yield folded.make("crypto", match[0], match.span())
    for match in _SOLANA.finditer(folded.plain):
        key = decode_base58(match[0])
        is_named = _NAMED.search(folded.before(match.start(), _NAME_CHARS)) or folded.is_whole(
            match
        )
        if is_named and key is not None and len(key) == 32:
            yield folded.make("crypto", match[0], match.span())


def _is_ethereum(digits: str) -> bool:
    if len({*digits.lower()}) < 3:
        return False
    is_one_case = digits in {digits.lower(), digits.upper()}
    return is_one_case or has_mixed_case_check(digits)


def _has_check(written: str) -> bool:
    read = read_ripple(written) if written[0] == "r" else read_base58check(written)
    return read is not None and len(read) == 21 and read[0] in _VERSIONS
