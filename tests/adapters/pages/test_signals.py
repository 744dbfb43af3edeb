import pytest

from tipline.adapters.pages import LexborReader
from tipline.domain.evidence.content.claims import make_claims
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen
from tipline.domain.evidence.content.judging import judge_page
from tipline.domain.evidence.content.signals import list_page_signals
from tipline.domain.evidence.content.words import PAGE_REASONS

OWN = "Lakeside Bank|湖畔银行|lakesidebank 湖畔银行|lakesidebank.example|"
ASKS = "<form action='{to}'><label for=a>银行卡号</label><input id=a><input name=cvv2><input autocomplete=one-time-code></form>"


def look(html: str, url: str = "https://shop.example/p/") -> dict[str, PageSignal]:
    seen = Seen(number=1, url=url, tree=LexborReader().read(html))
    found = {each.key: each for each in list_page_signals(seen, make_claims(OWN))}
    assert found.keys() <= PAGE_REASONS.keys()
    for each in found.values():
        assert PAGE_REASONS[each.key] % each.params
    return found


def accuse(html: str, url: str = "https://shop.example/p/") -> set[str]:
    return {each.code for each in judge_page(list(look(html, url).values()))}


def test_a_copy_of_a_bank_is_named_with_what_tells() -> None:
    html = f"<title>湖畔银行 - 安全验证</title>{ASKS.format(to='https://collect.example/x.php')}"

    found = look(html)

    assert {"page.brand", "form.card", "form.cvv", "form.code", "form.target"} <= found.keys()
    assert found["form.card"].place.selector.endswith("input:nth-child(2)")
    assert accuse(html) == {"FR-PHISH"}


def test_the_bank_itself_is_not() -> None:
    html = f"<title>湖畔银行 - 网上银行</title>{ASKS.format(to='/login')}"

    assert accuse(html, "https://ebank.lakesidebank.example/") == set()


def test_a_bank_that_no_list_knows_is_named_by_all_it_asks_for() -> None:
    html = f"<title>Harbour Savings Bank</title>{ASKS.format(to='/x')}"

    assert accuse(html, "http://198.51.100.7/") == {"FR-PHISH"}


@pytest.mark.parametrize(
    "html",
    [
        "<title>结算</title><form><input autocomplete=cc-number><input autocomplete=cc-csc></form>",
        "<title>登录</title><form><input name=user><input type=password><input name=captcha placeholder=图形验证码></form>",
        "<title>银行业新闻</title><p>湖畔银行发布年报</p><form><input type=search name=q></form>",
        "<title>下载</title><a href=/editor.exe>下载编辑器</a>",
    ],
    ids=["checkout", "login", "news", "download"],
)
def test_what_lawful_pages_do_names_nothing(html: str) -> None:
    assert accuse(html) == set()


def test_an_app_that_wants_protection_off_is_named() -> None:
    html = "<title>App</title><p>安装前请关闭杀毒软件，并允许未知来源</p><a href='/x.apk'>下载</a>"

    assert {"page.download", "page.unguarded"} <= look(html).keys()
    assert accuse(html) == {"MW-APP"}


def test_hiding_kits_and_licences_are_seen() -> None:
    html = (
        "<meta http-equiv=refresh content='0;url=https://other.example/'>"
        "<body oncontextmenu='return false'><script>eval(atob('eA=='));if(e.keyCode==123){}</script>"
        "<form action='/step_otp.php'><input></form><p>京ICP备12345678号-1 沪ICP备87654321号</p>"
    )

    found = look(html)

    assert {
        "page.rightclick", "page.keys", "page.coded", "page.kit", "page.leads", "page.licence",
        "page.licence.several",
    } <= found.keys()  # fmt: skip
    assert look("<p>京ICP备12345678号</p>", "http://198.51.100.7/").keys() == {"page.licence.bare"}
