"""What stands about a number and makes it money, more, less, or something else."""

import re

GAP = "[ \u00a0\u3000]"

# Words for money that follow a number: 五万押金, 二十几万的养老钱.
_MONEY = (
    "本金 押金 定金 积蓄 贷款 保证金 手续费 红包 佣金 额度 尾款 首付 彩礼 欠款 赃款 资金 货款 工资 奖金 房款 车款 赌资 赌债 存款 "
    "会员费 服务费 解冻费 报名费 中介费 培训费 礼金 补偿 赔偿 利息 收入 养老 余额 现金 转账 汇款 钱 起投"
)
# What may follow a number that names no currency, or one named by a word that is also something
# else (块, 毛): the end, a mark, or a word that goes on.
_GOES_ON = (
    "的 了 给 到 被 就 后 还 转 去 都 没 不 也 和 跟 或 以 进 出 在 是 又 才 再 至 左右 上下 现 整 呢 吧 啊 吗 呀 多 余 "
    "来 买 卖 一单 一天 一次 一个 一套 一张 一条 一月 每 起 作 做 让 说 我 他 她 你 骗 借 充 送 提 存 汇 打 付 块"
)
OPEN = re.compile(rf"\Z|[^\w%％‰℃°]|_|(?:{'|'.join((*_GOES_ON.split(), *_MONEY.split()))})")  # noqa: RUF001 - as sent
_MONEY_AFTER = re.compile(rf"的?(?:{'|'.join(_MONEY.split())})")

# Money is told of shortly before: 损失1.7万, 一共转了三千多.
CUE = re.compile(
    r"转(?!发)|骗|损失|付|汇|打款|打过去|款|借|贷|还(?!有|是|没|要|在)|存|充值|充了|充进|首充|输|赢|赚|亏|花|交|给|额|金|价|费|钱|"
    r"共|合计|总计|收(?!藏)|提现|提出|流水|资|投(?!票)|押|罚|赔|欠|取|卖|买|刷了|刷走|涉|返|佣|套现|洗|诈|垫|扣|息|"
    r"赃|退|获利|盈利|成本|彩礼|首付|债|奖|红|元|块|缴|捐|薪|租|到手|到账|[年月天日]\Z|日结|月入|日入|年入|入账|[wWkK]还"
)
# A plain number right after these is money without more words: 被骗38000, 转账5000.
PAID = (
    r"(?:转账|转了|转走|转出|转给他|转给她|转给我|转给对方|骗了|骗了我|骗走|骗走我|被骗|骗取|损失|汇款|汇了|打款|打了款|充值|"
    r"充了|付了|付款|支付了|垫付|垫了|交了|借了|贷了|亏了|输了|花了|赔了|扣了|扣款|返了|返现|提现|返还|充值了|转账了|汇款了|扣款了|提现了)"
    r"(?:约|近|共|大约)?[:： ]?"
)
# Counts that stand after such a word as well.
COUNTED = re.compile(
    r"(?:粉丝|阅读|播放|浏览|访问|点赞|关注|下载|销量?|人口|面积|里程|步数|字数|观看)\w{0,3}\Z|前\Z"
)
_BEFORE_ENDS = frozenset("约概多近超过出逾达少于上好tdyx.~rneTDYXRNE")
ABOUT_BEFORE = re.compile(
    r"(?:约|大概|差不多|近|接近|about|around|nearly|almost|approx\.?|roughly|~)\s?\Z", re.IGNORECASE
)
LEAST_BEFORE = re.compile(
    r"(?:超|超过|超出|逾|高达|多达|至少|不低于|不少于|上|过|好|over|more than|at least|above)\s?\Z",
    re.IGNORECASE,
)
ABOUT_AFTER = re.compile(r"左右|上下|or so")
LEAST_AFTER = re.compile(r"以上|有余|不止|多|余|[+＋](?![0-9])|起|or more")  # noqa: RUF001 - as sent
_COIN_ENDS = {"毛": re.compile(r"\Z|[^\w]|[钱一的每]"), "角": re.compile("钱")}
_PIECES = re.compile("[屏地砖板表玻电糖石肉木布骨牌腹手田显硬豆面毛巧蛋饼香手墓匾奖]")
RANGE = re.compile(r"\s?(?:—{1,2}|[-~～–至到]|to)\s?")
_STOP = re.compile(r"[，。；！？,;!?\n]")
_LETTERS = frozenset("wWkKｗＷｋＫ")  # noqa: RUF001 - as sent
_LOOK_BACK = 12


def read_before(text: str, place: int) -> str:
    """What stands before ``place`` in the same clause, a dozen characters at most."""
    return _STOP.split(text[max(0, place - _LOOK_BACK) : place])[-1]


def may_end(text: str, place: int) -> bool:
    """Tell whether a number of money may end at ``place``."""
    return bool(OPEN.match(text, place))


def read_about(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the words about an amount say that it is at least so much, and about so much."""
    before = text[max(0, start - _LOOK_BACK) : start].rstrip()
    is_told = before[-1:] in _BEFORE_ENDS
    return (
        bool((is_told and LEAST_BEFORE.search(before)) or LEAST_AFTER.match(text, end)),
        bool((is_told and ABOUT_BEFORE.search(before)) or ABOUT_AFTER.match(text, end)),
    )


def ends_coins(text: str, place: int, coin: str) -> bool:
    """Tell whether 毛 or 角 before ``place`` is a coin and no other word (羽毛, 三角形, 一毛不拔)."""
    return bool(_COIN_ENDS[coin].match(text, place))


def ends_pieces(text: str, place: int, *, is_sure: bool) -> bool:
    """Tell whether 块 before ``place`` is money and no piece of something (两块电池, 八块腹肌)."""
    return not _PIECES.match(text, place) if is_sure else may_end(text, place)


def tells_of_money(text: str, start: int, end: int) -> bool:
    """Tell whether a number at ``start``..``end`` that names no currency is money all the same."""
    if not may_end(text, end):
        return False
    before = read_before(text, start)
    if COUNTED.search(before):
        return False
    is_told = CUE.search(before) or _MONEY_AFTER.match(text, end)
    return bool(is_told) or _stands_alone(before, text[start:end], text[end : end + 1])


def _stands_alone(before: str, run: str, after: str) -> bool:
    # "1.7万，" as a sentence of its own; a letter as its scale (5k) may be anything.
    head = LEAST_BEFORE.sub("", ABOUT_BEFORE.sub("", before))
    return not (head[-1:].isalnum() or after.isalnum() or _LETTERS & set(run))
