"""Letters are sealed to the reporter's code, each once."""

import pytest

from tipline.services import disposal, feedback
from tipline.services.disposal import Ruling
from tipline.store.models import Event, Letter
from tipline.vault import VaultBusy

pytestmark = pytest.mark.django_db


def decide(house, hire, report):
    ruling = Ruling(outcome="NO_VIOLATION", reason="advertising", text="谢谢")
    return disposal.decide_report(report=report, ruling=ruling, by=hire(), now=house.now)


def test_a_letter_sent_twice_is_one_record(house, hire, monkeypatch):
    report = house.take()
    made = decide(house, hire, report)
    letter = Letter.objects.select_related("report").get(event=made)
    before = house.vault.size()

    first, second = (feedback._send([letter], house.vault)[0][1].result() for _ in range(2))

    assert (first.first_index, second.replayed) == (second.first_index, True)
    assert house.vault.size() == before + 1
    house.work()
    letter.refresh_from_db()
    assert letter.leaf_index == first.first_index
    assert [m.type for m in house.look(report).messages] == ["state", "outcome"]


def test_a_busy_vault_is_not_the_letters_fault(house, hire, monkeypatch):
    report = house.take()
    made = decide(house, hire, report)
    shift = house.shift()

    def refuse(_unit):
        raise VaultBusy

    for _ in range(5):
        with monkeypatch.context() as busy:
            busy.setattr(house.vault, "append", refuse)
            with pytest.raises(VaultBusy):
                shift.do_round()
    house.work()

    assert Letter.objects.get(event=made).leaf_index is not None
    assert not Event.objects.filter(kind="step.quarantined").exists()


def test_only_the_code_reads_the_letter(house, hire):
    report = house.take()
    other = house.take()
    decide(house, hire, report)
    house.work()

    assert house.look(report).outcome == "NO_VIOLATION"
    assert house.look(other).outcome == ""
