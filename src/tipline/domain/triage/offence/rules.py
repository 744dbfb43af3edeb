"""Rules that suggest an offence by its words, with the span that says it: for what no text taught.

A rule suggests, with a fixed confidence that nothing measured; it never says that there is none.
Each is a row: code, words that must stand in the text for the rule to be tried at all, pattern. All
patterns have bounded gaps, so a text of any length costs time in proportion to it. No rule is about
what anybody says, believes or thinks of anything.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from tipline.domain.triage.opinion import Ground, Guess

RULES_VERSION = "2026.1"
CONFIDENCE = 0.6


class Rule(Struct, frozen=True):
    """One rule: ``cues`` are lower-case words one of which stands in every text that matches."""

    code: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str]


# code | cues | pattern
_TABLE = r"""
FR-BRUSH | 刷单,刷信誉,做任务,点赞,关注公众号 | 刷单.{0,30}(?:返利|返佣|佣金|返现|提现|垫付|赚钱|兼职)|(?:兼职|佣金|返利).{0,30}(?:刷单|刷信誉)|(?:做任务|点赞|关注公众号).{0,30}(?:返佣|返利|佣金|垫付|无法提现|不能提现)
FR-BRUSH | commission,prepaid task,task rebate | (?:tasks?|orders?|likes?|ratings?).{0,40}(?:earn|get|paid).{0,20}commission.{0,60}(?:top up|deposit|recharge|prepay|withdraw)
FR-IMP-GOV | 公安,检察院,法院,警官,民警,通缉,涉嫌,安全账户 | 安全账户|(?:自称|冒充|我是).{0,12}(?:公安|民警|警官|检察院|检察官|法院)|涉嫌.{0,8}(?:洗钱|拐卖|非法集资).{0,40}(?:转账|汇款|账户|配合调查|资金清查|通缉)
FR-IMP-GOV | police,court,irs,customs,safe account | (?:pos(?:ed|ing)|claim(?:ed|ing)|pretend(?:ed|ing)?).{0,20}(?:as|to be|from).{0,20}(?:police|court|prosecutor|customs|tax office|irs)|safe account
FR-IMP-CS | 客服,快递 | (?:自称|冒充|假冒).{0,15}客服|(?:客服|快递).{0,30}(?:理赔|三倍赔偿|取消会员|关闭会员|百万保障)
FR-IMP-CS | customer service,refund department | (?:pos(?:ed|ing)|claim(?:ed|ing)|pretend(?:ed|ing)?).{0,20}(?:as|to be|from).{0,20}(?:customer service|support|refund department)
FR-IMP-ACQ | 冒充,我是你领导,换号了,明天来我办公室 | 冒充.{0,10}(?:领导|老板|老师|亲戚|亲友|朋友|同学|熟人|儿子|女儿)|我是你(?:领导|老板)|明天.{0,6}来我办公室
FR-IMP-ACQ | hi mum,hi mom,hi dad,new number,gift card | hi (?:mum|mom|dad).{0,60}(?:new (?:number|phone)|lost my phone|broke)|(?:your|the) (?:boss|ceo|manager).{0,40}gift cards?
FR-LOAN | 贷款,征信,提额,放款,信用卡 | (?:贷款|放款|借款).{0,40}(?:解冻费|解冻金|保证金|工本费|手续费|验证还款能力|刷流水|会员费)|(?:修复|洗白|消除).{0,6}征信|征信.{0,6}(?:修复|洗白|消除)|代办.{0,6}大额信用卡
FR-LOAN | loan,credit record,credit repair | loan.{0,50}(?:upfront|processing|insurance|unfreez\w+) fee|(?:erase|repair|clean).{0,15}(?:bad )?credit (?:record|history|score)
FR-ROMANCE | 杀猪盘,网恋,相亲,男友,女友,恋爱 | 杀猪盘|(?:网恋|网上认识|相亲|交友软件|婚恋网|网友).{0,60}(?:投资|转账|汇款|借钱|充值|下注|平台)
FR-ROMANCE | tinder,dating,romance,met online,boyfriend,girlfriend,pig butchering | pig.butchering|(?:met|dating|romance|tinder|boyfriend|girlfriend).{0,80}(?:invest|crypto|send(?:ing)? (?:him|her|them)? ?money|wire|gift cards?|visa fee|hospital)
FR-GAME | 游戏,账号,皮肤,代练,代充,装备 | (?:游戏|代练|代充|皮肤|装备|账号).{0,40}(?:拉黑|不发货|找回|被找回|解冻|保证金|骗)
FR-GAME | game account,steam,roblox,fortnite,skins | (?:game account|steam|roblox|fortnite|skins?).{0,60}(?:never (?:got|received|delivered)|took it back|scam|blocked me)
FR-SHOP | 不发货,收到假货,会员费,付款后 | (?:付款|转账|下单|买).{0,30}(?:不发货|没发货|一直不发|拉黑|联系不上)|(?:开通|取消).{0,8}会员.{0,20}(?:扣费|每月扣|年费)
FR-SHOP | never arrived,never delivered,never received,fake shop | (?:paid|bought|ordered).{0,60}never (?:arrived|delivered|received|came)|fake (?:online )?(?:shop|store)
FR-INVEST | 投资,平台,提现,老师,虚拟币,杠杆 | (?:投资|炒股|虚拟币|数字货币|外汇|期货|理财).{0,60}(?:无法提现|不能提现|提不出|提现不了|平台跑路|平台关闭)|(?:老师|导师)带.{0,8}(?:炒股|单|赚)
FR-INVEST | invest,crypto,trading,withdraw | (?:invest\w*|crypto\w*|trading|platform|bitcoin|usdt).{0,80}(?:cannot|can't|could not|couldn't|unable to|won't let me) withdraw
FR-PRIZE | 中奖,领奖,奖品 | (?:中奖|获奖|领奖|奖品|补贴).{0,40}(?:先交|先缴|手续费|保证金|个人所得税|公证费)
FR-PRIZE | lottery,prize,inheritance,winner | (?:lottery|prize|inheritance|winner).{0,60}(?:release|processing|transfer|customs|legal) (?:fee|charge|tax)
IL-WEAPON | 枪,弹,雷管,炸药,弩,军刺 | (?:出售|卖|有售|求购|代购|收购|货到付款|批发|低价).{0,12}(?:气枪|仿真枪|手枪|猎枪|枪支|子弹|铅弹|弹药|雷管|炸药|弓弩|军刺|枪管|枪机)|(?:气枪|仿真枪|手枪|猎枪|枪支|子弹|铅弹|弹药|雷管|炸药|弓弩|军刺|枪管|枪机).{0,12}(?:出售|有售|货到付款|包邮|批发|有货|加(?:微信|qq|我)|图纸)
IL-WEAPON | gun,pistol,rifle,ammo,ammunition,glock,grenade,explosive,silencer | (?:sell(?:ing|s)?|for sale|buy|order|ship(?:ping|s)?|offer(?:ing|s)?).{0,25}\b(?:guns?|pistols?|rifles?|firearms?|ammo|ammunition|glocks?|grenades?|explosives?|silencers?)\b|\b(?:guns?|pistols?|rifles?|firearms?|ammo|ammunition|glocks?|grenades?|explosives?|silencers?)\b.{0,25}(?:for sale|shipped|no (?:licen[cs]e|papers)|untraceable)
DT-SIM | 手机卡,电话卡,流量卡,黑卡,实名卡,gsm卡,注册卡 | (?:出售|收购|收|卖|求购|高价收|出租|长期收|批发|大量).{0,10}(?:实名)?(?:手机卡|电话卡|黑卡|实名卡|注册卡|物联卡)|(?:手机卡|电话卡|黑卡|实名卡|注册卡|物联卡).{0,12}(?:出售|收购|回收|批发|租|免实名|不用实名)
DT-SIM | sim card,sim cards,sims | (?:sell|buy|rent|bulk|pre-?registered|anonymous).{0,25}\bsims?(?: cards?)?\b.{0,40}(?:registered|id|name|verification|anonymous|bulk)?
DT-CASH | 跑分,套现,洗钱,码商,收款码,走账,水房,usdt | 跑分|(?:出租|租用|提供|收).{0,8}(?:收款码|二维码).{0,20}(?:佣金|提成|返点|日赚)|(?:花呗|信用卡|白条|京东白条|微粒贷).{0,8}套现|套现.{0,10}(?:花呗|信用卡|白条|秒到|手续费)|(?:帮|代)(?:人)?(?:走账|洗钱|过账|取现)
DT-CASH | money mule,launder,cash out,cash-out,cashout,bank account,your account,my account | money mules?|launder(?:ing)? money|(?:use|using|lend|rent).{0,15}(?:your|my) (?:bank )?account.{0,40}(?:receive|transfer|commission|percent|%)|cash.?outs? service
DT-CARD | 银行卡,四件套,对公账户,八件套 | (?:收购|出售|高价收|收|卖|出租|租).{0,8}(?:银行卡|四件套|八件套|对公账户|支付宝账号|微信号)|(?:银行卡|四件套|八件套|对公账户).{0,10}(?:出售|收购|出租|回收)
DT-PII | 个人信息,身份证,开房记录,户籍,公民信息,客户资料,股民 | (?:出售|卖|购买|买|收购|倒卖).{0,10}(?:公民)?(?:个人信息|开房记录|户籍信息|身份证信息|通话记录|公民信息|客户资料|车主信息|业主信息|股民(?:资料|信息|数据))
DT-PII | fullz,leaked data,personal data,database | (?:sell(?:ing)?|buy|for sale).{0,25}(?:fullz|personal data|leaked data|customer database|ssn)
IL-DRUG | 冰毒,海洛因,大麻,摇头丸,k粉,麻古,笑气,迷药,听话水 | (?:出售|卖|有售|购买|求购|出|货到付款).{0,10}(?:冰毒|海洛因|大麻|摇头丸|K粉|麻古|笑气|迷药|听话水|蒙汗药)|(?:冰毒|海洛因|大麻|摇头丸|K粉|麻古|笑气|迷药|听话水|蒙汗药).{0,10}(?:出售|有售|货到付款|包邮|有货)
IL-FAKEMONEY | 假币,假钞,高仿人民币 | (?:出售|卖|有售|批发|购买|求购).{0,8}(?:假币|假钞|高仿人民币)|(?:假币|假钞|高仿人民币).{0,10}(?:出售|有售|批发|货到付款|包邮)
IL-FAKEMONEY | counterfeit,fake money,fake bills,fake notes | (?:sell|buy|for sale|order|shipping).{0,25}(?:counterfeit|fake) (?:money|bills?|notes?|banknotes?|currency)|(?:counterfeit|fake) (?:money|bills?|notes?|banknotes?|currency).{0,25}(?:for sale|undetectable|shipping)
MW-APP | apk,安装包,屏幕共享,共享屏幕,远程控制,木马,病毒 | (?:下载|安装|点击|点开).{0,20}(?:\.apk|安装包|木马|病毒)|(?:下载|安装).{0,40}(?:共享屏幕|屏幕共享|远程控制)|(?:共享屏幕|屏幕共享).{0,40}(?:转走|被转|盗刷|转账)
MW-APP | apk,anydesk,teamviewer,remote access | (?:install|download|click|open).{0,25}(?:\.apk\b|anydesk|teamviewer|remote access)
MW-HACK | ddos,黑客,盗号,木马,入侵,破解,撞库 | (?:接单|出售|承接|提供|专业|雇佣).{0,10}(?:DDoS|黑客|盗号|木马|入侵|撞库|远控|勒索)|(?:DDoS|盗号|木马|远控).{0,10}(?:接单|出售|源码|教程|服务)
IL-GAMBLE | 博彩,百家乐,六合彩,菠菜,彩金,赌场,下注,投注 | (?:百家乐|六合彩|博彩|真人荷官|时时彩|澳门赌场).{0,30}(?:注册|送|彩金|下注|投注|充值|网址|代理|输)|(?:首存|首充|注册).{0,10}送.{0,10}(?:彩金|元)
"""


def _read_row(row: str) -> Rule:
    code, cues, pattern = row.split(" | ", 2)
    return Rule(code, tuple(cues.split(",")), re.compile(pattern, re.IGNORECASE | re.DOTALL))


RULES: tuple[Rule, ...] = tuple(_read_row(row) for row in _TABLE.strip().splitlines())
CUES: frozenset[str] = frozenset(cue for rule in RULES for cue in rule.cues)
_OF_CUE = {cue: [n for n, rule in enumerate(RULES) if cue in rule.cues] for cue in CUES}
# Who warns of an offence does not commit it.
_WARNING = re.compile(
    r"谨防|切勿|警惕|防范|凡是.{0,20}都是(?:诈骗|骗)|一律是诈骗|beware of|watch out for|do not fall for",
    re.IGNORECASE,
)


def find_rules(text: str) -> tuple[Guess, ...]:
    """Offences that rules suggest for ``text``, each with the spans that say so."""
    lowered = text.lower()
    tried = sorted({rule for cue in CUES if cue in lowered for rule in _OF_CUE[cue]})
    if not tried or _WARNING.search(text):
        return ()
    found: dict[str, list[Ground]] = {}
    for code, ground in _match([RULES[number] for number in tried], text):
        found.setdefault(code, []).append(ground)
    return tuple(Guess(code, CONFIDENCE, tuple(grounds)) for code, grounds in found.items())


def _match(rules: list[Rule], text: str) -> Iterator[tuple[str, Ground]]:
    for rule in rules:
        match = rule.pattern.search(text)
        if match:
            yield rule.code, Ground("offence.rule", {}, match.start(), match.end())
