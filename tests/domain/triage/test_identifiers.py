"""Properties of the detectors: what is right is found in any prose, and never anything odd."""

import re
import unicodedata

import pytest
from hypothesis import assume, given, strategies as st

from tipline.domain.intake.region import REGION_OF_AREA
from tipline.domain.triage.reading.digits import has_check_digit
from tipline.domain.triage.scan import ASIDE, scan

# Known by the word before them, which their canonical value leaves out.
NAMED = ASIDE | {"wechat", "qq", "qq_group", "telegram", "whatsapp", "pay_account"}
_CHINESE = "我们收到你的消息请在今天转给他说好了不要告诉别人"
_MARKS = "，。！？；“”（）、《》…"
_WORDS = ("then they said", "I paid", "please", "hello", "asap", "(see below)", "…", "ok,", "")

chinese = st.text(_CHINESE + _MARKS, max_size=12)
english = st.sampled_from(_WORDS)
digits = st.text("0123456789", min_size=8, max_size=8)

mobiles = st.builds(
    "1{}{}".format, st.sampled_from("3456789"), st.text("0123456789", min_size=9, max_size=9)
)


@st.composite
def prose(draw: st.DrawFn, thing: str) -> str:
    """``thing`` in Chinese without spaces around it, or in English with them."""
    if draw(st.booleans()):
        return draw(chinese) + thing + draw(chinese)
    return f"{draw(english)} {thing} {draw(english)}"


@st.composite
def landlines(draw: st.DrawFn) -> tuple[str, str]:
    """A landline as written, and in E.164."""
    area = draw(st.sampled_from(sorted(REGION_OF_AREA)))
    size = 8 if len(area) == 2 else draw(st.sampled_from([7, 8]))
    local = draw(st.sampled_from("2345678")) + draw(digits)[: size - 1]
    form = draw(st.sampled_from(["0{}-{}", "0{}{}", "(0{}){}", "（0{}）{}", "+86 {} {}", "0{} {}"]))
    return form.format(area, local), f"+86{area}{local}"


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card number of a mainland issuer with a right check digit."""
    first = draw(
        st.sampled_from(["622202", "621700", "622848", "601382", "955880", "623668", "629999"])
    )
    size = draw(st.sampled_from([16, 17, 18, 19]))
    body = first + draw(st.text("0123456789", min_size=size - 7, max_size=size - 7))
    return next(body + last for last in "0123456789" if has_check_digit(body + last))


labels = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?", fullmatch=True)
hosts = st.builds(
    "{}.{}".format,
    st.lists(labels, min_size=1, max_size=3).map(".".join),
    st.sampled_from(["com", "cn", "com.cn", "xyz", "top", "example", "co.uk", "vip"]),
)
paths = st.from_regex(
    r"(/[A-Za-z0-9_%~-]{0,6}){0,3}(\?[a-z]=[0-9A-F]{1,4})?(#[a-z]{1,3})?", fullmatch=True
)


def list_values(kind: str, text: str) -> list[str]:
    found = scan(text)
    for each in found:
        assert text[each.start : each.end] == each.surface
    return [each.value for each in found if each.kind == kind]


def widen(text: str) -> str:
    return text.translate({ord("0") + each: 0xFF10 + each for each in range(10)})


@given(st.data(), mobiles)
def test_a_mobile_number_is_found_in_any_prose(data: st.DataObject, number: str) -> None:
    groups = number[:3], number[3:7], number[7:]
    forms = [number, " ".join(groups), "-".join(groups), f"+86{number}", f"0086-{number}"]
    written = data.draw(st.sampled_from([*forms, widen(number), "\u200b".join(number)]))

    assert list_values("phone", data.draw(prose(written))) == [f"+86{number}"]


@given(st.data(), landlines())
def test_a_landline_is_found_in_any_prose(data: st.DataObject, pair: tuple[str, str]) -> None:
    written, value = pair

    assert list_values("phone", data.draw(prose(written))) == [value]


@given(st.data(), cards())
def test_a_card_is_found_in_any_prose(data: st.DataObject, number: str) -> None:
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    forms = [number, " ".join(fours), "-".join(fours), number[:6] + " " + number[6:], widen(number)]

    assert list_values("bank_card", data.draw(prose(data.draw(st.sampled_from(forms))))) == [number]


@given(st.data(), cards(), st.integers(1, 9))
def test_a_card_with_a_wrong_digit_is_not_a_card(
    data: st.DataObject, number: str, shift: int
) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = str((int(number[place]) + shift) % 10)

    assert list_values("bank_card", number[:place] + wrong + number[place + 1 :]) == []


@given(st.data(), hosts, paths)
def test_a_link_is_found_in_any_prose(data: st.DataObject, host: str, path: str) -> None:
    scheme = data.draw(st.sampled_from(["http://", "https://", "hxxp://", "HTTP://", "hxxps://"]))
    dots = data.draw(st.sampled_from([".", "[.]", "(.)", "。", "\uff0e"]))
    written = scheme + host.replace(".", dots) + path

    expected = ("https://" if "s:" in scheme.lower() else "http://") + host
    expected += path
    trimmed = expected.rstrip("._~*") if path else expected
    assert list_values("url", data.draw(prose(written))) in ([expected], [trimmed])


@given(st.data(), hosts)
def test_a_domain_is_found_in_any_prose(data: st.DataObject, host: str) -> None:
    written = data.draw(st.sampled_from([host, host.upper(), host.replace(".", "[.]")]))

    assert list_values("domain", data.draw(prose(written))) == [host]


@given(st.data(), hosts, st.from_regex(r"[a-z][a-z0-9._+-]{0,10}[a-z0-9]", fullmatch=True))
def test_an_address_is_found_in_any_prose(data: st.DataObject, host: str, local: str) -> None:
    at = data.draw(st.sampled_from(["@", "[at]", "\uff20"]))

    assert list_values("email", data.draw(prose(local + at + host))) == [f"{local}@{host}"]


@given(st.data(), st.ip_addresses(v=4))
def test_an_ip_address_is_found_in_any_prose(data: st.DataObject, address: object) -> None:
    written = str(address).replace(".", data.draw(st.sampled_from([".", "[.]"])))

    assert list_values("ipv4", data.draw(prose(written))) == [str(address)]


@given(st.data(), st.from_regex(r"[a-z][a-z0-9_-]{4,18}[0-9]", fullmatch=True))
def test_a_wechat_account_is_found_after_its_word(data: st.DataObject, account: str) -> None:
    assume(not account.startswith(("http", "www", "id", "is")))
    word = data.draw(st.sampled_from(["微信", "微信号：", "加V：", "WeChat: ", "微信号是", "vx:"]))

    assert list_values("wechat", data.draw(chinese) + word + account) == [account]


@given(st.data(), st.integers(10_000, 99_999_999_999))
def test_a_qq_account_is_found_after_its_word(data: st.DataObject, number: int) -> None:
    word = data.draw(st.sampled_from(["QQ", "QQ：", "qq ", "扣扣", "QQ群：", "Q号", "加Q "]))

    assume(not re.fullmatch(r"1[3-9][0-9]{9}", str(number)))  # a telephone number first of all
    kind = "qq_group" if "群" in word else "qq"
    assert list_values(kind, data.draw(chinese) + word + str(number)) == [str(number)]


anything = (
    st.text()
    | st.text("0123456789 -+()@.:/。[]x13qvQ微信\u200b：")
    | st.from_regex(r"([a-z0-9]{1,4}[.@:/。-]{1,2}){1,6}(com|cn)?")
)


wide_hosts = st.builds(
    "{}{}.{}".format,
    st.sampled_from(["", "http://", "http://www.", "xn--", "a@"]),
    st.text("aé中文ßяxn-1İ\u0307①\uff41", min_size=1, max_size=6),
    st.sampled_from(["com", "中国", "cn/a", "公司.cn", "com查看", "xn--fiqs8s"]),
)


@given(anything | wide_hosts)
def test_no_text_raises_and_every_place_points_at_it(text: str) -> None:
    list_values("url", text)
    places = [place for each in scan(text) for place in range(each.start, each.end)]
    assert places == sorted(set(places))


@given(
    anything | wide_hosts | st.one_of(hosts, hosts.map("http://{}/a?b=c".format), cards(), mobiles)
)
def test_a_canonical_value_is_its_own(text: str) -> None:
    for found in scan(text):
        if found.kind in NAMED:
            continue
        again = scan(found.value)
        assert [(each.kind, each.value) for each in again] == [(found.kind, found.value)]


@given(st.text(st.characters(categories=["Lo", "Ll"], max_codepoint=0x9FFF)))
def test_words_alone_hold_no_number(text: str) -> None:
    kinds = {each.kind for each in scan(unicodedata.normalize("NFKC", text))}

    assert not kinds & {"phone", "shortcode", "bank_card", "qq", "ipv4", "ipv6"}


BAITS = [
    "http://", "a.", "a", "a-", "@", "a@", "1.2.", "1:", "a.com.", "x.com/", "a[.]", "。a", "中.com",
    "1", "1 ", "138 ", "+1 ", "+12025550123 ", "13812345678 ", "微信", "微信 ", "0371-", "4111 ", "6222",
    "95588 ", "v:", "加v", "86", "+86", "(", "\u200b", "6222021234567890128 ", "1-", "qq  ", "qq:",
    "www。", "x.cn。", "a。b。", "x@a.b。", "http://a@", "http://中", "xn--", "xn--a.", "中", "1.1.1.1 ", "::",
]  # fmt: skip


def scan_bait(bait: str, length: int) -> None:
    # The time limit of a test is what fails here: a quadratic pattern takes minutes.
    text = bait * (length // len(bait))

    assert len(scan(text)) <= len(text)


@pytest.mark.parametrize("bait", BAITS)
def test_bait_ends(bait: str) -> None:
    scan_bait(bait, 10_000)


@pytest.mark.long
@pytest.mark.parametrize("bait", BAITS)
def test_bait_of_a_million_characters_ends(bait: str) -> None:
    scan_bait(bait, 1_000_000)
