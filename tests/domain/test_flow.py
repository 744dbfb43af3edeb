"""The page that says what follows what."""

import re

import pytest

from tipline.domain.flow import AFTER, EventUnknown, Step, list_steps


def test_a_received_report_is_assessed_and_a_decision_is_told() -> None:
    assert list_steps("report.received") == (Step.ASSESS,)
    assert list_steps("decision.made") == (Step.TELL, Step.LIST)


def test_an_event_that_is_not_on_the_page_is_refused() -> None:
    with pytest.raises(EventUnknown):
        list_steps("report.forgotten")


def test_events_are_nouns_and_past_verbs() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", kind) for kind in AFTER)
