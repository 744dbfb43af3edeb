"""One request to the API and its answer."""

import hashlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import msgspec

from tipline.interfaces.api.problems import FieldError, Problem
from tipline.interfaces.doorway.bodies import (
    BodyTooLarge,
    BodyTooSlow,
    Receive,
    Scope,
    SenderGone,
    get_header,
    read_body,
)
from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.doorway.languages import choose_language
from tipline.interfaces.doorway.partners import PartnerUnknown
from tipline.services.intake import SentOnce

T = TypeVar("T")
SMALL_BODY = 10_000
PRINTABLE = re.compile(rb"[ -~]+").fullmatch

JSON_KINDS = {"application/json", "application/problem+json"}
KEY_BYTES_MAX = 255
Headers = tuple[tuple[bytes, bytes], ...]


class Answer(msgspec.Struct, frozen=True):
    """What goes back."""

    status: int
    body: bytes
    kind: bytes = b"application/json"
    headers: Headers = ()


@dataclass(slots=True)
class Call:
    """What came in, and the doorway it came through."""

    scope: Scope
    receive: Receive
    door: Doorway

    @property
    def language(self) -> str:
        """The language in which the caller wants to read."""
        return choose_language(get_header(self.scope, b"accept-language").decode("latin-1"))

    def name_sender(self) -> str:
        """Tell the partner whose API key the request shows, "" when it shows none.

        Raises:
            Problem: the key is nobody's.

        """
        try:
            return self.door.partners.name_sender(self.scope, now=time.monotonic())
        except PartnerUnknown:
            raise Problem("key_unknown", headers=((b"www-authenticate", b"Bearer"),)) from None

    def get_work(self) -> str:
        """Get the solution of a proof of work, "" when there is none."""
        return get_header(self.scope, b"tipline-work").decode("latin-1")

    def make_retry(self, body: bytes, *, sender: str) -> SentOnce | None:
        """Make what a second try is known by; None without an Idempotency-Key.

        A partner's keys are its own: another's equal key is another key.

        Raises:
            Problem: the key is too long or not printable ASCII.

        """
        key = get_header(self.scope, b"idempotency-key")
        if not key:
            return None
        if len(key) > KEY_BYTES_MAX or not PRINTABLE(key):
            reason = f"1 to {KEY_BYTES_MAX} printable ASCII characters"
            raise Problem("header_refused", errors=(FieldError("Idempotency-Key", reason),))
        place = self.scope["path"].encode() + b"\0" + sender.encode() + b"\0"
        return SentOnce(place + key, hashlib.sha256(body).digest())

    async def read_body(self, *, limit: int) -> bytes:
        """Read the body, which says that it is JSON in UTF-8.

        Raises:
            Problem: it is too large, too slow or says that it is something else.

        """
        self._check_kind()
        try:
            return await read_body(self.scope, self.receive, limit=limit)
        except BodyTooLarge:
            raise Problem("body_large") from None
        except BodyTooSlow:
            raise Problem("body_slow") from None
        except SenderGone:  # or still there, after a body that breaks off
            raise Problem("json_broken") from None

    async def read_json(self, kind: type[T], *, limit: int = SMALL_BODY) -> T:
        """Read a small JSON body as a ``kind``.

        Raises:
            Problem: as ``read_body`` and ``decode``.

        """
        return self.decode(await self.read_body(limit=limit), kind)

    def decode(self, body: bytes, kind: type[T]) -> T:
        """Decode a JSON body as a ``kind``, with nothing in it that two readers read differently.

        Raises:
            Problem: it is broken or has another shape.

        """
        check_json(body)
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.ValidationError as misfit:
            what, _, path = str(misfit).partition(" - at `$.")
            error = FieldError(path.rstrip("`"), what, "bad_value")
            raise Problem("report_refused", errors=(error,)) from None
        except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError):
            raise Problem("json_broken") from None

    def _check_kind(self) -> None:
        told = get_header(self.scope, b"content-type")
        if told == b"application/json":
            return
        kind, _, rest = told.decode("latin-1").partition(";")
        charset = rest.lower().replace(" ", "").replace('"', "")
        if kind.strip().lower() not in JSON_KINDS or charset not in {"", "charset=utf-8"}:
            raise Problem("media_refused", headers=((b"accept", b"application/json"),))


def check_json(body: bytes) -> None:
    """Refuse what parsers disagree about: repeated names, NaN, nesting without end, other charsets.

    Raises:
        Problem: the body is one of these, or is not JSON at all.

    """
    try:
        _strict.decode(body.decode())
    except _NameRepeated as repeated:
        error = FieldError(str(repeated), "this name comes twice", "duplicate")
        raise Problem("json_broken", errors=(error,)) from None
    except UnicodeDecodeError:
        raise Problem("json_broken", detail="not UTF-8") from None
    except json.JSONDecodeError as broken:
        raise Problem("json_broken", detail=f"{broken.msg} at character {broken.pos}") from None
    except (RecursionError, ValueError):
        raise Problem("json_broken") from None


class _NameRepeated(Exception):
    pass


def _refuse_repeated(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        raise _NameRepeated(next(n for n, _ in pairs if n in seen or seen.add(n)))  # type: ignore[func-returns-value]  # set.add tells nothing
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_strict = json.JSONDecoder(object_pairs_hook=_refuse_repeated, parse_constant=_refuse_constant)
