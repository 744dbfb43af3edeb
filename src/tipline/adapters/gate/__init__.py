"""The egress gate: asyncio, h11 and one record."""

from tipline.adapters.gate.asking import Ask
from tipline.adapters.gate.gate import Gate
from tipline.adapters.gate.names import Rules

__all__ = ["Ask", "Gate", "Rules"]
