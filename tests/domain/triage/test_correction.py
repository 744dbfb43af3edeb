"""An officer's word on a part of the opinion, and how it holds."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.correction import (
    WHY_NOT,
    Correction,
    CorrectionRefused,
    Part,
    Verb,
    check_correction,
    settle_offences,
    settle_value,
)
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE

CODES = sorted(OFFENCES)


def word(verb: Verb, name: str, new: str = "", part: Part = Part.OFFENCE) -> Correction:
    return Correction(part=part, verb=verb, name=name, new=new)


class TestCheck:
    def test_what_is_accepted_holds_and_what_is_dismissed_is_nothing(self) -> None:
        kept = check_correction(word(Verb.ACCEPT, "FR-JOB", "x"), said=["FR-JOB"])
        gone = check_correction(word(Verb.DISMISS, "FR-JOB", "x"), said=["FR-JOB"])

        assert (kept.new, gone.new) == ("FR-JOB", "")

    @pytest.mark.parametrize("verb", list(Verb))
    @pytest.mark.parametrize("part", list(Part))
    def test_what_nobody_said_is_refused(self, part: Part, verb: Verb) -> None:
        with pytest.raises(CorrectionRefused) as refused:
            check_correction(word(verb, "FR-LOAN", "FR-JOB", part), said=["FR-JOB"])
        assert refused.value.why == "unknown"

    @pytest.mark.parametrize(
        ("part", "new"),
        [
            (Part.OFFENCE, "XX-SPEECH"),
            (Part.OFFENCE, ""),
            (Part.IDENTIFIER, "phone:"),
            (Part.IDENTIFIER, "13900001234"),
            (Part.REGION, "5000"),
            (Part.PRIORITY, "101"),
            (Part.PRIORITY, "-1"),
            (Part.PRIORITY, "٣"),
        ],
    )
    def test_what_is_no_such_thing_is_refused(self, part: Part, new: str) -> None:
        with pytest.raises(CorrectionRefused) as refused:
            check_correction(word(Verb.CORRECT, "x", new, part), said=["x"])
        assert refused.value.why in WHY_NOT

    @pytest.mark.parametrize(
        ("part", "new"),
        [
            (Part.OFFENCE, "FR-JOB"),
            (Part.OFFENCE, NONE),
            (Part.IDENTIFIER, "phone:+8613900001234"),
            (Part.REGION, "500100"),
            (Part.PRIORITY, "100"),
        ],
    )
    def test_what_is_one_is_taken(self, part: Part, new: str) -> None:
        assert check_correction(word(Verb.CORRECT, "x", new, part), said=["x"]).new == new

    def test_a_person_may_add_what_the_machine_missed_where_there_can_be_several(self) -> None:
        assert check_correction(word(Verb.CORRECT, "", "FR-JOB"), said=[]).new == "FR-JOB"
        with pytest.raises(CorrectionRefused):
            check_correction(word(Verb.CORRECT, "", "5", Part.PRIORITY), said=["4"])


class TestSettle:
    def test_persons_come_first_then_the_machine(self) -> None:
        words = [word(Verb.CORRECT, "", "MW-APP")]

        assert settle_offences(["FR-PHISH"], words) == ("MW-APP", "FR-PHISH")

    def test_what_was_dismissed_or_replaced_is_out(self) -> None:
        replaced = [word(Verb.CORRECT, "FR-PHISH", "FR-BRUSH")]

        assert settle_offences(["FR-PHISH"], replaced) == ("FR-BRUSH",)
        assert settle_offences(["FR-PHISH"], [word(Verb.DISMISS, "FR-PHISH")]) == ()

    def test_the_last_word_counts(self) -> None:
        words = [word(Verb.DISMISS, "FR-JOB"), word(Verb.ACCEPT, "FR-JOB", "FR-JOB")]

        assert settle_offences(["FR-JOB"], words) == ("FR-JOB",)

    def test_that_there_is_none_silences_the_machine(self) -> None:
        assert settle_offences(["FR-JOB"], [word(Verb.CORRECT, "", NONE)]) == (NONE,)

    @given(
        st.lists(st.sampled_from(CODES), unique=True, max_size=4),
        st.lists(
            st.builds(
                word, st.sampled_from(list(Verb)), st.sampled_from(CODES), st.sampled_from(CODES)
            )
        ),
    )
    def test_a_later_guess_never_brings_back_what_a_person_took_out(
        self, guessed: list[str], words: list[Correction]
    ) -> None:
        out = [*words, word(Verb.DISMISS, "FR-JOB")]

        assert "FR-JOB" not in settle_offences(guessed, out)
        assert "FR-JOB" not in settle_offences([*guessed, "FR-JOB"], out)
        held = settle_offences(guessed, words)
        assert len(held) == len(set(held))

    def test_one_value_holds(self) -> None:
        words = [
            word(Verb.ACCEPT, "5", "5", Part.PRIORITY),
            word(Verb.CORRECT, "5", "90", Part.PRIORITY),
        ]

        assert settle_value(Part.PRIORITY, words) == "90"
        assert settle_value(Part.REGION, words) is None
