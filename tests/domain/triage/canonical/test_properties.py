# ruff: noqa: RUF001 - characters that browsers read as others
"""What must hold of any link: one canonical form, whichever way leads there, and no slow ones."""

from string import printable

import pytest
from hypothesis import example, given, settings, strategies as st

from tipline.domain.triage.canonical import (
    Canonical,
    HostMissing,
    canonicalise,
    list_expressions,
    url as reader,
)
from tipline.domain.triage.canonical.escapes import unescape

PIECES = [
    "http://", "https://", "ftp://", "HTTP:", "//", "/", "/.", "/..", "./", ".", "..", "?", "#", "@",
    ":", ":80", ":443:", "%", "%25", "%2e", "%2F", "%23", "%40", "%5b", "%c3%bc", "%80", "%ff",
    "xn--mlat-zra", "a", "B", "example", "com", "0x7f", "017", "1.2.3.4", "4294967295", "[::1]",
    "[", "]", "ü", "。", "％", "１", "ß", "\u00ad", "\u200b", "\u202e", "中文", "\ud800", "\udc80",
    " ", "\t", "\n", "\\", "-", "_", "~", "+", "&", "=", ";", "\0", "😀",
]  # fmt: skip
LINKS = (
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.text(max_size=40)
    | st.text(printable, max_size=40).map("http://".__add__)
)
PLAIN = st.from_regex(reader._PLAIN, fullmatch=True)


def read(url: str) -> Canonical | None:
    try:
        return canonicalise(url)
    except HostMissing:
        return None


@given(LINKS)
@example("http://a:80:80/")
@example("http://ü..com/")
@example("http://%ü41.com/")
@example("http://１.2.3.4/")
@example("http://[::1]x:80/")
@example("http://a.b:1/")
@example("http://a:80./")
@example(".[")
@settings(max_examples=500)
def test_the_canonical_form_is_its_own_canonical_form(url: str) -> None:
    link = read(url)

    if link is not None:
        assert canonicalise(link.full) == link
        assert canonicalise(link.url) == Canonical(link.scheme, link.host, link.path)


@given(PLAIN)
@settings(max_examples=500)
def test_the_short_way_leads_where_the_long_way_does(url: str) -> None:
    assert canonicalise(url) == reader._read(url)


@given(LINKS)
@settings(max_examples=500)
def test_both_ways_lead_to_the_same_place(url: str) -> None:
    try:
        expected = reader._read(url)
    except HostMissing:
        expected = None

    assert read(url) == expected


@given(LINKS)
def test_a_canonical_form_is_plain_ascii_without_escapes_of_escapes(url: str) -> None:
    link = read(url)

    if link is not None:
        assert all("!" <= each <= "~" for each in link.full)
        assert link.host
        assert link.path.startswith("/")
        assert "//" not in link.path


@given(LINKS)
def test_expressions_are_few_and_different_and_the_first_says_most(url: str) -> None:
    link = read(url)

    if link is not None:
        found = list_expressions(link)
        assert len(set(found)) == len(found) <= 7 * 6
        assert found[0] == link.host + link.path + (f"?{link.query}" if link.query else "")
        assert len(list_expressions(link, parts=5)) <= 5 * 6


@given(st.binary(max_size=60) | st.text("%0123456789aFf", max_size=60).map(str.encode))
def test_nothing_is_left_to_unescape(written: bytes) -> None:
    once = written
    while (further := _unescape_once(once)) != once:
        once = further

    assert unescape(written) == once


def _unescape_once(written: bytes) -> bytes:
    # The reference's loop: one pass, left to right.
    plain, place = bytearray(), 0
    while place < len(written):
        digits = written[place + 1 : place + 3]
        if (
            written[place] == 0x25
            and len(digits) == 2
            and all(d in b"0123456789abcdefABCDEF" for d in digits)
        ):
            plain.append(int(digits, 16))
            place += 3
        else:
            plain.append(written[place])
            place += 1
    return bytes(plain)


BAIT = {
    "escapes": "%25" * 300_000,
    "nested": "%" + "%25" * 5 + "".join(f"%3{n % 10}" for n in range(300_000)),
    "built": "%" * 300_000 + "25" * 300_000,
    "dots": "." * 500_000 + "com",
    "slashes": "a.com/" + "/" * 500_000,
    "ups": "a.com/" + "../" * 300_000,
    "labels": "a." * 500_000 + "com",
    "ports": "a" + ":1" * 300_000,
    "no ports": ":1" * 300_000 + "x",
    "digits": "1" * 500_000 + ".x",
    "at": "@" * 500_000 + "a.com",
    "wide": "ü." * 100_000 + "com",
}


@pytest.mark.parametrize("bait", BAIT)
def test_bait_costs_no_more_than_its_length(bait: str) -> None:
    # A quadratic way would take minutes here, and the suite's own limit would end it.
    for scheme in ("http://", ""):
        read(scheme + BAIT[bait])
