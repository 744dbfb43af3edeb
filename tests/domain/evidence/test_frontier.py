"""Pages come near ones first, each once, of one site, within the budget."""

from hypothesis import given, strategies as st

from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.cloaking import Seen, compare
from tipline.domain.evidence.frontier import Frontier, is_download

SITE = "http://shop.example.com/"


def take_all(frontier: Frontier) -> list[str]:
    urls = []
    while turn := frontier.take():
        urls.append(turn.url)
    return urls


def test_only_pages_of_the_site_wait() -> None:
    frontier = Frontier(SITE, Budget())
    frontier.add(
        [
            "/relative",
            "http://www.example.com/a#x",
            "http://www.example.com/a",
            "http://other.example.net/",
            "http://shop.example.com/app.apk",
            "http://shop.example.com/a.css?1",
            "http://shop.example.com/logout",
            "mailto:x@example.com",
        ],
        depth=1,
    )

    assert take_all(frontier) == [SITE, "http://www.example.com/a"]


def test_ports_of_an_address_are_sites_of_their_own() -> None:
    frontier = Frontier("http://127.0.0.1:8080/", Budget())
    frontier.add(["http://127.0.0.1:8081/", "http://127.0.0.1:8080/b"], depth=1)

    assert take_all(frontier)[1:] == ["http://127.0.0.1:8080/b"]


def test_the_depth_ends_the_walk() -> None:
    frontier = Frontier(SITE, Budget(depth=1))
    frontier.add([SITE + "a"], depth=1)
    frontier.add([SITE + "b"], depth=2)

    assert take_all(frontier) == [SITE, SITE + "a"]


def test_where_the_first_page_leads_is_the_site() -> None:
    frontier = Frontier(SITE, Budget())
    frontier.take()
    frontier.adopt("https://moved.example.net/home")
    frontier.add(["https://moved.example.net/home", "https://moved.example.net/x"], depth=1)

    assert take_all(frontier) == ["https://moved.example.net/x"]


@given(st.lists(st.integers(0, 50)), st.integers(1, 20))
def test_each_page_once_and_no_more_than_the_budget(numbers: list[int], pages: int) -> None:
    frontier = Frontier(SITE, Budget(pages=pages))
    frontier.add([f"{SITE}{each}" for each in numbers], depth=1)
    waiting = frontier.waiting
    urls = take_all(frontier)

    assert len(urls) == len(set(urls)) == min(pages, 1 + len(set(numbers))) == waiting


def test_files_are_known_by_their_path() -> None:
    assert is_download("http://a.example/app.APK?x=1")
    assert not is_download("http://a.example/?file=app.apk")


def see(text: str = "商品一 商品二", url: str = SITE, status: int = 200) -> Seen:
    return Seen(SITE, url, status, text)


def test_the_same_page_in_another_layout_is_no_cloaking() -> None:
    assert not compare(see("商品一 商品二 登录"), see("登录\n商品一\n商品二 菜单"))


def test_other_words_another_host_or_no_page_are() -> None:
    assert compare(see("请输入银行卡号和验证码"), see("园艺博客 欢迎 阅读")) == "text"
    assert compare(see(), see(url="http://bad.example.net/")) == "address"
    assert compare(see(), see(status=404)) == "status"
