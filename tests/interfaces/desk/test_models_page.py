"""The page of models: what reads, how it does week by week, and how often officers agreed."""

import pytest

from tipline.domain.duties import Role
from tipline.services import disposal
from tipline.services.disposal import Ruling
from tipline.services.triage import Machine
from tipline.store.models import ModelUse, ModelVersion

pytestmark = pytest.mark.django_db


class Namer:
    """Names gambling in every text."""

    version = "namer"

    def read_many(self, texts):
        from tipline.domain.triage.opinion import Guess, Opinion  # noqa: PLC0415 - beside its use

        guess = Guess("IL-GAMBLE", 0.75)
        return [Opinion(offences=(guess,), unsure=False, language="zh") for _ in texts]


def test_an_empty_desk_says_so(sign_in) -> None:
    page = sign_in(Role.AUDITOR).get("/models").content.decode()

    assert "as shipped" in page
    assert "Nothing has been read yet." in page


def test_weeks_precision_and_versions_are_shown(house, hire, sign_in) -> None:
    report = house.file("平常的文字")
    house.shift(machine=Machine(reader=Namer(), shelf=house.shelf)).do_all()
    lead = hire(Role.REGIONAL_LEAD, "000000")
    ruling = Ruling(outcome="ACTIONED", reason="site_closed", offence="FR-PHISH")
    disposal.decide_report(report=report, ruling=ruling, by=lead, now=house.now)
    figures = {"old": [1, 0, 0], "new": [2, 0, 0], "gain": 0.125, "low": 0.0625}
    ModelVersion.objects.create(
        event=901, digest="cd" * 32, base="", taught=40, tested=10, figures=figures, made_at=house.now
    )  # fmt: skip
    ModelUse.objects.create(event=902, digest="cd" * 32, is_rollback=False, at=house.now)

    page = sign_in(Role.ANALYST).get("/models").content.decode()

    assert "<svg" in page
    assert "0.75" in page
    assert "online gambling" in page
    assert page.count("cdcdcdcdcdcd") == 3
    assert "0.125" in page


def test_an_intake_officer_is_refused(sign_in) -> None:
    assert sign_in().get("/models").status_code == 403
