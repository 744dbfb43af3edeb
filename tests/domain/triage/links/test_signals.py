"""What a link's letters tell, with reasons; and that lawful names are left in peace."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.links import (
    LINK_POINTS_MAX,
    LINK_REASONS,
    list_signals,
    name_brand,
    sum_points,
)
from tipline.domain.triage.links.brands import list_brands
from tipline.domain.triage.links.letters import make_skeleton, mixes_scripts
from tipline.domain.triage.reasons import render


def tell(value: str, kind: str = "url", surface: str = "") -> dict[str, dict]:
    return {each.key: dict(each.params) for each in list_signals(kind, value, surface)}


@pytest.mark.parametrize(
    ("value", "key", "brand"),
    [
        ("http://taobao.top/", "link.brand.same", "Taobao"),
        ("https://taobao.github.io/", "link.brand.same", "Taobao"),
        ("sf-express.vip", "link.brand.same", "SF Express"),
        ("http://1cbc.top/", "link.brand.alike", "ICBC"),
        ("https://paypa1.com/", "link.brand.alike", "PayPal"),
        ("https://arnazon.top/", "link.brand.alike", "Amazon"),
        ("https://xn--80ak6aa92e.com/", "link.brand.alike", "Apple"),
        ("http://pаypal.com/", "link.brand.alike", "PayPal"),  # noqa: RUF001 - a Cyrillic letter
        ("http://taoabo.com/", "link.brand.edited", "Taobao"),
        ("http://alipey.com/", "link.brand.edited", "Alipay"),
        ("http://allipay.com/", "link.brand.edited", "Alipay"),
        ("http://www.icbc.com.cn.evil.top/login", "link.brand.part", "ICBC"),
        ("http://www.icbc.com.cn.evil.example/", "link.brand.part", "ICBC"),
        ("https://taobao-login.top/", "link.brand.part", "Taobao"),
        ("https://taobaologin.top/", "link.brand.part", "Taobao"),
        ("https://securepaypal.top/", "link.brand.part", "PayPal"),
        ("http://10086jf.cc/", "link.brand.part", "China Mobile"),
        ("http://apple-login.com/", "link.brand.part", "Apple"),
        ("http://中国移动积分.com/", "link.brand.part", "China Mobile"),
        ("http://xn--fiqr7g4nt2lb46c9ba.com/", "link.brand.part", "China Mobile"),
    ],
)
def test_names_that_pose_as_a_brand(value: str, key: str, brand: str) -> None:
    assert tell(value)[key] == {"brand": brand}


@pytest.mark.parametrize(
    "value",
    [
        "https://www.taobao.com/", "https://mobile.icbc.com.cn/", "https://www.amazon.de/x",
        "https://login.microsoftonline.com/", "https://apple-tree.com/", "https://visa.gov.example.com/",
        "https://www.finance.gov.cn/", "https://abc.example.com/", "https://www.gov.cn/",
        "https://online.hsbc.com.hk/", "https://12306.cn/",
    ],
)  # fmt: skip
def test_lawful_names_are_left_in_peace(value: str) -> None:
    assert not [key for key in tell(value) if key.startswith("link.brand")]


@pytest.mark.parametrize("brand", list_brands(), ids=lambda brand: brand.name_en)
def test_no_brand_poses_as_itself(brand) -> None:
    for domain in brand.domains:
        assert not [key for key in tell(f"https://www.{domain}/") if key.startswith("link.brand")]


@pytest.mark.parametrize(
    ("value", "key", "params"),
    [
        ("https://bit.ly/abc", "link.shortener", {}),
        ("http://203.0.113.7/a.apk", "link.address", {}),
        ("http://[2001:db8::1]/", "link.address", {}),
        ("http://evil.example.com:8899/", "link.port", {"port": "8899"}),
        ("http://a-b-c-d.example.com/", "link.hyphens", {"count": 3}),
        ("http://a.b.c.example.com/", "link.labels", {"count": 5}),
        ("https://evil.github.io/", "link.hosting", {"suffix": "github.io"}),
        ("http://evil.example/", "link.unregistered", {}),
        ("http://www.ümlat.com/", "link.punycode", {"ascii": "www.xn--mlat-zra.com"}),
        ("http://gооgle.com/", "link.mixed", {}),  # noqa: RUF001 - Cyrillic letters
        ("http://example.com/" + "a" * 150, "link.long", {"count": 169}),
    ],
)
def test_facts_of_a_link(value: str, key: str, params: dict) -> None:
    assert tell(value)[key] == params


def test_a_name_before_an_at_is_seen_in_what_was_written() -> None:
    written = "http://www.icbc.com.cn@evil.example.com/"

    assert "link.userinfo" in tell("http://evil.example.com/", surface=written)
    assert "link.userinfo" not in tell("http://evil.example.com/a@b.com")
    assert "link.userinfo" not in tell("http://evil.example.com/", surface="evil.example.com")


@pytest.mark.parametrize("value", ["https://www.example.com/", "http://example.com:8080/x"])
def test_a_plain_link_has_no_signals(value: str) -> None:
    assert tell(value) == {}


@pytest.mark.parametrize("kind", ["phone", "qq", "bank_card", "email"])
def test_only_links_have_signals(kind: str) -> None:
    assert list_signals(kind, "taobao.top") == ()


@given(st.sampled_from(["url", "domain", "ip", "ipv6"]), st.text(max_size=80), st.text(max_size=20))
def test_signals_never_raise_and_never_weigh_much(kind: str, value: str, surface: str) -> None:
    signals = list_signals(kind, value, surface)

    assert 0 <= sum_points(signals) <= LINK_POINTS_MAX
    assert all(signal.key in LINK_REASONS and signal.points > 0 for signal in signals)
    assert len({signal.key for signal in signals}) == len(signals)


@given(st.lists(st.text("аbсdеоρ-.xn10", min_size=1, max_size=12), min_size=1, max_size=4))  # noqa: RUF001 - several scripts
def test_any_host_is_read(labels: list[str]) -> None:
    for signal in list_signals("domain", ".".join(labels)):
        assert render(signal.reason, language="en", translate=str)


def test_brands_are_told_in_the_readers_language() -> None:
    reason = list_signals("url", "http://1cbc.top/")[0].reason

    assert "工商银行" in render(reason, language="zh-hans", translate=str)
    assert "ICBC" in render(reason, language="en", translate=str)
    assert name_brand("Nobody Ltd", "zh-hans") == "Nobody Ltd"


def test_what_looks_alike_has_one_skeleton() -> None:
    assert make_skeleton("раураl") == make_skeleton("paypal")  # noqa: RUF001 - Cyrillic letters
    assert make_skeleton("rnicrosoft") == make_skeleton("microsoft")
    assert make_skeleton("taobao") != make_skeleton("alipay")
    assert mixes_scripts("gооgle")  # noqa: RUF001 - Cyrillic letters
    assert not mixes_scripts("微信pay")
    assert not mixes_scripts("google1")
