"""Reads a submission from JSON and names what is wrong with the JSON itself."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

import msgspec

from tipline.domain.intake.faults import Fault, SubmissionRefused
from tipline.domain.intake.shape import Submission

_AT = re.compile(r"(?s)(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?\Z")
_BYTE = re.compile(r"\(byte (\d+)\)\Z")
_NAMED = re.compile(r"(?s)Object (?P<how>contains unknown|missing required) field `(?P<name>.*)`\Z")
_EXPECTED = re.compile(r"Expected `([^`]*)`, got `([^`]*)`\Z")
_NAME_CHARS_MAX = 100

_NAMED_CODES = {"contains unknown": "unknown_field", "missing required": "missing_field"}
_EXPECTED_CODES = {
    "str": "not_text",
    "str | null": "not_text",
    "array": "not_list",
    "object": "not_object",
    "decimal": "not_amount",
    "str | object | null": "not_contact",
}
_decoder = msgspec.json.Decoder(Submission)


def decode_submission(body: bytes) -> Submission:
    """Read a JSON object as a submission; its values are not judged yet.

    Raises:
        SubmissionRefused: with one fault: the body is no JSON, or a field is unknown, missing,
            repeated or of another type.

    """
    try:
        submission = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError) as refusal:
        raise SubmissionRefused([_name_fault(refusal)]) from None
    _check_repeated(body)
    return submission


def _name_fault(refusal: Exception) -> Fault:
    if isinstance(refusal, UnicodeError):
        return Fault("", "not_utf8")
    if isinstance(refusal, RecursionError):
        return Fault("", "too_deep")
    if isinstance(refusal, msgspec.ValidationError):
        return _name_misfit(str(refusal))
    byte = _BYTE.search(str(refusal))
    return Fault("", "not_json", {"byte": byte[1]}) if byte else Fault("", "cut_short")


def _name_misfit(message: str) -> Fault:
    parted = _AT.match(message)
    what, path = (parted["what"], parted["path"]) if parted else (message, None)
    where = (path or "$").removeprefix("$").removeprefix(".")
    named = _NAMED.match(what)
    if named:
        name = named["name"][:_NAME_CHARS_MAX]
        return Fault(f"{where}.{name}" if where else name, _NAMED_CODES[named["how"]])
    expected = _EXPECTED.match(what)
    return Fault(where, _EXPECTED_CODES.get(expected[1], "bad_value") if expected else "bad_value")


class _Repeated(Exception):
    """A name stands twice in one object."""


def _take_pairs(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    taken = dict(pairs)
    if len(taken) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return taken


_strict = json.JSONDecoder(object_pairs_hook=_take_pairs, parse_int=str, parse_float=str)


def _check_repeated(body: bytes) -> None:
    # The fast decoder keeps the last of two fields of one name; a second reader that keeps the
    # first would see another report, so such a body is refused. The standard library's is run for
    # its pairs alone, on a body whose shape is known to be shallow.
    try:
        _strict.decode(body.decode())
    except _Repeated as repeated:
        _refuse(Fault(str(repeated), "repeated_field"))
    except UnicodeDecodeError:
        _refuse(Fault("", "not_utf8"))
    except json.JSONDecodeError as refusal:
        _refuse(Fault("", "not_json", {"byte": refusal.pos}))


def _refuse(fault: Fault) -> NoReturn:
    raise SubmissionRefused([fault]) from None
