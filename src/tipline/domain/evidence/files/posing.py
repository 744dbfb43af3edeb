"""Whom an app or a program poses as: brands by the table of links, and authorities."""

from collections.abc import Mapping

from tipline.domain.triage.links.brands import Brand, list_brands

# Packages that brands publish under and that do not name them.
OWN_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "WeChat": ("com.tencent.",),
    "Alipay": ("com.eg.android.",),
    "Pinduoduo": ("com.xunmeng.",),
    "Douyin": ("com.ss.android.",),
    "Kuaishou": ("com.smile.gifmaker",),
    "Xiaohongshu": ("com.xingin.",),
    "Taobao": ("com.taobao.", "com.alibaba."),
    "Tmall": ("com.tmall.", "com.taobao."),
    "Xianyu": ("com.taobao.",),
    "Meituan": ("com.sankuai.", "com.meituan."),
    "UnionPay": ("com.unionpay",),
    "China Mobile": ("com.greenpoint.android.", "com.chinamobile."),
    "China Unicom": ("com.sinovatech.unicom.",),
    "China Telecom": ("com.ct.client",),
}
# Name of an authority -> packages that are its own.
AUTHORITIES: Mapping[str, tuple[str, ...]] = {
    "国家反诈中心": ("com.hicorenational.antifraud",),
    "公安": ("cn.gov.", "com.hicorenational."),
    "警": ("cn.gov.", "com.tmri.app.main"),
    "检察": ("cn.gov.", "gov.spp."),
    "法院": ("cn.gov.",),
    "银保监": ("cn.gov.",),
    "社保": ("cn.gov.", "cn.hsa."),
    "医保": ("cn.gov.", "cn.hsa."),
    "个人所得税": ("cn.gov.tax.its",),
}
LABEL_MAX = 30  # a longer text is no name of an app


def find_brand(text: str) -> Brand | None:
    """Find the brand that a short name gives itself out as, if any."""
    if not text or len(text) > LABEL_MAX:
        return None
    words = set(text.lower().replace("_", " ").replace("-", " ").split())
    return next((brand for brand in list_brands() if _names(brand, text=text, words=words)), None)


def _names(brand: Brand, *, text: str, words: set[str]) -> bool:
    if len(brand.name_zh) > 1 and not brand.name_zh.isascii() and brand.name_zh in text:
        return True
    if brand.is_word:
        return brand.name_en.lower() == text.strip().lower()
    return any(token in words if token.isascii() else token in text for token in brand.tokens)


def is_own_package(package: str, *, brand: Brand) -> bool:
    """Tell whether ``package`` may be the brand's own: it names it, or is one that is known."""
    if package.startswith(OWN_PACKAGES.get(brand.name_en, ("\0",))):
        return True
    parts = package.lower().split(".")
    own = {token for token in brand.tokens if token.isascii() and not token.isdigit()}
    own |= {domain.split(".")[0] for domain in brand.domains}
    return any(part == each or (len(each) > 3 and each in part) for part in parts for each in own)


def find_authority(text: str, *, package: str) -> str:
    """Find the authority whose name a label bears without being its app; empty if none."""
    if len(text) > LABEL_MAX:
        return ""
    named = next(((name, own) for name, own in AUTHORITIES.items() if name in text), None)
    if named is None or package.startswith(named[1]):
        return ""
    return named[0]
