"""Who accuses nobody: marked, and marked only where that is sure."""

import pytest

from tipline.domain.triage.reading.innocent import judge_innocent, list_known
from tipline.domain.triage.scan import scan


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("拨打96110", "hotline"),
        ("10086来电", "carrier"),
        ("95588发来短信", "bank"),
        ("电话13800138000", "example"),
        ("+1 202 555 0143", "example"),
        ("+44 7700 900456", "example"),
        ("登录www.taobao.com", "platform"),
        ("https://www.taobao.com/", "platform"),
        ("https://item.taobao.com/item.htm?id=1", ""),
        ("https://docs.qq.com/doc/abc", ""),
        ("https://www.icbc.com.cn/icbc/a", "bank"),
        ("icbc.com.cn.evil.top", ""),
        ("http://evil-gov.cn/a", ""),
        ("https://www.mps.gov.cn/a", "official"),
        ("server 203.0.113.77", "reserved"),
        ("http://192.168.1.1/a", "reserved"),
        ("8.8.8.8", ""),
        ("abc@example.com", "example"),
        ("abc@qq.com", ""),
        ("1069012345678发来短信", ""),
    ],
)
def test_a_reason_where_it_is_sure(text: str, reason: str) -> None:
    (found,) = scan(text)

    assert found.innocent == reason


def test_the_list_is_read_as_the_detectors_write() -> None:
    for kind in ("phone", "shortcode"):
        for value in list_known(kind):
            assert value.lstrip("+").isdigit()
            assert judge_innocent(kind, value)


def test_nothing_is_said_of_kinds_that_the_list_does_not_know() -> None:
    assert judge_innocent("wechat", "weixin") == ""
