"""No spelling of an address that is not public passes for one that is."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, strategies as st

from tipline.domain.evidence.addresses import Endpoint, is_public, unwrap
from tipline.domain.evidence.targets import UrlRefused, check_may_ask, read_target

# 39 and 40 of the hostile inputs: spellings of this machine, its neighbours, a cloud's own services.
LOCAL_URLS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://127。0。0。1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2001:0:7f00:1::80ff:fffe]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[fec0::1]/",
    "http://[fe80::5efe:7f00:1]/",
    "http://[2606:4700::5efe:a00:1]/",
    "http://[2001:db8::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.lan/",
    "http://user:secret@127.0.0.1/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1\\@example.com/",
    "http://169.254.169.254/latest/",
    "http://0xa9fea9fe/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://168.63.129.16/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.0.1/",
    "http://240.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "https://127.0.0.1:8443/",
]


@pytest.mark.parametrize("url", LOCAL_URLS)
def test_local_addresses_are_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(UrlRefused, match=r"not_public|local_name"):
        check_may_ask(read_target(url).endpoint)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://example.com/",
        "ftp://example.com/",
        "view-source:http://example.com/",
        "chrome://gpu",
        "javascript:alert(1)",
        "data:text/html,x",
        "blob:http://example.com/1",
    ],
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(UrlRefused, match="scheme"):
        read_target(url)


@pytest.mark.parametrize(
    ("url", "reason"),
    [("x" * 9_000, "length"), ("//example.com", "form"), ("http://", "form"), ("", "form")],
)
def test_what_is_no_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(UrlRefused, match=reason):
        read_target(url)


def test_the_public_internet_passes() -> None:
    for url in ("http://example.com/", "https://8.8.8.8/", "http://[2606:4700::1111]:8080/"):
        check_may_ask(read_target(url).endpoint)


def test_a_house_never_asks_itself() -> None:
    with pytest.raises(UrlRefused, match="own"):
        check_may_ask(Endpoint("desk.example", 443), own=frozenset({"desk.example"}))


def test_services_that_a_request_could_harm_are_left_alone() -> None:
    with pytest.raises(UrlRefused, match="port"):
        check_may_ask(Endpoint("example.com", 6379))


def test_only_the_exact_endpoint_is_allowed() -> None:
    allow = frozenset({Endpoint.read("127.0.0.1:8080")})

    check_may_ask(Endpoint("127.0.0.1", 8080), allow=allow)
    with pytest.raises(UrlRefused):
        check_may_ask(Endpoint("127.0.0.1", 8081), allow=allow)


@pytest.mark.parametrize("text", ["", "host", ":80", "host:", "host:0", "host:70000", "host:x"])
def test_an_endpoint_needs_host_and_port(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        Endpoint.read(text)


def test_secrets_and_fragments_leave_the_address() -> None:
    assert read_target("http://u:p@example.com:80/a?b#c").url == "http://example.com/a?b"


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_public_only_if_what_it_wraps_is(address: IPv4Address) -> None:
    number = int(address)
    wrapped = (
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x64FF9B << 96 | number),
    )

    assert all(address in unwrap(each) for each in wrapped)
    assert is_public(address) or not any(is_public(each) for each in wrapped)


@given(st.ip_addresses())
def test_what_is_public_is_global_for_python_too(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(address) or address.is_global or getattr(address, "ipv4_mapped", None)


def test_a_mapped_public_address_stays_public() -> None:
    assert is_public(ip_address("::ffff:8.8.8.8"))
    assert is_public(ip_address("64:ff9b::808:808"))
