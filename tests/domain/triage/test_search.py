"""Queries are read like reports, and the index's pieces never miss what stands in a text."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.search import QueryRefused, read_query, write_pairs
from tipline.domain.triage.search.letters import MARK, PIECE, list_pieces
from tipline.domain.triage.search.query import fold_text

LETTERS = st.text(alphabet="诈骗案客服微信abc012 -", min_size=1, max_size=12)


def try_to_read(asked):
    try:
        return read_query(asked), ""
    except QueryRefused as refused:
        return None, refused.message % refused.params


@given(LETTERS, LETTERS, LETTERS)
def test_all_pieces_of_a_word_are_in_every_text_that_holds_the_word(before, word, after):
    written = write_pairs(before + word + after)

    assert all(piece in written for piece in list_pieces(word))
    assert all(len(piece) >= PIECE for piece in list_pieces(word))


@given(st.text(max_size=60))
def test_a_query_is_read_or_refused_in_words(asked):
    read, words = try_to_read(asked)

    assert words if read is None else all(any(each.pieces) for each in read.terms)


@given(st.text(max_size=60))
def test_what_was_typed_in_words_is_found_in_what_it_was_typed_from(text):
    query, _ = try_to_read(f'"{text}"')
    if query and not query.identifiers:
        assert query.is_in(fold_text(f'before "{text}" after'))


def test_chinese_words_of_two_letters_are_looked_for():
    assert write_pairs("假客服a") == f"假客{MARK}客服{MARK}a"
    assert read_query("客服").terms[0].pieces == ((f"客服{MARK}",),)


@pytest.mark.parametrize(
    "asked",
    [
        "13900001234",
        "139-0000-1234",
        "\uff11\uff13\uff19\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14",
        "139 0000 1234",
        "+86 13900001234",
    ],
)
def test_a_number_is_one_number_however_it_is_typed(asked):
    query = read_query(asked)

    assert query.identifiers == (("phone", "+8613900001234"),)
    assert query.is_in(fold_text("电话 13900001234"))


@pytest.mark.parametrize(
    ("asked", "why"), [("", "empty"), ("服", "short"), ("ab", "short"), ("x" * 401, "long")]
)
def test_what_cannot_be_looked_for_is_refused(asked, why):
    with pytest.raises(QueryRefused) as refused:
        read_query(asked)
    assert refused.value.why == why
