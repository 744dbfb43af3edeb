"""The pages of clusters: which there are, why, as a picture, and what officers say of them."""

import pytest
from django.test import Client

from tipline.domain.duties import Role
from tipline.store.models import Cluster, Gang, Job, LinkRuling

A, B = "13911112222", "13911113333"


@pytest.fixture
def reports(house) -> list[int]:
    """A chain of three reports, and one of another region beside them."""
    made = house.file_many([f"诈骗电话 {A}，损失 3000 元", f"电话 {A} 和 {B}"], region="500000")
    made += house.file_many([f"又是 {B}，损失 1.2 万元"], region="500000")
    made += house.file_many([f"北京也有 {B}"], region="110000")
    house.work()
    key = Cluster.objects.order_by("-size")[0]
    assert key.size == 4, list(Cluster.objects.values())
    return made


@pytest.fixture
def analyst(sign_in) -> Client:
    return sign_in(Role.ANALYST, "500000")


def test_a_cluster_is_listed_and_tells_why(analyst: Client, reports) -> None:
    key = reports[0]
    assert f'href="/clusters/{key}"' in analyst.get("/clusters").content.decode()

    answer = analyst.get(f"/clusters/{key}", {"one": reports[0], "other": reports[2]})

    page = answer.content.decode()
    assert [step.name[1] for step in answer.context["steps"]] == [f"+86{A}", f"+86{B}"]
    assert "1 more report belongs to another region" in page
    assert f"No. {reports[3]}" not in page
    assert [(int(loss.amount), loss.currency) for loss in answer.context["cluster"].losses] == [
        (15_000, "CNY")
    ]


def test_the_picture_says_what_the_table_says(analyst: Client, reports) -> None:
    answer = analyst.get(f"/clusters/{reports[0]}/picture")

    page = answer.content.decode()
    assert page.count("<circle") == 3
    assert {name[1] for name, _, _ in answer.context["table"]} == {f"+86{A}", f"+86{B}"}
    hidden = analyst.get(f"/clusters/{reports[0]}/picture", {"hide": 2})
    assert "<circle" not in hidden.content.decode()


def test_the_report_says_of_which_cluster_it_is(sign_in, reports) -> None:
    page = sign_in(Role.REGIONAL_LEAD, "500000").get(f"/reports/{reports[2]}").content.decode()

    assert f"Part of cluster {reports[0]}: 4 reports" in page


def test_officers_part_reports_and_name_a_gang_for_a_reason(analyst: Client, reports) -> None:
    at = f"/clusters/{reports[0]}"
    given = {"one": reports[0], "other": reports[2], "word": "other"}

    assert analyst.post(f"{at}/rule", given).status_code == 422
    assert analyst.post(f"{at}/rule", {**given, "reason": "two voices"}).status_code == 302
    assert LinkRuling.objects.get().is_same is False
    assert analyst.post(f"{at}/gang", {"name": "山城客服"}).status_code == 422
    analyst.post(f"{at}/gang", {"name": "山城客服", "reason": "one script"})
    assert Gang.objects.get().name == "山城客服"
    assert "山城客服" in analyst.get("/clusters").content.decode()
    analyst.post("/clusters/settle")
    assert Job.objects.filter(step="settle", subject="links:now").count() == 1


def test_no_other_region_and_no_lesser_role_comes_near(sign_in, reports) -> None:
    elsewhere = sign_in(Role.ANALYST, "440000")
    assert elsewhere.get(f"/clusters/{reports[0]}").status_code == 404
    assert "No two reports here" in elsewhere.get("/clusters").content.decode()
    reader = sign_in(Role.INTAKE_OFFICER, "500000")
    assert reader.get(f"/clusters/{reports[0]}").status_code == 200
    assert (
        reader.post(f"/clusters/{reports[0]}/gang", {"name": "x", "reason": "y"}).status_code == 403
    )


def test_the_pages_speak_chinese(analyst: Client, reports) -> None:
    analyst.post("/language", {"language": "zh-hans"})

    assert "团伙" in analyst.get(f"/clusters/{reports[0]}").content.decode()
