"""Which language a text is in, by its script and letters: only what a model learnt is given to it."""

from tipline.domain.triage.offence.letters import Letters, count_kinds

CHINESE, ENGLISH, OTHER = "zh", "en", "other"
_HAN_LEAST, _LATIN_LEAST = 4, 8
_HAN_WORTH = 3  # Latin letters that say as much as one Han letter
_FOREIGN_SHARE = 0.1


def find_languages(letters: Letters) -> list[str]:
    """Tell of each row: "zh", "en" (Latin letters; the model says what it does not know) or "other".

    A text of both is of the language that says more; one with a tenth or more of other scripts, or
    too short to say anything, is "other".
    """
    counted = count_kinds(letters)
    han, latin, foreign = counted[:, 0] * _HAN_WORTH, counted[:, 1], counted[:, 2]
    is_ours = foreign < (han + latin) * _FOREIGN_SHARE
    is_zh = is_ours & (han >= latin) & (counted[:, 0] >= _HAN_LEAST)
    is_en = is_ours & (latin > han) & (latin >= _LATIN_LEAST)
    return [
        CHINESE if zh else ENGLISH if en else OTHER
        for zh, en in zip(is_zh.tolist(), is_en.tolist(), strict=True)
    ]
