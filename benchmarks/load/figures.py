"""Figures out of a client's answers."""

import statistics
from dataclasses import dataclass
from pathlib import Path

WARM_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer as the client wrote it down; times in seconds of the monotonic clock."""

    serial: int
    status: int
    sent_at: float
    answered_at: float
    body: bytes


def read_answers(path: Path) -> list[Answer]:
    """Read a client's answers, in the order in which they came."""
    answers = []
    for line in path.read_bytes().splitlines():
        serial, status, sent_at, answered_at, body = line.split(b"\t", 4)
        answers.append(
            Answer(
                serial=int(serial),
                status=int(status),
                sent_at=float(sent_at),
                answered_at=float(answered_at),
                body=body,
            )
        )
    return answers


def measure(answers: list[Answer], *, seconds: float, each: int = 1) -> dict[str, float]:
    """Rate (reports a second) and latency (ms) of the 201s, without the first half second.

    ``seconds`` is how long requests were issued, ``each`` how many reports a request carried.
    """
    begun = min(answer.sent_at for answer in answers) + WARM_SECONDS
    ended = begun - WARM_SECONDS + seconds
    kept = [a for a in answers if a.status == 201 and begun <= a.answered_at <= ended]
    times = sorted((a.answered_at - a.sent_at) * 1000 for a in kept) or [0.0]
    return {
        "per_second": round(len(kept) * each / (ended - begun), 1),
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)], 2),
        "acknowledged": sum(a.status == 201 for a in answers) * each,
        "refused": sum(a.status != 201 for a in answers),
    }


def take_medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Medians of each figure over ``rounds``; counts are added up."""
    summed = ("acknowledged", "refused")
    return {
        key: sum(each[key] for each in rounds)
        if key in summed
        else round(statistics.median(each[key] for each in rounds), 2)
        for key in rounds[0]
    }
