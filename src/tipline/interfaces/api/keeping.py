"""Turn what the vault refuses into problems."""

from collections.abc import Iterator
from contextlib import contextmanager

from tipline.interfaces.api.problems import Problem
from tipline.vault import (
    RetryMismatch,
    VaultBusy,
    VaultClosed,
    VaultFull,
    VaultUnavailable,
)

AGAIN_SOON = ((b"retry-after", b"1"),)
AGAIN_LATER = ((b"retry-after", b"30"),)


@contextmanager
def keeping() -> Iterator[None]:
    """Raise a problem for whatever the vault refuses inside.

    Raises:
        Problem: 409 for a retry with another body, 503 when the vault cannot keep anything now.

    """
    try:
        yield
    except RetryMismatch:
        raise Problem("retry_mismatch") from None
    except (VaultBusy, VaultClosed, VaultUnavailable):
        raise Problem("busy", headers=AGAIN_SOON) from None
    except VaultFull:
        raise Problem("full", headers=AGAIN_LATER) from None
