"""What a reporter or a partner hands in: decoded, checked and named by one import."""

from datetime import datetime

from tipline.domain.intake.checking import (
    DEFAULT_LIMITS,
    Limits,
    check_submission,
    read_moment,
)
from tipline.domain.intake.decoding import decode_submission
from tipline.domain.intake.faults import FAULTS, Fault, SubmissionRefused
from tipline.domain.intake.shape import Contact, Loss, Subject, Submission
from tipline.domain.intake.subjects import CAME_BY, KIND_OF, KINDS, find_kind

__all__ = [
    "CAME_BY",
    "DEFAULT_LIMITS",
    "FAULTS",
    "KINDS",
    "KIND_OF",
    "Contact",
    "Fault",
    "Limits",
    "Loss",
    "Subject",
    "Submission",
    "SubmissionRefused",
    "admit_submission",
    "check_submission",
    "decode_submission",
    "find_kind",
    "read_moment",
]


def admit_submission(
    body: bytes, limits: Limits = DEFAULT_LIMITS, *, now: datetime | None = None
) -> Submission:
    """Decode and check in one go.

    Raises:
        SubmissionRefused: with every fault that was found.

    """
    submission = decode_submission(body)
    faults = check_submission(submission, limits, now=now)
    if faults:
        raise SubmissionRefused(faults)
    return submission
