"""The search page: what is found, what is refused in words, and what is kept."""

import pytest

from tipline.domain.duties import Role

pytestmark = pytest.mark.django_db


def test_a_report_is_found_with_its_words_marked(house, sign_in) -> None:
    report = house.take("有人冒充客服，电话 13900001234")
    page = sign_in().get("/search", {"q": "冒充"}).content.decode()

    assert f'href="/reports/{report}"' in page
    assert "<mark>冒充</mark>" in page


def test_a_number_is_told_to_lie_elsewhere(house, sign_in, hire) -> None:
    hire(region="310000")
    house.take("有人冒充客服，电话 13900001234", region="310000")
    page = sign_in().get("/search", {"q": "139 0000 1234"}).content.decode()

    assert "Ask:" in page
    assert "冒充" not in page


def test_what_is_too_short_is_refused_in_words(sign_in) -> None:
    client = sign_in(headers={"accept-language": "zh-hans"})
    answer = client.get("/search", {"q": "服"})

    assert answer.status_code == 422
    assert "太短" in answer.content.decode()


def test_markup_stays_text(house, sign_in) -> None:
    house.take("<script>alert(1)</script> 客服")
    page = sign_in().get("/search", {"q": "客服"}).content.decode()

    assert "<script>alert" not in page


def test_a_search_is_kept_tells_of_a_hit_and_is_removed(house, sign_in) -> None:
    client = sign_in()
    client.post("/search/save", {"q": "冒充"})
    report = house.take("有人冒充客服")
    page = client.get("/search").content.decode()
    number = client.get("/search").context["saved"][0].id

    assert "1 new" in page
    assert f'href="/reports/{report}"' in client.get(f"/search/{number}").content.decode()
    client.post(f"/search/{number}/seen")
    assert "1 new" not in client.get("/search").content.decode()
    client.post(f"/search/{number}/end")
    assert client.get(f"/search/{number}").status_code == 302


def test_an_administrator_may_not_search(sign_in) -> None:
    assert sign_in(Role.ADMINISTRATOR).get("/search", {"q": "冒充"}).status_code == 403
