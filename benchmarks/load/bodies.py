"""Reports to send: realistic Chinese and English texts, each of them told apart by its serial number.

A body is the same bytes whenever it is made for a serial, so a report that is read back years of
load later can be compared with what was sent, without keeping what was sent. Addresses belong to
nobody (RFC 2606, RFC 5737); the telephone number is the one that handbooks use.
"""

import json
import re

SERIAL = "@@@@@@@@@@@@"
DIGITS = len(SERIAL)

ZH = (
    "昨天收到一条短信，自称银行客服，说我的卡被冻结，要我点开链接核实身份。页面和银行的一模一样，"
    "我填了卡号和验证码，几分钟后就被转走了钱。对方电话一直打不通，希望尽快关掉这个网站。受理编号",
    "在一个兼职群里被拉去刷单，前三单都返了钱，第四单要先垫付，垫完以后说操作失误要再补一笔才能提现。"
    "我一共垫了三次，客服后来把我拉黑了，群也解散了。这里是他们给的下载地址和收款账户。聊天编号",
    "有人冒充快递公司说包裹丢失要双倍赔付，让我下载一个会议软件并打开屏幕共享，期间套走了短信验证码。"
    "软件不在应用商店，是从下面的网址装的，手机随后自动发送了很多短信。快递单号",
    "朋友圈广告里的投资平台，开始能小额提现，加大金额以后就说要缴保证金和个人所得税才能放款。"
    "平台网址每隔几天换一次，客服只用网页聊天，现在网址又打不开了。客户编号",
)
EN = (
    "A caller said he was from the parcel company and that my package was held by customs. He sent a "
    "link by text message and the page asked for my card number. Two payments were taken within ten "
    "minutes and the number no longer answers. My own reference is",
    "The page copies the sign-in form of my bank, down to the footer, and it mails whatever is typed "
    "to someone else: after I entered a made-up password I was sent on to the real site. It was "
    "advertised above the search results this morning. My note of it carries the number",
)
SUBJECTS = (
    [{"kind": "link", "value": f"http://pay-{SERIAL}.example/verify"}],
    [{"kind": "phone", "value": "13800138000"}],
    [
        {"kind": "link", "value": f"https://198.51.100.7/app/{SERIAL}.apk"},
        {"kind": "phone", "value": "13800138000"},
    ],
    [{"kind": "link", "value": f"https://invest-{SERIAL}.example/"}],
)
REGIONS = ("110000", "310000", "330100", "440300", "500000", "510100")


def _make_template(number: int) -> str:
    chinese = number % 3 != 2
    texts = ZH if chinese else EN
    text = (
        f"{texts[number % len(texts)]} {SERIAL}。"
        if chinese
        else f"{texts[number % len(texts)]} {SERIAL}."
    )
    body = {
        "text": text,
        "subjects": SUBJECTS[number % len(SUBJECTS)],
        "language": "zh-hans" if chinese else "en",
        "region": REGIONS[number % len(REGIONS)],
    }
    if number % 2:
        body["losses"] = [{"amount": 100 * (number + 3), "currency": "CNY"}]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


TEMPLATES = tuple(_make_template(number) for number in range(24))
TEXTS = tuple(json.loads(each)["text"] for each in TEMPLATES)
PIECES = tuple(tuple(part.encode() for part in each.split(SERIAL)) for each in TEMPLATES)
FOUND = re.compile(r"(?<!\d)\d{12}(?!\d)")


def make_body(serial: int) -> bytes:
    """Make the JSON body, 300 to 700 bytes, that carries ``serial``."""
    return (b"%012d" % serial).join(PIECES[serial % len(PIECES)])


def make_batch(first: int, count: int) -> bytes:
    """Make the JSON body of a batch: reports ``first`` to ``first + count - 1``."""
    return (
        b'{"reports":[' + b",".join(make_body(each) for each in range(first, first + count)) + b"]}"
    )


def make_text(serial: int) -> str:
    """Make the text alone of the report that carries ``serial``."""
    return TEXTS[serial % len(TEXTS)].replace(SERIAL, f"{serial:012d}")


def read_serial(text: str) -> int | None:
    """Read the serial that ``text`` carries; None where it is not one of ours, or was changed."""
    found = FOUND.search(text)
    return int(found[0]) if found and make_text(int(found[0])) == text else None
