"""The languages in which a reporter is answered."""

LANGUAGES = ("en", "zh-hans")
_MAIN = {"en": "en", "zh": "zh-hans"}


def find_language(tag: str) -> str | None:
    """Our language for a tag such as ``zh``, ``zh_CN`` or ``en-GB``; None for one not spoken here."""
    main = tag.strip().lower().replace("_", "-").partition("-")[0]
    return _MAIN.get(main)
