"""What a person would ask of the detectors, in both languages."""

import pytest

from tipline.domain.triage.scan import scan

NOTHING: list[tuple[str, str]] = []

LINKS = [
    ("登录www.x.com查看", [("domain", "www.x.com")]),
    ("请登录http://x.com/abc查看", [("url", "http://x.com/abc")]),
    ("网址：x.com/a_(b)，点开看", [("url", "x.com/a_(b)")]),
    ("(see http://x.com/a)", [("url", "http://x.com/a")]),
    ('He said "go to x.com/a?b=c&d=1#e".', [("url", "x.com/a?b=c&d=1#e")]),
    ("hxxps://Evil[.]Example[.]com:8443/A/b", [("url", "https://evil.example.com:8443/A/b")]),
    ("hxxp://evil(.)com", [("url", "http://evil.com")]),
    ("http://bank.com@evil.cn/login", [("url", "http://evil.cn/login")]),
    ("http://198.51.100.24/p.apk下载", [("url", "http://198.51.100.24/p.apk")]),
    ("http://[2001:db8::1]:80/x", [("url", "http://[2001:db8::1]/x")]),
    ("https://x.com:443/", [("url", "https://x.com/")]),
    ("http://中文.中国查看", [("url", "http://中文.中国")]),
    ("http://xn--fiq228c.com/a", [("url", "http://中文.com/a")]),
    ("ｗｗｗ．ａｂｃ．ｃｏｍ／ｐ１", [("url", "www.abc.com/p1")]),  # noqa: RUF001 - as sent
    ("点w\u200bww.a\u200bbc.com看", [("domain", "www.abc.com")]),
    ("www。abc。com", [("domain", "www.abc.com")]),
    ("用了x.com。y.cn也一样", [("domain", "x.com"), ("domain", "y.cn")]),
    ("münchen.de und xn--mnchen-3ya.de", [("domain", "münchen.de")] * 2),
    ("go to x.com.Now pay", [("domain", "x.com")]),
    ("http://intranet.newtld/a", [("url", "http://intranet.newtld/a")]),
    ("t.cn/AbC123 keeps its case", [("url", "t.cn/AbC123")]),
    ("then they said vs.com then", [("domain", "vs.com")]),
    ("Dr.Smith said no.thanks", NOTHING),
    ("see http://evil.com/tg-login1 now", [("url", "http://evil.com/tg-login1")]),
    ("微信tga000", [("wechat", "tga000")]),
    ("shuadan.example", [("domain", "shuadan.example")]),
    ("e.g. this.The end, i.e. nothing...", NOTHING),
    ("open setup.py and readme.md", NOTHING),
    ("com.cn alone is nobody's", NOTHING),
    ("3.14 and 1.000.000", NOTHING),
    ("a@b", NOTHING),
    ("邮箱a.b@QQ.com", [("email", "a.b@qq.com")]),
    ("x[at]y[.]cn", [("email", "x@y.cn")]),
    ("server 203.0.113.77, v1.2.3.4, 版本2.0.0.1", [("ipv4", "203.0.113.77")]),
    ("300.1.1.1 and 1.2.3.4.5 and 01.2.3.4", NOTHING),
    ("at 12:30:45 from 2001:DB8:0:0::1", [("ipv6", "2001:db8::1")]),
]

NUMBERS = [
    ("电话13812345678。", [("phone", "+8613812345678")]),
    ("138-1234-5678", [("phone", "+8613812345678")]),
    ("１３８１２３４５６７８", [("phone", "+8613812345678")]),  # noqa: RUF001 - as sent
    ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", [("phone", "+8613812345678")]),
    ("Tel13812345678 TEL:13912345678", [("phone", "+8613812345678"), ("phone", "+8613912345678")]),
    ("010-65521234、(023) 6365 1234", [("phone", "+861065521234"), ("phone", "+862363651234")]),
    ("0371-65781234转8", [("phone", "+8637165781234")]),
    ("call +44 20 7946 0958 twice", [("phone", "+442079460958")]),
    ("+1 (202) 555-0143", [("phone", "+12025550143")]),
    ("a caller showed +44 7700 900456", [("phone", "+447700900456")]),
    ("付了￥13812345678", NOTHING),
    ("13812345678.50元", NOTHING),
    ("订单1381234567890", [("order", "1381234567890")]),
    ("hash ab13812345678", NOTHING),
    ("2024-01-01 12:30:00", NOTHING),
    ("拨打95588或4008-123-456", [("shortcode", "95588"), ("phone", "+864008123456")]),
    ("1069012345678发来短信", [("shortcode", "1069012345678")]),
    ("转账95000元，赚了96000块", NOTHING),
    ("96777来电", [("shortcode", "96777")]),
    ("编号95777", [("order", "95777")]),
    ("卡号6222 0212 3456 7890 128", [("bank_card", "6222021234567890128")]),
    ("6222021234567890128", [("bank_card", "6222021234567890128")]),
    ("6222021234567890129", NOTHING),
    ("订单号6222021234567890128", [("order", "6222021234567890128")]),
    ("Order no. 6222021234567890128", [("order", "6222021234567890128")]),
    ("订单已付，卡号6222021234567890128", [("bank_card", "6222021234567890128")]),
    ("4111 1111 1111 1111", [("bank_card", "4111111111111111")]),
    ("card 4111111111111111", [("bank_card", "4111111111111111")]),
    ("微信支付单号4111111111111111", [("order", "4111111111111111")]),
    ("淘宝4111111111111111", NOTHING),
    ("身份证11010519491231002X", [("id_card", "11010519491231002X")]),
    (
        "6222021234567890128 13812345678",
        [("bank_card", "6222021234567890128"), ("phone", "+8613812345678")],
    ),
]

ACCOUNTS = [
    ("微信abc12345", [("wechat", "abc12345")]),
    ("微信号是wxid_AbC123def", [("wechat", "wxid_abc123def")]),
    ("加我wxid_abcdefghij12", [("wechat", "wxid_abcdefghij12")]),
    ("加V：zhang_san拉你进群", [("wechat", "zhang_san")]),
    ("VXabc888", [("wechat", "abc888")]),
    ("WeChat: hello_w", [("wechat", "hello_w")]),
    ("微信13812345678", [("wechat", "13812345678")]),
    ("电话13812345678（微信同号）", [("phone", "+8613812345678")]),
    ("WeChat members of the group", NOTHING),
    ("微信 WeChat", NOTHING),
    ("QQ 99999900101", [("qq", "99999900101")]),
    ("QQ群：123456789", [("qq_group", "123456789")]),
    ("扣扣123456", [("qq", "123456")]),
    ("联系Q8581854", [("qq", "8581854")]),
    ("QQ 10000元", NOTHING),
    ("in Q3 2024", NOTHING),
    ("123456@qq.com", [("email", "123456@qq.com")]),
]


@pytest.mark.parametrize(("text", "expected"), [*LINKS, *NUMBERS, *ACCOUNTS])
def test_example(text: str, expected: list[tuple[str, str]]) -> None:
    found = scan(text)

    assert [(each.kind, each.value) for each in found] == expected
    assert all(text[each.start : each.end] == each.surface for each in found)


def test_what_says_more_wins_where_two_overlap() -> None:
    text = "http://x.com/13812345678?card=6222021234567890128"

    assert [each.kind for each in scan(text)] == ["url"]


def test_the_surface_is_the_text_as_it_was_sent() -> None:
    (found,) = scan("点击 HXXP://E\u200bvil[.]com 查看")

    assert (found.surface, found.value) == ("HXXP://E\u200bvil[.]com", "http://evil.com")
    assert (found.start, found.end) == (3, 21)
