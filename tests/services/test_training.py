"""The hotline teaches its own model: from rulings, by time, promoted only when better, rolled back."""

from collections.abc import Iterable, Sequence

import pytest

from tipline.domain.disposal.outcome import Outcome
from tipline.domain.duties import Role
from tipline.domain.triage.correction import Correction as Word, Part, Verb
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.workshop import ModelMissing
from tipline.domain.triage.opinion import Guess, Opinion
from tipline.services import correction, disposal, rebuild, training
from tipline.services.disposal import Ruling
from tipline.store.models import Event, ModelUse, ModelVersion
from tipline.store.queries import training as lessons

pytestmark = pytest.mark.django_db
DIGEST = "ab" * 32


class FixedReader:
    """Says the same of every text."""

    def __init__(self, code: str) -> None:
        self.version = f"fixed-{code}"
        guesses = (Guess(code, 0.9),) if code else ()
        self._opinion = Opinion(offences=guesses, unsure=not code, language="zh")

    def read_many(self, texts: Sequence[str]) -> list[Opinion]:
        return [self._opinion for _ in texts]


class Bench:
    """A workshop of two models: as shipped, and the one that it was told to make."""

    def __init__(self, *, shipped: str, made: str) -> None:
        self.models = {"": FixedReader(shipped)}
        self.made = made
        self.taught: list[Labelled] = []

    def fit(self, labelled: Iterable[Labelled], **_told: str) -> str:
        self.taught = list(labelled)
        self.models[DIGEST] = FixedReader(self.made)
        return DIGEST

    def open(self, digest: str) -> FixedReader:
        if digest not in self.models:
            raise ModelMissing(digest)
        return self.models[digest]


def rule_all(count: int) -> list[Labelled]:
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    return [
        Labelled(text=f"{a}{b}示例", codes=("IL-GAMBLE",), language="zh", group=f"{a}{b}")
        for a in names
        for b in names
    ][:count]


@pytest.fixture
def rulings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "list_labelled", lambda: iter(rule_all(300)))


def test_a_better_model_is_promoted_and_read_by_at_once(house, rulings) -> None:
    bench = Bench(shipped="", made="IL-GAMBLE")
    reader = training.CurrentReader(bench)
    before = reader.read_many(["示例"])

    trained = training.train_model(workshop=bench, by=None, now=house.now)

    assert trained.is_promoted
    assert (len(bench.taught), trained.verdict.texts) == (240, 60)
    row = ModelVersion.objects.get()
    assert (row.digest, row.base, row.taught, row.tested) == (DIGEST, "", 240, 60)
    assert row.figures["new"] == [60, 0, 0]
    assert lessons.get_model_in_use() == DIGEST
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["model.trained", "model.promoted"]
    assert before[0].unsure
    assert reader.read_many(["示例"])[0].offences[0].code == "IL-GAMBLE"
    assert reader.version == "fixed-IL-GAMBLE"


def test_a_model_that_is_not_better_is_kept_and_not_used(house, rulings) -> None:
    bench = Bench(shipped="IL-GAMBLE", made="IL-DOC")

    trained = training.train_model(workshop=bench, by=None, now=house.now)

    assert not trained.is_promoted
    assert ModelVersion.objects.count() == 1
    assert lessons.get_model_in_use() == ""


def test_a_promotion_is_rolled_back_by_one_command(house, rulings) -> None:
    bench = Bench(shipped="", made="IL-GAMBLE")
    training.train_model(workshop=bench, by=None, now=house.now)

    assert training.roll_back(workshop=bench, by=None, now=house.now) == ""

    assert lessons.get_model_in_use() == ""
    assert ModelUse.objects.last().is_rollback
    assert training.CurrentReader(bench).read_many(["x"])[0].unsure


def test_there_is_nothing_to_go_back_to_at_first(house) -> None:
    with pytest.raises(training.NothingBefore):
        training.roll_back(workshop=Bench(shipped="", made=""), by=None, now=house.now)


def test_a_missing_file_leaves_the_shipped_model_to_read(house, rulings) -> None:
    bench = Bench(shipped="IL-DOC", made="IL-GAMBLE")
    ModelUse.objects.create(event=99, digest=DIGEST, is_rollback=False, by=None, at=house.now)

    assert training.CurrentReader(bench).read_many(["x"])[0].offences[0].code == "IL-DOC"
    with pytest.raises(ModelMissing):
        training.train_model(workshop=bench, by=None, now=house.now)


def test_a_later_ruling_on_the_same_words_tests_nothing() -> None:
    same = [Labelled(text="x", codes=("IL-DOC",), group="x")] * 10

    teach, test = training.split_by_time(same)

    assert (len(teach), test) == (8, [])


def test_rulings_teach_what_persons_said(house, hire) -> None:
    by = hire(Role.REGIONAL_LEAD)
    acted, cleared, corrected, silent = (
        house.take(f"第{n}份平常的举报文字") for n in ("一", "二", "三", "四")
    )
    fake = Word(part=Part.OFFENCE, verb=Verb.CORRECT, name="", new="IL-DOC")
    correction.correct_report(report=corrected, word=fake, by=by, now=house.now)
    closed = Ruling(outcome="ACTIONED", reason="site_closed", offence="FR-PHISH")
    nothing = Ruling(outcome=Outcome.NO_VIOLATION.value, reason="advertising")
    disposal.decide_report(report=acted, ruling=closed, by=by, now=house.now)
    disposal.decide_report(report=cleared, ruling=nothing, by=by, now=house.now)
    disposal.decide_report(
        report=corrected,
        ruling=Ruling(outcome="ACTIONED", reason="site_closed"),
        by=by,
        now=house.now,
    )
    assert silent

    found = {each.text: each.codes for each in lessons.list_labelled()}

    assert found == {
        "第一份平常的举报文字": ("FR-PHISH",),
        "第二份平常的举报文字": ("NONE",),
        "第三份平常的举报文字": ("IL-DOC",),
    }
    assert {each.language for each in lessons.list_labelled()} == {"zh"}


def test_a_rebuilt_desk_has_the_same_model_in_use(house, rulings) -> None:
    training.train_model(workshop=Bench(shipped="", made="IL-GAMBLE"), by=None, now=house.now)
    house.work()
    versions = list(ModelVersion.objects.values_list())

    rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)

    assert lessons.get_model_in_use() == DIGEST
    assert list(ModelVersion.objects.values_list()) == versions
