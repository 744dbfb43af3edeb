"""Choose the language of an answer from the languages that the reader's browser asks for."""

import functools

from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

ENGLISH = "en"
ACCEPTED_CHARS_MAX = 500


@functools.lru_cache(maxsize=256)
def choose_language(accepted: str) -> str:
    """Tell which of our languages suits an Accept-Language header best; English if none does."""
    for wanted, _ in parse_accept_lang_header(accepted[:ACCEPTED_CHARS_MAX]):
        if wanted == "*":
            break
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return ENGLISH
