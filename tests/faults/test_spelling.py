"""The search for canaries finds them in whatever form they are planted."""

import base64
import json
import random

import pytest

from tests.faults.spelling import search, spell, spell_address

WORD, ADDRESS = "CanaryAgent0a1b2c3d", "127.77.66.55"
FORBIDDEN = {"word": list(spell(WORD)), "address": list(spell_address(ADDRESS))}
NOISE = random.Random(7).randbytes(100_000)  # noqa: S311 - sealed bytes look like this


@pytest.mark.parametrize(
    "planted",
    [
        WORD.encode(),
        f"Mozilla/5.0 ({WORD}; x)".encode("utf-16"),
        f"Mozilla/5.0 ({WORD})".encode().hex().encode(),
        *(base64.b64encode(b"x" * shift + WORD.encode() + b"; more") for shift in range(6)),
        base64.urlsafe_b64encode(f"?{WORD}?".encode("utf-16-le")),
        json.dumps({"agent": WORD}).encode(),
    ],
)
def test_a_planted_word_is_found(planted):
    assert search(NOISE + planted + NOISE, FORBIDDEN) == ["word"]


@pytest.mark.parametrize(
    "planted",
    [
        b"127.77.66.55",
        b"::ffff:7f4d:4237",
        b"7F4D4237",
        b"2135769655",
        b"\\x7fMB7",
        b"127.77.66.0/24",
    ],
)
def test_a_planted_address_is_found(planted):
    assert search(NOISE + planted + NOISE, FORBIDDEN) == ["address"]


def test_nothing_is_found_where_nothing_is():
    assert search(NOISE, FORBIDDEN) == []
