"""Marks the words that people will see, and pairs a message with what fills it.

The domain speaks English message ids; whoever shows them translates with their own gettext and
then fills in the parameters: ``translate(reason.message) % reason.params``.
"""

from collections.abc import Mapping

from msgspec import Struct

Param = str | int


def gettext_noop(message: str) -> str:
    """Mark ``message`` for the catalogues and give it back unchanged."""
    return message


class Reason(Struct, frozen=True):
    """Why something was judged, proposed or refused: a key into a message table, and its fill."""

    key: str
    params: Mapping[str, Param] = {}


def list_unfilled(message: str, params: Mapping[str, Param]) -> tuple[str, ...]:
    """Names that ``message`` needs as ``%(name)s`` and that ``params`` does not give."""
    wanted = (part.partition(")")[0] for part in message.split("%(")[1:])
    return tuple(name for name in wanted if name not in params)
