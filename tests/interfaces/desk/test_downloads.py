"""What scanners say reads well in both languages."""

from django.utils.translation import override

from tipline.domain.evidence.files.indicators import SIGNS
from tipline.domain.evidence.files.verdict import WORDS, Indicator
from tipline.interfaces.desk.shown.downloads import name_word, word_signs

BRAND = Indicator("android.brand", {"brand": "ICBC", "package": "org.example"})


def test_signs_are_worded_once_the_heaviest_first() -> None:
    with override("zh-hans"):
        said = list(word_signs((Indicator("archive.link"), BRAND, BRAND)))

    assert said == [("自称“工商银行”，包名却是 org.example。", 3), ("有成员是链接。", 1)]


def test_not_scanned_is_never_worded_as_clean() -> None:
    for language in ("en", "zh-hans"):
        with override(language):
            assert len({name_word(word) for word in WORDS}) == len(WORDS)


def test_each_sign_has_a_chinese_wording() -> None:
    fill = {
        "ending": "",
        "claimed": "",
        "count": 1,
        "brand": "",
        "package": "",
        "name": "",
        "section": "",
        "names": "",
    }
    for key in SIGNS:
        with override("zh-hans"):
            ((words, _),) = word_signs((Indicator(key, fill),))
        assert not words.isascii()
