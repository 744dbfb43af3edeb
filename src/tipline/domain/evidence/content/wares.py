"""What a listing offers, told by its words: a rule a class, for the offences of this hotline alone.

A rule names a listing for a person to look at; its confidence is fixed, nothing measured it. What is
offered counts only where it is offered: with a price, a contact or a word of selling. A word that
makes it something lawful (a toy, a book, a holder for cards) takes it back.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from tipline.domain.triage.offence.rules import CONFIDENCE, find_rules
from tipline.domain.triage.opinion import Ground, Guess

WARES_VERSION = "2026.1"

# code | what is offered | what makes it something else
_TABLE = r"""
IL-WEAPON | (?<![打充吹空])气枪|气步枪|手枪|猎枪|步枪|仿真枪|枪支|枪管|枪机|子弹|铅弹|弹药|雷管|炸药|手雷|弓弩|十字弩|弩箭|军刺|甩棍|电击棍|管制刀具|弹簧刀 | (?<!非)(?<!不是)玩具|水枪|模型|海报|手办|贴纸|钥匙扣|游戏|皮肤|小说|图书|电影|头(?=手雷)|子弹头?(?:火锅|短信|笔记|杯|口红)|子弹(?:列车|壶|时间)|饰品|挂件|积木
IL-WEAPON | \b(?:firearms?|pistols?|handguns?|rifles?|shotguns?|revolvers?|glocks?|ak-?47|ar-?15|ammo|ammunition|silencers?|suppressors?|grenades?|detonators?|explosives?|switchblades?|stun guns?|crossbows?)\b | (?<!not a )(?<!no )\btoys?\b|\bnerf|water (?:gun|pistol)|\blego|poster|\bbooks?\b|\bdvd\b|\bgames?\b|\bskins?\b|costume|exhaust|muffler|keychain|sticker|surge|noise|cufflinks?
IL-DRUG | 冰毒|海洛因|大麻|摇头丸|K粉|麻古|麻黄碱|氯胺酮|可卡因|笑气|迷药|听话水|蒙汗药|迷情水 | 大麻[籽布]|亚麻|火麻|汉麻|检测|试纸|试剂|禁毒|图书|小说|展板|宣传
IL-DRUG | \b(?:meth|methamphetamine|heroin|cocaine|mdma|ecstasy|ketamine|lsd|cannabis|marijuana|weed|hashish|fentanyl|oxycodone|oxycontin|xanax|alprazolam|amphetamine|psilocybin|ghb)\b | weed (?:killer|wacker|trimmer|barrier|puller|control|mat)|weed-|drug test|test (?:strip|kit)|\bbooks?\b|\bdvd\b|poster|novel|t-?shirt
IL-PORN | 招嫖|外围(?:女|妹|模特)|包夜|裸聊|(?:成人|黄色|淫秽|无码|情色)(?:视频|影片|电影|资源|网盘)|上门.{0,6}(?:小姐|妹子|特殊服务)|全套(?:特殊|莞式)服务 | 家政|防裸聊|反诈
IL-PORN | \bescorts?\b(?= service|s? girl)|\b(?:porn|xxx)\b.{0,20}(?:account|collection|pack|videos?|membership)|nude (?:chat|cams?|video calls?)|adult video (?:pack|collection)|(?:call girls?|full.service massage) | ford|blocker|filter|security
IL-GAMBLE | 百家乐|六合彩|博彩|真人荷官|时时彩|网络赌场|赌球|外围盘口|赌博机|老虎机 | 桌游|纪念|反赌|图书
IL-GAMBLE | \b(?:online casino|baccarat|sportsbook|betting)\b.{0,30}(?:agents?|accounts?|source code|deposit|bonus|script) | board game|\bbooks?\b
IL-DOC | 假证|假(?:身份证|驾照|驾驶证|毕业证|学历|文凭|护照|公章|发票)|(?:代办|办理|制作|定做)(?:各类)?(?:身份证|驾驶证|毕业证|学位证|学历证|资格证)|代开(?:各类|增值税)?发票|私刻公章|高仿证 | 复印|证件套|卡套|相框|防伪
IL-DOC | \b(?:fake|forged|counterfeit|novelty|replica)\b.{0,15}\b(?:ids?|passports?|diplomas?|driver'?s? licen[cs]es?|certificates?|invoices?|degrees?|id cards?|documents)\b | detector|scanner|toy|\bkids?\b
IL-FAKEMONEY | 假币|假钞|高仿人民币|A货人民币|仿真(?:人民币|钞票) | 验钞|点钞|识别|鉴别|教学|练功|冥币
IL-FAKEMONEY | \b(?:counterfeit|fake|forged)\b.{0,12}\b(?:money|bills?|notes?|banknotes?|currency|usd|euros?|dollars?)\b | detect|\bpens?\b(?! test)|board game|play money
DT-PII | (?:公民|个人|户籍|开房|身份证|车主|业主|股民|老人|学生|客户|快递).{0,4}(?:信息|记录|数据|资料|面单)|社工库|手持身份证|通话记录 | 管理|软件|系统|档案|文件(?:夹|袋|盒)|登记[本簿册]|资料册|收纳|打码|保密印章|涂抹
DT-PII | \bfullz\b|\bssns?\b|leaked (?:data|database|records)|(?:personal|customer|citizen|patient) (?:data|database|records|info(?:rmation)?)\b|email:pass|combo ?lists?|\bdox(?:x?ing)?\b | \bcrm\b|software|binder|notebook|folder|template|organi[sz]er|shredder|protect
DT-CARD | 银行卡(?=.{0,12}(?:四件套|网银|U盾|u盾|实名|出租|可查|绑手机|现货))|(?:银行|身份证|网银|U盾).{0,8}[四八]件套|对公账户|支付宝(?:账号|号)(?=.{0,8}(?:实名|出售|出租))|信用卡(?:数据|内料)|CVV.{0,4}料 | 卡套|卡包|保护套|卡贴|卡夹|被套|床上|纯棉|收纳
DT-CARD | \bcvv2?\b|\bdumps\b|cloned cards?|stolen cards?|credit card (?:numbers?|data|details|dumps)|\bbank (?:logs?|drops?)\b|(?:verified|aged|hacked) (?:paypal|bank|venmo|cashapp) accounts? | holder|wallet|sleeve|\bcases?\b|reader|terminal|keychain
DT-SIM | (?:实名|免实名|不记名|已激活|匿名).{0,6}(?:手机卡|电话卡|流量卡|SIM卡|卡)(?![针槽套包托])|(?:手机卡|电话卡).{0,8}(?:免实名|不用实名|非实名|不记名|代实名) | 卡针|卡槽|卡套|卡托|收藏|纪念
DT-SIM | \b(?:pre-?registered|pre-?activated|anonymous|no.id|unregistered)\b.{0,15}\bsims?\b | ejector|tray|adapter|holder
DT-CASH | 跑分(?:平台|项目|兼职|车队|码商|佣金|押金)|(?:花呗|白条|信用卡|微粒贷).{0,6}套现|洗钱|收款码.{0,6}(?:出租|日租|租用)|代收代付通道|水房 | 图书|培训|反洗钱
DT-CASH | \b(?:cash.?out service|money (?:mules?|laundering)|launder(?:ing)? (?:money|funds)|bitcoin mixer)\b | \bbooks?\b|\banti\b|course|compliance
MW-HACK | (?<!摇摇)(?<!旋转)(?<!防)木马(?!摇|玩具|椅)|远控|盗号|撞库|免杀|勒索软件|嗅探设备|钓鱼(?:源码|网站源码)|黑客(?:接单|服务|工具)|攻击器|DDoS | 杀毒|防护|图书|教材|书籍|儿童|宝宝|摇马|防御
MW-HACK | \b(?:ransomware|botnet|ddos|infostealer|stealer logs?|keylogger|exploit kit|0.?day|crypter|phishing (?:kit|page)s?|rootkit|webshell|remote access trojan)\b | antivirus|anti-|protection|\bbooks?\b|defen[cs]e|mitigation|course
FR-BRUSH | 刷单|刷信誉|刷钻|刷好评|刷销量 | 防刷单|反刷单
"""
_SELLS = re.compile(
    r"出售|有售|求购|现货|批发|包邮|发货|货到付款|联系|咨询|加(?:微|V|v|q|Q|我)|微信|电报|接单|下单|购买|代理"
    r"|\b(?:sell|for sale|ship|order|contact|buy|in stock|price|wholesale|telegram|whatsapp|escrow|dm)",
    re.IGNORECASE,
)
# Who forbids or warns does not offer; the whole sentence is left aside, unless it names a price.
_FORBIDS = re.compile(
    r"禁止|严禁|不得|请勿|切勿|谨防|警惕|防范|举报|打击|违禁|prohibited|forbidden|not allowed|not permitted|do not (?:sell|list|buy)|beware|report (?:any|illegal)|we (?:ban|remove)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n。！？!?;；]+")
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z])[ \t\u3000*·._\-|/\\+~`'^•★☆]{1,2}(?=[\u4e00-\u9fff])"
)


class _Ware(Struct, frozen=True):
    code: str
    offered: re.Pattern[str]
    lawful: re.Pattern[str]


def _read_row(row: str) -> _Ware:
    code, offered, lawful = row.split(" | ")
    return _Ware(
        code, re.compile(offered, re.IGNORECASE), re.compile(lawful.strip(), re.IGNORECASE)
    )


_WARES: tuple[_Ware, ...] = tuple(map(_read_row, _TABLE.strip().splitlines()))


def find_wares(text: str, *, has_price: bool, has_contact: bool) -> tuple[Guess, ...]:
    """Name the offences of which a listing's words tell, each with the places that say so."""
    heard = _leave_aside(text)
    squeezed, places = _squeeze(heard)
    found: dict[str, list[Ground]] = {}
    if has_price or has_contact or _SELLS.search(heard):
        for code, start, end in _list_offered(squeezed):
            ground = Ground("item.ware", {}, places[start], places[end - 1] + 1)
            found.setdefault(code, []).append(ground)
    for guess in find_rules(heard):
        if guess.code in _RULED:
            found.setdefault(guess.code, []).extend(guess.reasons)
    return tuple(Guess(code, CONFIDENCE, tuple(grounds)) for code, grounds in found.items())


# Rules of triage that hear an offer; the others hear what a victim tells.
_RULED = frozenset({each.code for each in _WARES} | {"FR-LOAN", "MW-APP"})


def _list_offered(text: str) -> Iterator[tuple[str, int, int]]:
    for ware in _WARES:
        match = ware.offered.search(text)
        if match and not ware.lawful.search(text):
            yield ware.code, match.start(), match.end()


def _leave_aside(text: str) -> str:
    """Blank the sentences that forbid or warn, so that all places stay the same."""
    if not _FORBIDS.search(text):
        return text
    return _SENTENCE.sub(
        lambda match: " " * len(match[0]) if _is_warning(match[0]) else match[0], text
    )


def _is_warning(sentence: str) -> bool:
    return bool(_FORBIDS.search(sentence)) and not any(each in sentence for each in "¥￥$€元")


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Close the gaps that are put between letters so that no machine reads them."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in (*_GAP.finditer(text), None):
        end = match.start() if match else len(text)
        parts.append(text[at:end])
        places.extend(range(at, end))
        at = match.end() if match else len(text)
    return "".join(parts), places
