"""What lists hold, under which entries a subject is found, and what no list may hold."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.known import KINDS, EntryRefused, hash_entry, list_entries, make_entry
from tipline.domain.triage.known.entries import WHY_REFUSED, split_entry


@pytest.mark.parametrize(
    ("kind", "value", "entry"),
    [
        ("url", "hTTp://Evil.example.com:8080/a/../b/?x=1#f", "evil.example.com/b/?x=1"),
        ("url", "evil.example.com", "evil.example.com/"),
        ("domain", "EVIL.example.com.", "evil.example.com/"),
        ("domain", "银行.example.com", "xn--jn2a72x.example.com/"),
        ("ip", "203.0.113.7", "203.0.113.7/"),
        ("ipv4", "0xcb.0.0x71.7", "203.0.113.7/"),
        ("ipv6", "2001:DB8:0::1", "[2001:db8::1]/"),
        ("phone", "+86 139-0000-0000", "phone\t+8613900000000"),
        ("phone", "13900000000", "phone\t+8613900000000"),
        ("phone", "8613900000000", "phone\t+8613900000000"),
        ("phone", "0086 10 12345678", "phone\t+861012345678"),
        ("phone", "010-12345678", "phone\t+861012345678"),
        ("phone", "+44 20 7946 0958", "phone\t+442079460958"),
        ("phone", "96110", "phone\t96110"),
        ("bank_card", "6222 0000 0000 0000 000", "bank_card\t6222000000000000000"),
        ("qq", "QQ 10000001", "qq\t10000001"),
        ("wechat", " WX_Example ", "wechat\twx_example"),
        ("telegram", "@Example", "telegram\texample"),
        ("email", "A@Evil.Example", "email\ta@evil.example"),
        ("crypto", "0xABCDEF", "crypto\t0xabcdef"),
        ("crypto", "1BoatExampleBoat", "crypto\t1BoatExampleBoat"),
        ("md5", "D41D8CD98F00B204E9800998ECF8427E", "md5\td41d8cd98f00b204e9800998ecf8427e"),
    ],
)
def test_a_subject_is_written_in_one_way(kind: str, value: str, entry: str) -> None:
    assert make_entry(kind, value) == entry
    assert entry in list_entries(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("amount_cny", "100", "kind"),
        ("id_card", "110101199003070000", "kind"),
        ("url", "", "value"),
        ("domain", "com", "value"),
        ("domain", "localhost", "value"),
        ("domain", "co.uk", "suffix"),
        ("domain", "com.cn", "suffix"),
        ("domain", "github.io", "suffix"),
        ("url", "https://github.io/", "suffix"),
        ("phone", "call me", "value"),
        ("qq", "12", "value"),
        ("bank_card", "6222", "value"),
        ("email", "nobody", "value"),
        ("md5", "abc", "value"),
        ("wechat", "a\nb", "value"),
        ("wechat", "x" * 3_000, "value"),
        ("url", "a.example/" + "x" * 3_000, "value"),
    ],
)
def test_what_would_accuse_strangers_or_nobody_is_refused(kind: str, value: str, why: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        make_entry(kind, value)
    assert refused.value.why == why
    assert why in WHY_REFUSED


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        (("domain", "evil.example.com"), ("url", "http://login.evil.example.com/x/y?z=1")),
        (("domain", "evil.example.com"), ("domain", "a.b.evil.example.com")),
        (("url", "http://evil.example.com/x/"), ("url", "https://www.evil.example.com/x/y/z")),
        (("url", "evil.example.com/x?y=1"), ("url", "https://evil.example.com/x?y=1#top")),
        (("ipv4", "203.0.113.7"), ("url", "http://203.0.113.7:8080/app.apk")),
        (("ip", "203.0.113.7"), ("ipv4", "203.0.113.7")),
    ],
)
def test_links_domains_and_addresses_meet(listed: tuple[str, str], asked: tuple[str, str]) -> None:
    assert make_entry(*listed) in list_entries(*asked)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        (("domain", "evil.example.com"), ("domain", "example.com")),
        (("domain", "evil.example.com"), ("domain", "notevil.example.com")),
        (("url", "evil.example.com/x/"), ("domain", "evil.example.com")),
        (("url", "evil.example.com/x"), ("url", "evil.example.com/xy")),
        (("phone", "13900000000"), ("qq", "13900000000")),
    ],
)
def test_neighbours_are_not_accused(listed: tuple[str, str], asked: tuple[str, str]) -> None:
    assert make_entry(*listed) not in list_entries(*asked)


@given(st.sampled_from(sorted(KINDS)) | st.text(max_size=5), st.text(max_size=60))
def test_looking_up_never_raises_and_finds_what_was_listed(kind: str, value: str) -> None:
    found = list_entries(kind, value)
    try:
        entry = make_entry(kind, value)
    except EntryRefused:
        return
    assert found[0] == entry
    assert "\n" not in entry


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_an_entry_says_again_what_it_is(kind: str, value: str) -> None:
    try:
        entry = make_entry(kind, value)
    except EntryRefused:
        return
    assert make_entry(*split_entry(entry)) == entry


def test_the_key_is_the_beginning_of_sha256() -> None:
    # Of "abc", as FIPS 180-2 gives it.
    assert hash_entry("abc") == 0xBA7816BF8F01CFEA
