"""The receipt's code: what is made is read again, and a slip of the hand is found."""

import random

import pytest
from hypothesis import given, strategies as st

from tipline.domain.intake.alphabet import CHARACTERS
from tipline.domain.intake.mending import is_code
from tipline.domain.intake.receipt import (
    LENGTH,
    REFUSALS,
    CodeMistyped,
    CodeRefused,
    format_code,
    make_code,
    read_code,
)

codes = st.binary(min_size=12, max_size=12).map(make_code)
places = st.integers(0, LENGTH - 1)
characters = st.sampled_from(CHARACTERS)
FULL_WIDTH = {ord(each): ord(each) + 0xFEE0 for each in CHARACTERS}


def read_mistyped(text: str) -> CodeMistyped:
    with pytest.raises(CodeMistyped) as refused:
        read_code(text)
    return refused.value


def try_to_read(text: str) -> str | CodeRefused:
    try:
        return read_code(text)
    except CodeRefused as refused:
        return refused


class TestMake:
    def test_a_code_is_twenty_characters_of_the_alphabet(self) -> None:
        code = make_code(bytes(range(12)))

        assert len(code) == 20
        assert set(code) <= set(CHARACTERS)

    def test_all_of_ninety_bits_show(self) -> None:
        random_bytes = bytearray(12)
        made = {make_code(bytes(random_bytes))}
        for bit in range(90):
            random_bytes[bit // 8] = 1 << (7 - bit % 8)
            made.add(make_code(bytes(random_bytes)))
            random_bytes[bit // 8] = 0

        assert len(made) == 91

    def test_too_few_random_bytes_are_refused(self) -> None:
        with pytest.raises(ValueError, match="12 random bytes"):
            make_code(bytes(11))

    def test_a_code_never_changes(self) -> None:
        # Receipts that people hold depend on this.
        assert format_code(make_code(bytes(range(12)))) == "8190-2E03-M04R-04G0-00M7"


class TestRead:
    @given(codes)
    def test_what_is_made_is_read_again(self, code: str) -> None:
        assert read_code(code) == code
        assert read_code(format_code(code)) == code

    @given(codes, st.data())
    def test_the_way_of_writing_does_not_matter(self, code: str, data: st.DataObject) -> None:
        gap = data.draw(
            st.sampled_from(["", " ", "-", " - ", "　", "–", "—", "－", ".", "\n", "\u200b"])
        )
        alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
        written = [
            data.draw(st.sampled_from(alike.get(each, each + each.lower()))) for each in code
        ]
        shown = gap.join("".join(written[at : at + 4]) for at in range(0, LENGTH, 4))

        assert read_code(f"  {shown} ") == code
        assert read_code(shown.translate(FULL_WIDTH)) == code

    @given(codes, places, characters)
    def test_a_single_wrong_character_is_located_and_mended(
        self, code: str, place: int, wrong: str
    ) -> None:
        typed = code[:place] + wrong + code[place + 1 :]
        if typed == code:
            assert read_code(typed) == code
            return

        mistyped = read_mistyped(typed)
        assert mistyped.candidates == (code,)
        assert mistyped.positions == (place + 1,)
        assert mistyped.reason == "mistyped_at"

    @given(codes, st.integers(0, LENGTH - 2))
    def test_two_swapped_neighbours_are_mended(self, code: str, place: int) -> None:
        typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if typed == code:
            return

        mistyped = read_mistyped(typed)
        assert code in mistyped.candidates
        assert mistyped.positions[mistyped.candidates.index(code)] == place + 1

    @given(codes, places)
    def test_a_missing_character_is_put_in(self, code: str, place: int) -> None:
        mistyped = read_mistyped(code[:place] + code[place + 1 :])

        assert code in mistyped.candidates
        assert mistyped.params["count"] == 1

    @given(codes, places, characters)
    def test_an_extra_character_is_taken_out(self, code: str, place: int, extra: str) -> None:
        mistyped = read_mistyped(code[:place] + extra + code[place:])

        assert code in mistyped.candidates

    @given(codes, places)
    def test_the_group_tells_where_a_character_is_missing(self, code: str, place: int) -> None:
        typed = code[:place] + "!" + code[place + 1 :]
        shown = format_code(typed).replace("!", "")
        mistyped = read_mistyped(shown)

        assert code in mistyped.candidates
        if len(shown.split("-")) == 5 and all(shown.split("-")):
            assert mistyped.reason == "missing_in"
            assert mistyped.params["groups"] == str(place // 4 + 1)

    @given(codes, places, places, st.sampled_from("?*#好"))
    def test_up_to_two_unreadable_characters_are_filled_in(
        self, code: str, one: int, two: int, mark: str
    ) -> None:
        typed = "".join(mark if at in {one, two} else each for at, each in enumerate(code))

        assert read_code(typed) == code

    @given(codes, places, places, characters, characters)
    def test_two_wrong_characters_never_pass(
        self, code: str, one: int, two: int, first: str, second: str
    ) -> None:
        typed = list(code)
        typed[one], typed[two] = first, second
        if "".join(typed) == code:
            return

        with pytest.raises(CodeMistyped):
            read_code("".join(typed))

    def test_the_message_of_a_wrong_character_says_where(self) -> None:
        code = make_code(bytes(12))
        mistyped = read_mistyped(code[:6] + "Z" + code[7:])

        assert "position 7" in mistyped.message % mistyped.params


class TestRefusals:
    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ("", "empty"),
            (" - - ", "empty"),
            ("\u200b", "empty"),
            ("7K3M", "missing"),
            ("7K3M-7K3M-7K3M-7K3M-7", "missing_in"),
            ("7" * 30, "extra"),
            ("7K3M 7K3MA 7K3MA 7K3M 7K3M", "extra_in"),
            ("https://hotline.example/xyz", "extra"),
            ("好好好" + "0" * 17, "strange"),
            ("9" * 100_000, "extra"),
        ],
    )
    def test_each_is_named(self, typed: str, reason: str) -> None:
        with pytest.raises(CodeRefused) as refused:
            read_code(typed)

        assert refused.value.reason == reason
        assert refused.value.message % refused.value.params

    @given(st.text() | st.text("?*7K3M0123 -", min_size=15, max_size=25))
    def test_no_text_raises_anything_else(self, typed: str) -> None:
        read = try_to_read(typed)
        if isinstance(read, str):
            assert is_code(read)
            return

        assert read.reason in REFUSALS
        assert read.message % read.params
        if isinstance(read, CodeMistyped):
            assert all(map(is_code, read.candidates))
            assert len(read.candidates) == len(read.positions) <= 40


def test_a_guess_passes_the_check_one_time_in_1024() -> None:
    dice = random.Random(20)  # noqa: S311 - guesses of a test
    tries = 40_000
    passed = sum(is_code("".join(dice.choices(CHARACTERS, k=LENGTH))) for _ in range(tries))

    # Binomial around 39 with deviation 6.2: six deviations either way.
    assert 2 <= passed <= 76


def test_any_two_codes_differ_in_three_places() -> None:
    # Codes are linear: it is enough that no code but zero has fewer than three other characters.
    zero = "0" * LENGTH
    for one in range(LENGTH):
        for two in range(one):
            for first in CHARACTERS[1:]:
                typed = zero[:one] + first + zero[one + 1 :]
                assert not is_code(typed)
                assert not any(
                    is_code(typed[:two] + each + typed[two + 1 :]) for each in CHARACTERS[1:]
                )
