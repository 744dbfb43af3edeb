"""Brands that swindlers pose as: names in two languages, how they are written, and their own domains.

A row is: English name | Chinese name | tokens | own registered domains | marks. A token is what
stands in a host name; one of Chinese characters is sought anywhere in it. Marks: ``w`` the brand has
domains of its own under most countries' suffixes; ``x`` its token is also an ordinary word or a short
one, which counts only beside a word of luring.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

_ROWS = """
ICBC|工商银行|icbc 95588 工商银行 工行|icbc.com.cn icbc-ltd.com|
China Construction Bank|建设银行|ccb 95533 建设银行 建行|ccb.com ccb.com.cn ccb.cn|x
Agricultural Bank of China|农业银行|abchina 95599 农业银行 农行|abchina.com abchina.com.cn|
Bank of China|中国银行|bankofchina boc 95566 中国银行|boc.cn bankofchina.com|x
Bank of Communications|交通银行|bankcomm 95559 交通银行|bankcomm.com bankcomm.cn 95559.com.cn|
China Merchants Bank|招商银行|cmbchina 95555 招商银行 招行|cmbchina.com|
Postal Savings Bank of China|邮储银行|psbc 95580 邮储银行 邮政储蓄|psbc.com|
China CITIC Bank|中信银行|citicbank ecitic 95558 中信银行|citicbank.com ecitic.com|
China Everbright Bank|光大银行|cebbank 95595 光大银行|cebbank.com|
China Minsheng Bank|民生银行|cmbc 95568 民生银行|cmbc.com.cn|
Shanghai Pudong Development Bank|浦发银行|spdb 95528 浦发银行|spdb.com.cn|
Industrial Bank|兴业银行|cibbank 95561 兴业银行|cib.com.cn|
Ping An|平安|pingan pinganbank 95511 平安银行|pingan.com pingan.com.cn pingan.cn|
China Guangfa Bank|广发银行|cgbchina 95508 广发银行|cgbchina.com.cn|
UnionPay|银联|unionpay unionpayintl 95516 银联 云闪付|unionpay.com unionpayintl.com 95516.com chinaunionpay.com|
Alipay|支付宝|alipay 支付宝|alipay.com alipay.cn alipay-eco.com alipay.hk alipayplus.com alipayobjects.com|
Tenpay|财付通|tenpay 财付通|tenpay.com|
WeChat|微信|weixin wechat 微信|weixin.com wechat.com servicewechat.com qq.com|
Tencent|腾讯|tencent 腾讯|tencent.com tencent.cn tencent.com.cn qq.com gtimg.com tencentcloud.com tencent-cloud.com|
PayPal|贝宝|paypal|paypal.com paypal.me paypalobjects.com paypal.cn paypal-corp.com|w
Visa|维萨|visa|visa.com visa.com.cn visaonline.com|wx
Mastercard|万事达|mastercard|mastercard.com|w
American Express|美国运通|americanexpress|americanexpress.com amex.com|w
Stripe|Stripe|stripe|stripe.com|x
Wise|Wise|transferwise|wise.com transferwise.com|
Western Union|西联汇款|westernunion|westernunion.com|w
China Mobile|中国移动|chinamobile 10086 中国移动 移动积分|chinamobile.com 10086.cn chinamobileltd.com|
China Unicom|中国联通|chinaunicom 10010 中国联通|chinaunicom.com chinaunicom.cn 10010.com chinaunicom.com.cn|
China Telecom|中国电信|chinatelecom 中国电信|chinatelecom.com.cn 189.cn|
China Broadnet|中国广电|10099 中国广电|10099.com.cn|
NTT Docomo|NTT Docomo|docomo nttdocomo|docomo.ne.jp nttdocomo.co.jp nttdocomo.com|
SoftBank|软银|softbank|softbank.jp softbank.co.jp|
au KDDI|au KDDI|kddi aupay|kddi.com au.com auone.jp|
Verizon|Verizon|verizon|verizon.com verizonwireless.com|
Vodafone|沃达丰|vodafone|vodafone.com|w
Taobao|淘宝|taobao 淘宝|taobao.com taobao.cn taobao.org|
Tmall|天猫|tmall 天猫|tmall.com tmall.hk|
JD.com|京东|jingdong 京东|jd.com jd.hk jdcloud.com jdpay.com|
JD Finance|京东金融|jdjr jdfinance 京东金融 京东白条|jd.com jdjr.com jr.com.cn|
Pinduoduo|拼多多|pinduoduo yangkeduo 拼多多|pinduoduo.com yangkeduo.com|
Vipshop|唯品会|vipshop 唯品会|vip.com vipshop.com|
Suning|苏宁|suning 苏宁|suning.com suning.cn|
Xiaohongshu|小红书|xiaohongshu 小红书|xiaohongshu.com xhslink.com|
Douyin|抖音|douyin 抖音|douyin.com iesdouyin.com|
Kuaishou|快手|kuaishou 快手|kuaishou.com gifshow.com|
Meituan|美团|meituan 美团|meituan.com meituan.net|
Xianyu|闲鱼|xianyu goofish 闲鱼|goofish.com taobao.com|
Zhuanzhuan|转转|zhuanzhuan|zhuanzhuan.com|
1688|1688|1688|1688.com|x
Alibaba|阿里巴巴|alibaba aliyun alibabacloud 阿里巴巴|alibaba.com aliyun.com alibabacloud.com alibabagroup.com alibaba-inc.com|
AliExpress|速卖通|aliexpress|aliexpress.com aliexpress.ru aliexpress.us|
Amazon|亚马逊|amazon amazonpay 亚马逊|amazon.com amazonaws.com amazon.cn amazon.dev amazon.jobs amazon.science amazonpay.com|w
eBay|eBay|ebay|ebay.com ebayimg.com ebaystatic.com|w
Rakuten|乐天|rakuten rakutencard|rakuten.co.jp rakuten.com rakuten-card.co.jp rakuten.ne.jp rakuten-bank.co.jp|w
Mercari|Mercari|mercari|mercari.com mercari.jp|
Walmart|沃尔玛|walmart|walmart.com|w
Shopee|虾皮|shopee|shopee.com|w
Lazada|Lazada|lazada|lazada.com|w
SF Express|顺丰|sf-express sfexpress shunfeng 顺丰|sf-express.com sf-express.cn|
YTO Express|圆通|yuantong ytoexpress 圆通|yto.net.cn|
ZTO Express|中通|zhongtong ztoexpress 中通快递|zto.com zto.cn|
STO Express|申通|shentong stoexpress 申通快递|sto.cn sto-express.com|
Yunda Express|韵达|yunda yundaex 韵达|yundaex.com yunda.cn yunda.com|
China Post|中国邮政|chinapost 中国邮政|chinapost.com.cn ems.com.cn 11183.com.cn|
Cainiao|菜鸟|cainiao 菜鸟|cainiao.com|
USPS|美国邮政|usps|usps.com usps.gov|
UPS|UPS|upsexpress|ups.com|
FedEx|联邦快递|fedex|fedex.com|w
DHL|DHL|dhl|dhl.com dhl.de|wx
Royal Mail|英国皇家邮政|royalmail|royalmail.com royalmailgroup.com|
Japan Post|日本邮政|japanpost|japanpost.jp jp-bank.japanpost.jp|
Yamato Transport|大和运输|kuronekoyamato|kuronekoyamato.co.jp yamato-hd.co.jp|
Sagawa Express|佐川急便|sagawa|sagawa-exp.co.jp|
China Railway 12306|铁路12306|12306|12306.cn|
QQ|QQ|qqmail|qq.com|
Baidu|百度|baidu 百度|baidu.com baidu.cn baidu.jp|
Weibo|微博|weibo 微博|weibo.com weibo.cn|
NetEase|网易|netease 网易|163.com netease.com 126.com 126.net|
Apple|苹果|appleid icloud apple|apple.com icloud.com apple.com.cn me.com icloud.com.cn|wx
Microsoft|微软|microsoft microsoftonline office365 outlook|microsoft.com live.com office.com outlook.com microsoftonline.com microsoftonline.cn microsoftstore.com office365.com office.net windows.com|w
Google|谷歌|google gmail|google.com gmail.com google.cn google-analytics.com googleapis.com googleusercontent.com withgoogle.com|w
Facebook|脸书|facebook|facebook.com fb.com facebook.net fbcdn.net|w
Instagram|Instagram|instagram|instagram.com cdninstagram.com|
WhatsApp|WhatsApp|whatsapp|whatsapp.com whatsapp.net wa.me|
Telegram|Telegram|telegram|telegram.org telegram.com t.me telegram.me telegra.ph|
Netflix|奈飞|netflix|netflix.com nflxext.com|w
LinkedIn|领英|linkedin|linkedin.com linkedin.cn licdn.com|
Steam|Steam|steamcommunity steampowered|steamcommunity.com steampowered.com|
Binance|币安|binance 币安|binance.com binance.us|
OKX|欧易|okex 欧易|okx.com okex.com|
Coinbase|Coinbase|coinbase|coinbase.com|
Huobi|火币|huobi 火币|huobi.com htx.com|
MetaMask|MetaMask|metamask|metamask.io|
Chase|大通银行|chasebank jpmorganchase|chase.com jpmorganchase.com jpmorgan.com|
Bank of America|美国银行|bankofamerica|bankofamerica.com bofa.com|
Wells Fargo|富国银行|wellsfargo|wellsfargo.com|
Citibank|花旗银行|citibank 花旗银行|citi.com citibank.com citigroup.com|w
HSBC|汇丰|hsbc 汇丰|hsbc.com hsbcnet.com|w
Standard Chartered|渣打银行|standardchartered 渣打银行|sc.com standardchartered.com|w
Barclays|巴克莱|barclays barclaycard|barclays.com barclays.co.uk barclaycard.co.uk|w
DBS|星展银行|dbsbank|dbs.com dbs.com.sg dbs.com.hk|w
OCBC|华侨银行|ocbc|ocbc.com|w
SMBC|三井住友|smbc smbccard|smbc.co.jp smbc-card.com smbcnikko.co.jp smbcgroup.com|
MUFG|三菱UFJ|mufg|mufg.jp mufg.co.jp|
Mizuho|瑞穗银行|mizuhobank|mizuhobank.co.jp mizuhobank.com|
JCB|JCB|jcbcard myjcb|jcb.co.jp jcb.com jcb.jp|
Saison Card|Saison Card|saisoncard|saisoncard.co.jp|
Aeon Card|永旺信用卡|aeoncard aeonbank|aeon.co.jp aeonbank.co.jp|
ETC Japan|日本ETC|etcmeisai|etc-meisai.jp|
"""


class Brand(Struct, frozen=True):
    """A brand, its tokens and the domains that are its own."""

    name_en: str
    name_zh: str
    tokens: tuple[str, ...]
    domains: frozenset[str]
    is_worldwide: bool
    is_word: bool


def read_brands(rows: str) -> Iterator[Brand]:
    """Read brands from rows as they stand above.

    Raises:
        ValueError: a row has not its five parts.

    """
    for line in rows.strip().splitlines():
        name_en, name_zh, tokens, domains, marks = line.split("|")
        yield Brand(
            name_en=name_en,
            name_zh=name_zh,
            tokens=tuple(tokens.split()),
            domains=frozenset(domains.split()),
            is_worldwide="w" in marks,
            is_word="x" in marks,
        )


@cache
def list_brands() -> tuple[Brand, ...]:
    """List all brands."""
    return tuple(read_brands(_ROWS))


@cache
def _by_name() -> Mapping[str, Brand]:
    return {brand.name_en: brand for brand in list_brands()}


def name_brand(name: str, language: str) -> str:
    """Name of a brand in ``language``, given its English one; what is no brand stays as it is."""
    brand = _by_name().get(name)
    if brand is None:
        return name
    return brand.name_zh if language.startswith("zh") else brand.name_en


@cache
def list_own_domains() -> frozenset[str]:
    """List the domains that are some brand's own."""
    return frozenset(domain for brand in list_brands() for domain in brand.domains)
