"""What the API takes and gives, as structs; the OpenAPI description is made from them."""

import msgspec

from tipline.domain.intake.submission import Submission

PREFIX = "/api/v1"


class Filed(msgspec.Struct, frozen=True):
    """A report was kept durably: its code, its leaf in the ledger, where proof and status are."""

    receipt_code: str
    leaf_index: int
    proof_url: str
    status_url: str


class FiledBatch(msgspec.Struct, frozen=True):
    """All reports of a batch were kept, in the order in which they were sent."""

    receipts: tuple[Filed, ...]


class Batch(msgspec.Struct, frozen=True):
    """Reports to keep all or none."""

    reports: tuple[Submission, ...]


class CodeGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt code, in any spelling."""

    receipt_code: str


class ReplyGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a code holder says back."""

    receipt_code: str
    text: str
    question_id: str = ""


class ReplyKept(msgspec.Struct, frozen=True):
    """A reply was kept durably."""

    leaf_index: int
    proof_url: str


class MessageShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record on the code holder's thread; its proof is had by POST to ``proof_url``."""

    leaf_index: int
    proof_url: str
    type: str
    at: str
    state: str = ""
    outcome: str = ""
    reason: str = ""
    text: str = ""
    question_id: str = ""


class StatusShown(msgspec.Struct, frozen=True):
    """Where a report stands; ``outcome`` is null until there is one."""

    state: str
    outcome: str | None
    messages: tuple[MessageShown, ...]
