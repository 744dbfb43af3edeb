"""One body of tests for segments in files and for their fake in memory."""

import random

import numpy as np
import pytest

from tipline.adapters.templates import FileIndex, MemoryIndex
from tipline.adapters.templates.segment import ROWS_MAX, write_segment
from tipline.domain.triage.templates import JOINS, read_wordings
from tipline.domain.triage.templates.signature import count_same, estimate

LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 900)))


def edit(text, share, draw):
    return "".join(draw.choice(LETTERS) if draw.random() < share else each for each in text)


def sign(texts):
    return read_wordings(texts, [()] * len(texts)).signatures


@pytest.fixture(params=["files", "memory"])
def index(request, tmp_path):
    return FileIndex(tmp_path / "templates") if request.param == "files" else MemoryIndex()


@pytest.fixture
def stored():
    draw = random.Random(11)
    return ["".join(draw.choices(LETTERS, k=90)) for _ in range(3_000)]


def test_the_nearest_is_found_with_its_likeness(index, stored):
    draw = random.Random(12)
    signatures, numbers = sign(stored), np.arange(3_000) * 7 + 5
    index.use([index.add(numbers, signatures)])
    asked = sign([edit(text, 0.05, draw) for text in stored[::10]])

    nearest = index.find_nearest(asked)

    assert (nearest.numbers == numbers[::10]).mean() > 0.99
    found = nearest.numbers >= 0
    rows = (nearest.numbers[found] - 5) // 7
    same = count_same(signatures.checks[rows], asked.checks[found])
    assert (nearest.likeness[found] == estimate(same)).all()


def test_nothing_is_near_to_what_was_never_stored(index, stored):
    index.use([index.add(np.arange(1_500), sign(stored[:1_500]))])

    nearest = index.find_nearest(sign(stored[1_500:]))

    assert (nearest.likeness < 0.3).all()


def test_of_equals_the_oldest_is_named_across_segments(index, stored):
    twice = sign([stored[0], stored[0]])
    names = [index.add(np.array([8, 9]), twice), index.add(np.array([3, 4]), twice)]
    index.use(names)

    assert index.find_nearest(sign(stored[:1])).numbers.tolist() == [3]


def test_segments_are_named_by_what_they_hold(index, stored):
    signatures = sign(stored[:5])
    name = index.add(np.arange(5), signatures)

    assert index.add(np.arange(5), signatures) == name
    assert index.has(name)
    numbers, kept = index.read(name)
    assert numbers.tolist() == [0, 1, 2, 3, 4]
    assert (kept.bands == signatures.bands).all()
    index.forget([])
    assert not index.has(name)
    with pytest.raises(LookupError):
        index.use([name])


@pytest.mark.parametrize("numbers", [[], [2, 1, 0], [1, 1, 2]])
def test_rows_out_of_order_are_refused(index, stored, numbers):
    with pytest.raises(ValueError, match="a segment of"):
        index.add(np.array(numbers, np.int64), sign(stored[: len(numbers)]))


def test_a_segment_refuses_more_rows_than_it_can_number(tmp_path, stored):
    numbers = np.broadcast_to(np.int64(1), ROWS_MAX + 1)

    with pytest.raises(ValueError, match="a segment of"):
        write_segment(tmp_path / "large", numbers, sign(stored[:1]))


def test_both_kinds_give_the_same_answers(tmp_path, stored):
    draw = random.Random(13)
    asked = sign([edit(text, draw.random() * 0.4, draw) for text in stored[:400]])
    answers = []
    for index in (FileIndex(tmp_path / "templates"), MemoryIndex()):
        index.use([index.add(np.arange(3_000), sign(stored))])
        answers.append(index.find_nearest(asked))

    # Below that, files may name one by chance: they keep 16 bits or more of each band's 32.
    joins = answers[1].likeness >= JOINS
    assert 200 < joins.sum()
    assert answers[0].likeness[joins].tolist() == answers[1].likeness[joins].tolist()
    assert answers[0].numbers[joins].tolist() == answers[1].numbers[joins].tolist()
    assert (answers[0].likeness[~joins] < JOINS).all()
