"""What a check of the vault finds."""

from msgspec import Struct


class Fault(Struct, frozen=True):
    """What is wrong, and where; a note is odd but no harm."""

    place: str
    problem: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


def name_record(index: int) -> str:
    """How a record is called."""
    return f"record {index}"


def name_commit(number: int) -> str:
    """How a commit is called."""
    return f"commit {number}"


def name_checkpoint(size: int) -> str:
    """How a checkpoint is called."""
    return f"checkpoint at size {size}"


def name_tile(level: int, number: int) -> str:
    """How a tile is called."""
    return f"tile {number} of level {level}"


def name_file(file_id: str) -> str:
    """How a sealed file is called."""
    return f"file {file_id}"
