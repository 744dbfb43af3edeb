"""Items of pages as sites write them: cards, rows, lists, headings with their paragraphs."""

import pytest

from tipline.adapters.pages import LexborReader
from tipline.domain.evidence.content.items import Seen, make_items

CARD = "<div class='c{n}'><a href='/i/{n}'><img src='/p/{n}.png'></a><h3>{name}</h3><ul><li>包邮</li><li>自提</li></ul><b>¥{n}</b></div>"


def read(html: str, **told: object) -> list[str]:
    tree = LexborReader().read(html)
    return [each.excerpt for each in make_items(Seen(number=1, url="http://x.example/", tree=tree))]


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<div><h3>商品{n} 说明</h3><span>¥{n}</span></div>" for n in range(1, 7)),
        "<table><tbody>" + "".join(f"<tr><td>商品{n} 说明</td><td>¥{n}</td></tr>" for n in range(1, 7)) + "</tbody></table>",
        "<ul>" + "".join(f"<li>商品{n} 说明 {n} 元</li>" for n in range(1, 7)) + "</ul>",
        "<dl>" + "".join(f"<dt>商品{n} 说明</dt><dd>¥{n}</dd>" for n in range(1, 7)) + "</dl>",
        "<div>" + "".join(f"<h3>商品{n} 说明</h3><p>¥{n}</p><p>自提</p>" for n in range(1, 7)) + "</div>",
        "<main>" + "".join("<section><h2>区</h2><div>" + "".join(f"<div><p>商品{n} 说明</p><b>¥{n}</b></div>" for n in row) + "</div></section>" for row in ((1, 2, 3), (4, 5, 6))) + "</main>",
    ],
    ids=["cards", "table", "list", "terms", "headings", "sections"],
)  # fmt: skip
def test_each_listing_is_one_item(html: str) -> None:
    *items, page = read(f"<body><nav><a>首页</a><a>关于我们</a></nav>{html}<p>页脚</p></body>")

    assert len(items) == 6
    assert all(f"商品{n}" in each for n, each in enumerate(items, 1))
    assert "商品" not in page
    assert "页脚" in page


def test_a_list_within_a_card_does_not_break_it_up() -> None:
    html = "".join(CARD.format(n=n, name=f"台灯{n}号") for n in range(1, 5))

    *items, _ = read(f"<main>{html}</main>")

    assert len(items) == 4


def test_places_contacts_and_links_are_told() -> None:
    html = "<ul>" + "".join(
        f"<li><a href='/i/{n}'>货{n}</a> ¥{n} 微信：abc_def{n}</li>" for n in range(1, 4)
    )
    tree = LexborReader().read(f"<body>{html}</ul></body>")
    path = "html>body:nth-child(2)>ul:nth-child(1)>li:nth-child(2)"
    seen = Seen(number=7, url="http://x.example/l/", tree=tree, boxes={path: (1, 2, 3, 4)})

    item = make_items(seen)[1]

    assert item.place.page == 7
    assert item.place.selector == path
    assert item.place.box == (1, 2, 3, 4)
    assert tree.text[item.place.start : item.place.end].startswith("货2")
    assert item.identity.price == "CNY 2"
    assert item.identity.contacts == ("wechat:abc_def2",)
    assert item.links == ("http://x.example/i/2",)


def test_an_item_keeps_its_name_on_another_page_and_in_another_dress() -> None:
    one = LexborReader().read(
        "<ul>" + "".join(f"<li>高压锅 {n} 型 ¥{n}00</li>" for n in range(1, 4))
    )
    other = LexborReader().read(
        "<body><h1>换了地方</h1><div>"
        + "".join(f"<div><p>高压锅 {n} 型</p><b>¥{n}00</b></div>" for n in range(1, 4))
    )

    before = {
        each.id for each in make_items(Seen(number=1, url="http://a.example/", tree=one))[:-1]
    }
    after = {
        each.id for each in make_items(Seen(number=1, url="http://b.example/", tree=other))[:-1]
    }

    assert before == after
