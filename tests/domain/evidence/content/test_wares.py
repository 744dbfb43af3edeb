import pytest
from hypothesis import given, strategies as st

from tipline.domain.evidence.content.wares import find_wares
from tipline.domain.triage.offences import OFFENCES


def name(text: str) -> set[str]:
    return {each.code for each in find_wares(text, has_price=True, has_contact=False)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("高压气枪整套 铅弹500发 ¥1800", "IL-WEAPON"),
        ("气 枪 配件 保密发货 ¥300", "IL-WEAPON"),
        ("9mm ammo, 500 rounds, no papers $120", "IL-WEAPON"),
        ("听话水 一瓶见效 ¥400", "IL-DRUG"),
        ("Pure MDMA 5 g stealth shipping $150", "IL-DRUG"),
        ("外围女 包夜 ¥2000", "IL-PORN"),
        ("代办各类毕业证 学位证 ¥900", "IL-DOC"),
        ("counterfeit banknotes, pass the pen test", "IL-FAKEMONEY"),
        ("车主信息 50万条 带手机号 ¥800", "DT-PII"),
        ("Fullz with DOB, 2026 fresh, $30 each", "DT-PII"),
        ("银行卡四件套 带U盾 ¥1500", "DT-CARD"),
        ("CVV fresh, high balance $20", "DT-CARD"),
        ("已实名手机卡 批量 ¥60", "DT-SIM"),
        ("跑分平台招码商 日结", "DT-CASH"),
        ("DDoS 攻击器 包月 ¥500", "MW-HACK"),
        ("手工刷单 真人刷好评 每单¥5", "FR-BRUSH"),
    ],
)
def test_what_is_offered_is_named(text: str, code: str) -> None:
    assert code in name(text)


@pytest.mark.parametrize(
    "text",
    [
        "儿童玩具手枪 软弹 ¥39",
        "汽车打气枪 车载充气泵 ¥89",
        "热熔胶枪 家用 ¥15",
        "纯棉床上四件套 1.8米 ¥199",
        "银行卡套 防消磁 10只 ¥9",
        "旋转木马音乐盒 ¥66",
        "儿童摇摇木马 实木 ¥180",
        "手机卡针 取卡针 ¥2",
        "大麻籽油 护手霜 ¥29",
        "Nerf pistol with darts $12",
        "Weed trimmer, cordless $70",
        "Credit card holder, leather $15",
        "Drug test kit, 5 panel $9",
        "客户资料管理软件 单机版 ¥99",
        "验钞机 识别假币 ¥260",
        "本站禁止出售枪支弹药，违者封号",
        "Selling firearms is prohibited here.",
    ],
)
def test_what_is_lawful_is_not_named(text: str) -> None:
    assert name(text) == set()


def test_a_word_without_an_offer_names_nothing() -> None:
    assert find_wares("昨天看了一部讲手枪历史的片子", has_price=False, has_contact=False) == ()


@given(st.text(max_size=400))
def test_grounds_lie_in_the_text_and_codes_are_ours(text: str) -> None:
    for guess in find_wares(text + " 气·枪 ¥5", has_price=True, has_contact=False):
        assert guess.code in OFFENCES
        for ground in guess.reasons:
            assert 0 <= ground.start < ground.end <= len(text) + 7


def test_the_ground_is_where_the_word_stands_though_it_was_pulled_apart() -> None:
    text = "出 精品 气·枪 ¥900"

    (guess,) = find_wares(text, has_price=True, has_contact=False)

    assert text[guess.reasons[0].start : guess.reasons[0].end] == "气·枪"
