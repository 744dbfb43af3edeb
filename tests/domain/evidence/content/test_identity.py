from hypothesis import given, strategies as st

from tipline.domain.evidence.content.identity import identify, is_alike, normalise

TEXT = "九成新 山地自行车 26寸 禧玛诺变速 送头盔 自提 价格可谈"


@given(st.text(max_size=300), st.text(alphabet=" \n\t\u3000·*", max_size=5))
def test_spaces_and_marks_take_no_part(text: str, gap: str) -> None:
    one = identify(text=text, contacts=[], price="")
    other = identify(text=gap + text + gap, contacts=[], price="")

    assert one == other


@given(st.lists(st.sampled_from(["qq:123456", "wechat:abcdef", "email:a@example.com"])))
def test_the_order_of_contacts_takes_no_part(contacts: list[str]) -> None:
    one = identify(text=TEXT, contacts=contacts, price="CNY 5")

    assert one == identify(text=TEXT, contacts=reversed(contacts), price="CNY 5")


def test_what_changes_by_itself_takes_no_part() -> None:
    one = identify(text=f"{TEXT} 浏览 15 次 3小时前 2026-01-05", contacts=[], price="")
    other = identify(text=f"{TEXT} 浏览 1,208 次 2天前 2026-02-11", contacts=[], price="")

    assert one.id == other.id
    assert normalise("12 views, 3 hours ago") == ""


def test_another_price_or_contact_is_another_item() -> None:
    base = identify(text=TEXT, contacts=["qq:123456"], price="CNY 300")

    assert identify(text=TEXT, contacts=["qq:123456"], price="CNY 301").id != base.id
    assert identify(text=TEXT, contacts=["qq:654321"], price="CNY 300").id != base.id


def test_near_copies_are_alike_and_others_are_not() -> None:
    base = identify(text=TEXT * 2, contacts=["qq:123456"], price="", images=["00ff00ff00ff00ff"])
    edited = identify(text=TEXT * 2 + "急", contacts=[], price="")
    other = identify(text="全新电饭煲 三升 保修一年 可开发票", contacts=["qq:1"], price="")
    same_seller = identify(
        text="换个说法", contacts=["qq:123456"], price="", images=["00ff00ff00ff00fe"]
    )

    assert is_alike(base, edited)
    assert not is_alike(base, other)
    assert is_alike(base, same_seller)


def test_pictures_tell_apart_where_words_hardly_do() -> None:
    one = identify(text="现货", contacts=[], price="", images=["00ff00ff00ff00ff"])
    other = identify(text="现货", contacts=[], price="", images=["ff00ff00ff00ff00"])

    assert one.id != other.id
