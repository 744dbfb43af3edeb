"""The offences that this hotline handles: strictly these 25, in both languages.

Nothing here is about speech, belief or politics, and no rule or class may ever be. A text model may
name an offence only where real texts of it were there to learn from.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

Training = Literal["real", "weak", "none"]  # weak: few templates, or labelled by a rule


class Offence(Struct, frozen=True, kw_only=True):
    """One offence; ``priority`` 1 (later) to 5 (first), ``articles`` of China's Criminal Law."""

    code: str
    english: str
    chinese: str
    definition_en: str
    definition_zh: str
    priority: int
    training: Training
    articles: tuple[str, ...]

    @property
    def model_may_name(self) -> bool:
        """Tell whether a text model may propose this; else only rules and people may."""
        return self.training != "none"

    def name(self, language: str) -> str:
        """Name in ``language``: Chinese for any ``zh`` tag, else English."""
        return self.chinese if language.lower().startswith("zh") else self.english

    def define(self, language: str) -> str:
        """Definition in ``language``: Chinese for any ``zh`` tag, else English."""
        return self.definition_zh if language.lower().startswith("zh") else self.definition_en


# code | priority | training | articles | English | 中文 | definition | 定义
_TABLE = """
FR-PHISH | 4 | real | 266, 285 | phishing | 钓鱼网站、钓鱼短信 | Imitates a bank, shop or authority by site, message or mail to obtain passwords, codes or card numbers. | 以网站、短信、邮件仿冒银行、商家、机构，骗取密码、验证码、卡号。
FR-BRUSH | 4 | weak | 266 | part-time brushing, task rebate | 刷单返利 | Promises pay for fake orders or small tasks and makes the victim advance ever larger sums. | 以刷单、做任务返佣金为名，诱使受害人不断垫付资金。
FR-JOB | 3 | real | 266 | fake recruitment | 虚假招聘 | Offers a job that does not exist in order to take fees, papers or deposits. | 以虚假岗位骗取报名费、押金或证件资料。
FR-SHOP | 3 | none | 266 | fake shopping, shop-membership service | 虚假购物、网店会员 | Sells goods or services online that are never delivered, or a membership that must be cancelled for money. | 网上销售不存在的商品、服务，或以开通、取消会员为名骗钱。
FR-INVEST | 5 | real | 266, 192 | fake investment | 虚假投资理财 | Lures into invented trading platforms, shares, coins or funds from which money cannot be withdrawn. | 以虚构的投资平台、股票、虚拟币、基金诱骗入金，无法提现。
FR-LOAN | 3 | none | 266 | loan, card and credit-repair fraud | 虚假贷款、代办信用卡、征信修复 | Promises a loan, credit card or a clean credit record and takes fees or deposits first. | 以办贷款、信用卡、修复征信为名，先收手续费、保证金。
FR-IMP-GOV | 5 | none | 266, 279 | posing as police, court or government | 冒充公检法及政府机关 | Poses as police, prosecutor, court or another authority and demands transfers or data. | 冒充公安、检察院、法院或其他机关，要求转账或提供信息。
FR-IMP-CS | 4 | weak | 266 | posing as customer service | 冒充电商物流客服 | Poses as a shop, courier, airline or bank service and offers refunds or threatens fees. | 冒充电商、快递、航空、银行客服，以退款、退改签、扣费为由行骗。
FR-IMP-ACQ | 4 | weak | 266 | posing as boss or acquaintance | 冒充领导、熟人 | Poses as a superior, relative or friend and asks for money. | 冒充领导、亲友，要求汇款或代付。
FR-ROMANCE | 4 | none | 266 | romance fraud | 婚恋交友诈骗、杀猪盘 | Builds up a love affair or friendship online in order to take money. | 网上建立恋爱、交友关系后骗取钱财。
FR-GAME | 2 | none | 266 | game account and item fraud | 网游虚假交易 | Sells or buys game accounts, items or top-ups and does not deliver or pay. | 以买卖游戏账号、装备、代充为名骗钱。
FR-PRIZE | 3 | weak | 266 | prize and advance-fee fraud | 中奖、预付费诈骗 | Announces a prize, inheritance or subsidy and demands a payment before it. | 谎称中奖、继承、补贴，要求先交费用。
FR-OTHER | 3 | real | 266 | other fraud | 其他诈骗 | Deceives in order to obtain money or property in another way. | 以其他虚构事实、隐瞒真相的方式骗取财物。
IL-WEAPON | 5 | none | 125, 128 | firearms, ammunition, controlled weapons | 枪支弹药、管制器具 | Offers or seeks firearms, ammunition, explosives or controlled weapons. | 买卖枪支、弹药、爆炸物、管制器具。
IL-DRUG | 5 | real | 347, 348 | drugs | 毒品 | Offers or seeks drugs or what they are made from. | 买卖毒品或制毒物品。
IL-PORN | 3 | real | 358, 363, 364 | pornography, prostitution ads | 淫秽色情、招嫖 | Spreads pornography for gain or advertises prostitution. | 传播淫秽物品牟利，发布招嫖信息。
IL-GAMBLE | 4 | real | 303 | online gambling | 网络赌博 | Runs, advertises or serves gambling online. | 开设、推广网络赌场或为其提供服务。
IL-DOC | 3 | real | 280, 209 | fake IDs, certificates, invoices | 假证、假票 | Makes or sells forged identity papers, certificates, seals or invoices. | 制作、贩卖假证件、假证书、假印章、假发票。
IL-FAKEMONEY | 4 | weak | 170, 171 | counterfeit money | 假币 | Makes or sells counterfeit money. | 制造、贩卖假币。
DT-PII | 4 | real | 253-1 | trade in personal information | 公民个人信息买卖 | Sells or buys personal data of others. | 买卖公民个人信息。
DT-CARD | 4 | real | 177-1, 196 | trade in bank cards and accounts | 银行卡、支付账户买卖 | Sells, rents or buys bank cards, payment accounts or stolen card data. | 买卖、出租银行卡、支付账户或盗取的卡信息。
DT-SIM | 4 | none | 287-2 | trade in SIM cards | 手机卡买卖 | Sells, rents or buys SIM cards or lines under other people's names. | 买卖、出租非本人手机卡、线路。
DT-CASH | 4 | none | 191, 312 | cash-out, laundering | 套现、跑分洗钱 | Moves the proceeds of crime for others through cards, codes, coins or sham purchases. | 用银行卡、收款码、虚拟币、虚假交易为他人转移违法所得。
MW-APP | 4 | weak | 285, 286 | trojan in a download or app | 木马软件、APP | Spreads an app, file or link that takes over a device or steals from it. | 传播控制手机电脑或窃取信息的应用、文件、链接。
MW-HACK | 4 | real | 285, 286 | hacking tools and services | 黑客工具与服务 | Offers malware, botnets, break-ins, attacks or the tools for them. | 提供恶意程序、僵尸网络、入侵、攻击服务或工具。
"""


def _read_row(row: str) -> Offence:
    code, priority, training, articles, english, chinese, definition, meaning = row.split(" | ")
    return Offence(
        code=code,
        english=english,
        chinese=chinese,
        definition_en=definition,
        definition_zh=meaning,
        priority=int(priority),
        training=_TRAINING[training],
        articles=tuple(articles.split(", ")),
    )


_TRAINING: Mapping[str, Training] = {"real": "real", "weak": "weak", "none": "none"}
OFFENCES: Mapping[str, Offence] = {
    offence.code: offence for offence in map(_read_row, _TABLE.strip().splitlines())
}


def list_codes() -> Iterator[str]:
    """Codes of all offences, in their order."""
    return iter(OFFENCES)


def check_known(codes: Iterable[str]) -> None:
    """Refuse codes that are no offence of this hotline.

    Raises:
        OffenceUnknown: one of them is not.

    """
    for code in codes:
        if code not in OFFENCES:
            raise OffenceUnknown(code)


class OffenceUnknown(LookupError):
    """No offence of this code is handled here."""
