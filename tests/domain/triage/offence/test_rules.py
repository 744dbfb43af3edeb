"""Rules suggest what no text taught, point at the words, and stay silent where somebody warns."""

import re

import pytest
from hypothesis import given, strategies as st

from tipline.domain.triage.offence.cues import list_cued
from tipline.domain.triage.offence.letters import fold_letters
from tipline.domain.triage.offence.rules import CUES, RULES, find_rules
from tipline.domain.triage.offences import OFFENCES

SAID = [
    ("IL-WEAPON", "出售仿真枪，货到付款"),
    ("IL-WEAPON", "Glock 19 for sale, shipped in parts, no papers"),
    ("DT-SIM", "长期收购实名手机卡，高价"),
    ("DT-SIM", "We sell pre-registered SIM cards, no name needed"),
    ("DT-CASH", "跑分日赚千元，提供收款码"),
    ("DT-CASH", "You lend your bank account to receive money and keep 5% commission"),
    ("FR-BRUSH", "做任务返佣金，垫付后无法提现"),
    ("FR-IMP-GOV", "自称公安民警，让我把钱转到安全账户"),
    ("FR-LOAN", "网上贷款要先交解冻费"),
    ("FR-ROMANCE", "网恋男友带我投资，后来联系不上"),
    ("FR-GAME", "买游戏账号付款后被拉黑"),
    ("IL-FAKEMONEY", "counterfeit banknotes for sale, undetectable"),
    ("MW-APP", "让我下载软件并共享屏幕，然后钱被转走"),
]
INNOCENT = [
    "今天晚上一起吃饭吗",
    "Let us meet at the cinema at eight",
    "谨防刷单返利诈骗，切勿相信垫付",
    "Beware of callers who claim to be police and name a safe account",
    "手机卡坏了，我去营业厅换一张",
    "The gun museum opens at nine",
]


@pytest.mark.parametrize(("code", "text"), SAID)
def test_a_rule_names_the_offence_and_points_at_its_words(code: str, text: str) -> None:
    found = {each.code: each for each in find_rules(text)}

    assert code in found
    ground = found[code].reasons[0]
    assert 0 <= ground.start < ground.end <= len(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_no_rule_speaks_of_ordinary_talk_or_a_warning(text: str) -> None:
    assert find_rules(text) == ()


@pytest.mark.parametrize("text", [text for _, text in SAID])
def test_what_a_rule_matches_is_found_in_bulk_too(text: str) -> None:
    assert 1 in list_cued(fold_letters(["今天", text, ""]))


@given(st.sampled_from(sorted(CUES)), st.text(max_size=20), st.text(max_size=20))
def test_a_text_with_a_cue_is_never_passed_over(cue: str, before: str, after: str) -> None:
    # A letter that joins with the cue under folding would be part of the text that rules see too.
    assert list_cued(fold_letters([f"{before} {cue} {after}"])) == [0]


def test_every_rule_is_of_an_offence_and_has_bounded_gaps() -> None:
    for rule in RULES:
        assert rule.code in OFFENCES
        assert rule.cues
        assert not re.search(r"\.[*+]|\)[*+]", rule.pattern.pattern), rule.pattern.pattern


@given(st.text(max_size=200))
def test_rules_take_any_text(text: str) -> None:
    for guess in find_rules(text):
        for ground in guess.reasons:
            assert text[ground.start : ground.end]
