"""One made-up example of each offence in both languages: for officers and documents, never to learn from."""

from collections.abc import Mapping

# code | English | 中文
_TABLE = """
FR-PHISH | Your account is locked. Confirm your password at bank-login.example. | 您的网银已失效，请点击链接重新认证。
FR-BRUSH | I rated shops for commission, then had to deposit more and more to be paid. | 做任务先返小钱，后来要我垫付大额才能提现。
FR-JOB | They hired me at once and asked for a training fee; the firm does not exist. | 应聘后要交培训费、押金，交完就联系不上了。
FR-SHOP | I paid for a phone in an online shop and it never came. | 网上付款买手机，一直不发货，还把我拉黑。
FR-INVEST | The trading platform shows profits but will not let me withdraw. | 投资平台显示盈利，却一直无法提现。
FR-LOAN | They promised a loan and wanted an unfreezing fee first. | 说能放款，先要我交解冻费、保证金。
FR-IMP-GOV | A man posing as a police officer told me to move my money to a safe account. | 自称公安的人说我涉嫌洗钱，要我转到安全账户。
FR-IMP-CS | Someone from customer service offered a refund and asked for the code. | 冒充快递客服说要理赔，让我报验证码。
FR-IMP-ACQ | Hi mum, this is my new number, can you pay a bill for me? | 冒充我领导加微信，让我替他转账。
FR-ROMANCE | We met on a dating app; after weeks he asked me to invest. | 网恋对象带我在平台投资，之后失踪。
FR-GAME | I sold my game account; they took it and did not pay. | 卖游戏账号，对方拿走账号不付款。
FR-PRIZE | You won the lottery; pay the release fee first. | 说我中奖了，要先交手续费才能领。
FR-OTHER | A stranger borrowed my card with a false story and kept the money. | 对方编造理由骗走我的钱。
IL-WEAPON | An advertisement offers pistols by post without papers. | 有人在群里出售气枪，货到付款。
IL-DRUG | An account offers drugs by parcel. | 有账号贩卖毒品，快递发货。
IL-PORN | A site sells pornographic videos by subscription. | 收到招嫖短信，附有联系方式。
IL-GAMBLE | A message invites to an online casino with a bonus. | 短信推广网上赌场，首存送彩金。
IL-DOC | They make diplomas and invoices to order. | 代办各类假证、代开发票。
IL-FAKEMONEY | A seller offers counterfeit notes. | 网上有人批发假币。
DT-PII | Lists of customers with names and numbers are for sale. | 有人倒卖车主、业主个人信息。
DT-CARD | They buy bank cards with their phones and keys. | 高价收购银行卡四件套。
DT-SIM | They buy SIM cards registered to others. | 长期收购实名手机卡。
DT-CASH | Lend your account, receive money, keep a share. | 提供收款码跑分，按流水抽成。
MW-APP | They made me install an app, and then my account was emptied. | 让我下载软件共享屏幕，随后钱被转走。
MW-HACK | A channel rents out a botnet by the hour. | 有人接单攻击网站、出售木马。
"""


def _read_rows() -> Mapping[str, tuple[str, str]]:
    rows = (row.split(" | ") for row in _TABLE.strip().splitlines())
    return {code: (english, chinese) for code, english, chinese in rows}


EXAMPLES = _read_rows()


def give_example(code: str, language: str) -> str:
    """Give the example of an offence in ``language``: Chinese for any ``zh`` tag, else English."""
    english, chinese = EXAMPLES[code]
    return chinese if language.lower().startswith("zh") else english
