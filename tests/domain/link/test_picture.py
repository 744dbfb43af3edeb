"""A picture holds each spot once, in its frame, and tells what it leaves out."""

from hypothesis import given, strategies as st

from tipline.domain.link.picture import draw_web
from tipline.domain.link.web import Web

edges = st.lists(
    st.tuples(st.integers(0, 40), st.tuples(st.just("phone"), st.sampled_from("abcdefgh"))),
    max_size=120,
)


@given(edges, st.integers(4, 60))
def test_every_report_is_shown_or_counted(told, most):
    web = Web(told)
    picture = draw_web(web, most=most)

    shared = set(web.shared)
    reports = [each for spot in picture.spots for each in spot.reports]
    linked = {r for r, names in web.names.items() if shared & set(names)}
    assert len(reports) == len(set(reports))
    assert set(reports) <= linked
    if not picture.hidden_names:
        assert len(reports) + picture.hidden_reports == len(linked)
    assert len(picture.spots) <= most
    assert picture.hidden_names == len(shared) - sum(1 for each in picture.spots if each.name)
    places = {(round(each.x, 3), round(each.y, 3)) for each in picture.spots}
    assert len(places) == len(picture.spots)
    for each in picture.spots:
        assert picture.left < each.x < picture.left + picture.width
        assert picture.top < each.y < picture.top + picture.height
    assert draw_web(Web(reversed(told)), most=most) == picture


def test_what_is_left_out_is_not_drawn():
    a, b = ("phone", "a"), ("phone", "b")
    web = Web([(1, a), (2, a), (2, b), (3, b)])

    assert {spot.name for spot in draw_web(web, without=frozenset({a})).spots} == {b, None}
