"""The whole journey, in both languages, with and without scripts."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.journeys.attachments import MAKER_NAME
from tests.journeys.camera import BYTES_MAX, Camera
from tests.journeys.house import House
from tests.journeys.reporter import CODE, split_code
from tests.journeys.walk import Variant, Walk

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

VARIANTS = (
    Variant("en", "en", has_scripts=True),
    Variant("zh-hans", "zh-hans", has_scripts=True, has_factor=True),
    Variant("en", "zh-hans", has_scripts=False),
    Variant("zh-hans", "en", has_scripts=False),
)
SCENES = ("form", "form-phone", "receipt", "status", "queue", "report", "decide")
PUBLIC = {
    *("home", "help", "exit", "404", "form", "form with errors", "receipt", "status form"),
    *("mistyped", "status with question", "status with answer", "status with outcome"),
}
TOLD = {  # what the reporter reads of the outcome and its reason, whoever decided
    "en": ("Action was taken", "The website or download was closed or blocked."),
    "zh-hans": ("已处置", "相关网站或下载已被关停或封堵。"),
}


@pytest.fixture(scope="module", params=VARIANTS, ids=str)
def walk(
    request: pytest.FixtureRequest,
    browser: Browser,
    house: House,
    camera: Camera,
    attachments: list,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """Somebody's walk from the first page to the outcome."""
    begun = Walk.begin(
        request.param,
        browser=browser,
        house=house,
        folder=tmp_path_factory.mktemp("downloads"),
        attachments=attachments,
        camera=camera,
    )
    yield begun.go()
    begun.end()


def test_receipt_has_a_code_in_groups_and_a_date(walk: Walk) -> None:
    assert CODE.match(walk.code)
    places = [walk.texts["receipt"].index(each) for each in split_code(walk.code)]
    assert all(before < after for before, after in pairwise(places))
    assert "2" in walk.texts["receipt"]


def test_every_proof_shows_its_text_with_the_published_verifier(walk: Walk) -> None:
    assert len(walk.proofs) >= 6, "the report, three states, a question, an answer"
    for proof, text in walk.proofs:
        assert walk.house.verify(proof, text).startswith("RECEIVED"), proof


def test_proof_of_another_text_is_refused(walk: Walk) -> None:
    proofs = [proof for proof, _text in walk.proofs]
    texts = [text for _proof, text in walk.proofs]
    for proof, text in zip(proofs, [*texts[1:], texts[0]], strict=True):
        assert walk.house.verify(proof, text).startswith("NOT RECEIVED"), proof


def test_words_come_back_as_they_were_sent(walk: Walk) -> None:
    _proof, text = walk.proofs[0]
    assert text.read_bytes().decode() == walk.story.text.replace("\n", "\r\n")


def test_officer_finds_the_report_read_by_the_machine(walk: Walk) -> None:
    shown = walk.texts["report"]
    for line in walk.story.text.splitlines():
        assert (
            line.replace("http://refund-parcel.example", "hxxp://refund-parcel[.]example") in shown
        )
    assert "http://refund" not in shown
    assert all(each.name in shown for each in walk.attachments)
    assert walk.story.email not in shown


def test_picture_is_shown_without_where_it_was_taken_and_kept_as_it_was(walk: Walk) -> None:
    sent = walk.attachments[0].read_bytes()
    assert MAKER_NAME.encode() in sent
    assert walk.kept_picture == sent
    assert MAKER_NAME.encode() not in walk.shown_picture
    with Image.open(io.BytesIO(walk.shown_picture)) as shown:
        assert not shown.getexif()
        assert not shown.info.keys() & {"exif", "icc_profile", "comment", "XML:com.adobe.xmp"}


def test_contact_is_shown_for_a_reason(walk: Walk) -> None:
    assert walk.story.email in walk.texts["contact"]
    assert walk.story.name in walk.texts["contact"]


def test_two_slips_of_the_pen_are_refused_and_one_is_mended(walk: Walk) -> None:
    assert walk.code[:4] not in walk.texts["mistyped"]
    assert "-".join(split_code(walk.code)) in walk.texts["question"]


def test_question_and_outcome_reach_the_reporter_in_their_language(walk: Walk) -> None:
    assert walk.official.question in walk.texts["question"]
    for each in TOLD[walk.variant.reporter]:
        assert each in walk.texts["outcome"]
        assert each in walk.texts["preview"]
    assert walk.official.explained in walk.texts["outcome"]
    assert walk.official.note not in walk.texts["outcome"]


def test_nothing_unexpected_happened_in_either_window(walk: Walk) -> None:
    assert walk.reporter.window.mishaps == []
    assert walk.officer.window.mishaps == []
    assert walk.reporter.window.context.cookies() == []
    assert walk.reporter.window.list_hosts() == {f"127.0.0.1:{walk.house.public_port}"}
    assert walk.officer.window.list_hosts() == {f"127.0.0.1:{walk.house.desk_port}"}


def test_axe_finds_nothing_on_any_page(walk: Walk) -> None:
    assert walk.looks.violations == []
    assert not walk.variant.has_scripts or set(walk.looks.seen) >= PUBLIC


def test_no_page_scrolls_sideways_in_a_narrow_window(walk: Walk) -> None:
    assert walk.looks.too_wide == []


def test_no_page_mixes_languages(walk: Walk) -> None:
    assert " ".join(walk.looks.foreign) == ""


def test_pictures_are_small_and_not_empty(walk: Walk, camera: Camera) -> None:
    if not walk.variant.has_scripts:
        return
    language = str(walk.variant)[:2]
    for scene in SCENES:
        path = camera.folder / f"{scene}-{language}.png"
        assert path.stat().st_size < BYTES_MAX
        with Image.open(path) as drawn:
            assert len(drawn.convert("RGB").getcolors(1 << 20) or ()) > 20, scene
