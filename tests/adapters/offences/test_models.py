"""Models are taught, written, read and kept; the one that ships reads real words."""

import subprocess
import sys
from pathlib import Path

import pytest

from tipline.adapters.offences.file import ModelBroken, decode_model, encode_model
from tipline.adapters.offences.workshop import SHIPPED, FileWorkshop, fit_voices
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.reader import TextReader
from tipline.domain.triage.offence.workshop import ModelMissing, TooLittle
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE

WORDS = ("红灯", "蓝天", "高山", "流水", "明月", "清风", "大树", "小桥", "古道", "夕阳")
BYTES_MAX = 15_000_000


def teach(count: int = 120) -> list[Labelled]:
    """Made-up texts: two kinds that differ in two words, the rest alike."""
    return [
        Labelled(
            text=f"{WORDS[n % 10]}{WORDS[n // 10 % 10]}{cue}{WORDS[(n * 7) % 10]}今日{n}",
            codes=(code,),
            language="zh",
            group=f"{code}{n}",
        )
        for n in range(count)
        for code, cue in (("IL-GAMBLE", "真钱开局"), (NONE, "新品上市"))
    ]


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader(voices=fit_voices(teach()), model="test")


def test_a_taught_model_names_the_offence_with_the_words_that_say_so(reader: TextReader) -> None:
    text = "明月古道真钱开局古道今日77"
    (opinion,) = reader.read_many([text])

    assert [each.code for each in opinion.offences] == ["IL-GAMBLE"]
    assert not opinion.unsure
    shown = "".join(text[each.start : each.end] for each in opinion.offences[0].reasons)
    assert set("真钱开局") & set(shown)


def test_no_offence_and_unsure_are_two_answers(reader: TextReader) -> None:
    innocent, strange, other = reader.read_many(
        ["明月古道新品上市古道今日77", "你我他她它们都去哪里了呢", "Ваша посылка ждёт"]
    )

    assert (innocent.offences, innocent.unsure) == ((), False)
    assert (strange.offences, strange.unsure) == ((), True)
    assert (other.unsure, other.language) == (True, "other")


def test_the_same_text_reads_the_same_alone_and_among_others() -> None:
    reader = FileWorkshop(Path()).open("")
    texts = [each.text for each in teach(30)] + [
        "Call now to claim your prize",
        "",
        "出售仿真枪货到付款",
    ]

    together = reader.read_many(texts)

    assert together == [reader.read_many([text])[0] for text in texts]


def test_the_same_texts_give_the_same_bytes() -> None:
    first, second = (encode_model(fit_voices(teach()), about="x") for _ in range(2))

    assert first == second
    assert decode_model(first).voices["zh"].kinds == fit_voices(teach())["zh"].kinds


def test_a_changed_file_is_refused() -> None:
    data = bytearray(encode_model(fit_voices(teach()), about="x"))
    data[-1] ^= 1

    for broken in (bytes(data), bytes(data[:-10]), b"something else", bytes(data[:30])):
        with pytest.raises(ModelBroken):
            decode_model(broken)


def test_a_kind_with_few_texts_is_never_named() -> None:
    texts = teach()
    few = [
        Labelled(
            text=f"出售旧船票{n}号{WORDS[n]}", codes=("FR-GAME",), language="zh", group=f"g{n}"
        )
        for n in range(10)
    ]
    voice = fit_voices([*texts, *few])["zh"]

    assert {each.code: each.may_name for each in voice.kinds}["FR-GAME"] is False


def test_a_kind_that_the_table_keeps_from_models_is_never_named() -> None:
    texts = [
        Labelled(text=each.text, codes=tuple(c.replace("IL-GAMBLE", "IL-WEAPON") for c in each.codes),
                 language="zh", group=each.group)
        for each in teach()
    ]  # fmt: skip
    (opinion,) = TextReader(voices=fit_voices(texts), model="t").read_many(
        ["明月古道真钱开局古道今日77"]
    )

    assert opinion.offences == ()
    assert opinion.unsure


def test_models_are_kept_by_their_digest(tmp_path: Path) -> None:
    workshop = FileWorkshop(tmp_path / "models")
    digest = workshop.fit(teach(), about="x", base="")

    opened = workshop.open(digest)

    assert set(opened.voices) == {"en", "zh"}  # English keeps the model that ships
    assert digest[:12] in opened.version
    with pytest.raises(ModelMissing):
        workshop.open("0" * 64)
    with pytest.raises(TooLittle):
        workshop.fit(teach(10), about="x")


def test_a_kept_file_that_is_another_is_missing(tmp_path: Path) -> None:
    workshop = FileWorkshop(tmp_path)
    digest = workshop.fit(teach(), about="x")
    (tmp_path / f"{digest}.model").rename(tmp_path / f"{'1' * 64}.model")

    with pytest.raises(ModelMissing):
        workshop.open("1" * 64)


def test_the_shipped_model_is_small_and_names_only_what_it_may() -> None:
    model = decode_model(SHIPPED.read_bytes())

    assert SHIPPED.stat().st_size <= BYTES_MAX
    for voice in model.voices.values():
        for kind in voice.kinds:
            if kind.may_name and kind.code != NONE:
                assert OFFENCES[kind.code].model_may_name
                assert kind.wordings >= 40


def test_reading_needs_no_trainer() -> None:
    program = (
        "import sys; from tipline.adapters.offences.workshop import FileWorkshop; "
        "from pathlib import Path; FileWorkshop(Path()).open('').read_many(['您的积分可以兑换']); "
        "sys.exit(bool({'sklearn', 'scipy', 'polars'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)

    assert done.returncode == 0
