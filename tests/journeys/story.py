"""What the people of the journey write, in both languages; every number belongs to nobody."""

from dataclasses import dataclass

from tests.journeys.browsing import Language


@dataclass(frozen=True, kw_only=True)
class Story:
    """One matter as reporter and officer put it in their language."""

    text: str
    subjects: tuple[tuple[str, str], ...]
    amount: str
    paid_from: str
    paid_to: str
    name: str
    question: str
    answer: str
    explained: str
    note: str
    came_by: str = "chat"
    region: str = "310000"
    email: str = "reporter@example.com"


STORIES: dict[Language, Story] = {
    "en": Story(
        text="A “customer service” agent wrote to me about a refund for a parcel.\n"
        "I was to enter my card at http://refund-parcel.example/pay and read out the code.\n"
        "Two minutes later 3,600 yuan were gone.",
        subjects=(
            ("link", "http://refund-parcel.example/pay"),
            ("phone", "+1 202-555-0143"),
            ("account", "QQ 10000"),
        ),
        amount="3,600",
        paid_from="my savings card",
        paid_to="card that ends in 0000",
        name="A. Reader",
        question="Which day did the agent write first, and do you have the chat?",
        answer="On Monday morning. The chat is attached.",
        explained="The page is closed, and the bank was told about the card.",
        note="Same page as in the reports of last week.",
    ),
    "zh-hans": Story(
        text="有人冒充快递客服，说要给我退款。\n"
        "对方让我在 http://refund-parcel.example/pay 填写银行卡并报出验证码。\n"
        "两分钟后卡里的3600元就被转走了。",
        subjects=(
            ("link", "http://refund-parcel.example/pay"),
            ("phone", "+1 202-555-0143"),
            ("account", "QQ 10000"),
        ),
        amount="3600",
        paid_from="我的储蓄卡",
        paid_to="尾号0000的银行卡",
        name="读者甲",
        question="对方第一次联系您是哪一天？聊天记录还在吗？",
        answer="星期一上午。聊天记录见附件。",
        explained="该网页已关闭，并已通知银行处理该卡。",
        note="与上周几份举报是同一网页。",
    ),
}
