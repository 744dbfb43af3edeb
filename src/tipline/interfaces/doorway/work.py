"""Proof of work: a small sum for the reporter's browser, so that a flood costs its sender.

Challenges are signed with a key that exists only in this process; a solution counts once.
"""

import base64
import binascii
import datetime as dt
import json
import secrets
from dataclasses import dataclass, field

import msgspec
from altcha import v1

VALID_MINUTES = 60
PAYLOAD_CHARS_MAX = 2_000


class WorkRefused(Exception):
    """The solution is missing, wrong, too old or already spent."""


class Challenge(msgspec.Struct, frozen=True, rename="camel"):
    """A challenge: find the number up to ``max_number`` whose hash with ``salt`` is ``challenge``."""

    algorithm: str
    challenge: str
    max_number: int
    salt: str
    signature: str


@dataclass(kw_only=True)
class WorkDesk:
    """Gives out challenges of at most ``cost`` tries and takes each solution once."""

    cost: int
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _spent: dict[str, dt.datetime] = field(default_factory=dict)

    def make_challenge(self, *, now: dt.datetime) -> Challenge:
        """Make a challenge that is valid for ``VALID_MINUTES`` from ``now``."""
        made = v1.create_challenge(
            v1.ChallengeOptions(
                max_number=self.cost,
                hmac_key=self._key,
                expires=now + dt.timedelta(minutes=VALID_MINUTES),
            )
        )
        return Challenge(made.algorithm, made.challenge, made.max_number, made.salt, made.signature)

    def spend(self, payload: str, *, now: dt.datetime) -> None:
        """Take a solution (altcha's base64 payload); it counts only this once.

        Raises:
            WorkRefused: it is missing, wrong, too old or already spent.

        """
        solution = _read_payload(payload)
        try:
            is_right, _ = v1.verify_solution(solution, self._key)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise WorkRefused from None
        if not is_right or solution.challenge in self._spent:
            raise WorkRefused
        self._forget_old(now)
        self._spent[solution.challenge] = now + dt.timedelta(minutes=VALID_MINUTES + 1)

    def _forget_old(self, now: dt.datetime) -> None:
        # Spending keeps order of time, so that the oldest are first.
        while self._spent and next(iter(self._spent.values())) < now:
            del self._spent[next(iter(self._spent))]


def _read_payload(payload: str) -> v1.Payload:
    if not payload or len(payload) > PAYLOAD_CHARS_MAX:
        raise WorkRefused
    try:
        found = json.loads(base64.b64decode(payload, validate=True))
        return v1.Payload.from_dict(found)
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        raise WorkRefused from None
