"""Idempotency keys: know a key again, compare the body, give back the sealed answer."""

import hmac
import os

from tipline.vault.entries import Retry
from tipline.vault.refusals import RetryMismatch, SealBroken
from tipline.vault.sealing import Draw, decrypt, derive_key, encrypt

_TAG_INFO = b"tipline/v1/retry/tag"
_ANSWER_INFO = b"tipline/v1/retry/answer"


def tag_body(retry: Retry) -> bytes:
    """Tag that shows, to who has the key, whether a body is the first one's."""
    return hmac.new(derive_key(retry.key, info=_TAG_INFO), retry.body, "sha256").digest()


def seal_answer(retry: Retry, *, draw: Draw = os.urandom) -> bytes:
    """The answer under a key that only key and body together give."""
    return encrypt(_derive_answer_key(retry), retry.answer, draw=draw)


def open_answer(retry: Retry, *, tag: bytes, answer_box: bytes) -> bytes:
    """Give the first try's answer.

    Raises:
        RetryMismatch: the key came with another body the first time.
        SealBroken: the stored answer was changed.

    """
    if not hmac.compare_digest(tag, tag_body(retry)):
        raise RetryMismatch("this retry key was used with another body")
    return decrypt(_derive_answer_key(retry), answer_box)


def has_same_body(first: Retry, second: Retry) -> bool:
    """Whether two tries with one key, neither stored yet, ask for the same."""
    return first.key == second.key and hmac.compare_digest(first.body, second.body)


def _derive_answer_key(retry: Retry) -> bytes:
    return derive_key(retry.key, info=_ANSWER_INFO, salt=retry.body)


__all__ = ["SealBroken", "has_same_body", "open_answer", "seal_answer", "tag_body"]
