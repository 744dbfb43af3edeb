"""Each offence has one example in both languages."""

from tipline.domain.triage.examples import EXAMPLES, give_example
from tipline.domain.triage.offences import OFFENCES


def test_each_offence_has_an_example_in_both_languages() -> None:
    assert list(EXAMPLES) == list(OFFENCES)
    for code in OFFENCES:
        assert give_example(code, "en").isascii()
        assert not give_example(code, "zh-hans").isascii()
