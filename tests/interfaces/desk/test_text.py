"""A stranger's words: shown whole, marked, and with nothing in them that acts or hides."""

import html
import re

import pytest
from hypothesis import given, strategies as st

from tipline.interfaces.desk.shown.text import (
    UNSEEN,
    Mark,
    cut_pieces,
    defang,
    show_line,
    show_text,
)

TAG = re.compile(r"<[^>]*>")
OURS = re.compile(
    r'<mark class="is-[a-z0-9-]*(?: is-[a-z0-9-]*)*"(?: title="[^"<>]*")?>|</mark>|<u class="why-here">|</u>|<span class="unseen" title="U\+[0-9A-F]{4,6}" dir="ltr">|</span>'
)
words = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"), st.sampled_from("<>&\"'http://\u202e\u200b\u200d.:")
    ),
    max_size=200,
)


@given(
    words,
    st.lists(
        st.builds(
            Mark,
            st.integers(0, 60),
            st.integers(0, 60),
            st.sampled_from(["url", "qq", '"><x']),
            st.just(("hidden", "<b")),
            st.sampled_from(["", '"><script>']),
        )
    ),
    st.lists(st.tuples(st.integers(-1, 60), st.integers(-1, 60))),
)
def test_whatever_is_sent_no_markup_but_ours_comes_out(
    text: str, marks: list[Mark], whys: list[tuple[int, int]]
) -> None:
    shown = show_text(text, marks, whys)

    assert all(OURS.fullmatch(tag) for tag in TAG.findall(shown))
    assert not re.search(r"https?://", html.unescape(TAG.sub("", shown)), re.IGNORECASE)
    hidden = set(shown) & set(UNSEEN)
    assert hidden <= {"\u200d"}


@given(words, st.lists(st.builds(Mark, st.integers(0, 60), st.integers(0, 60), st.just("qq"))))
def test_pieces_are_the_text_itself(text: str, marks: list[Mark]) -> None:
    assert "".join(piece.text for piece in cut_pieces(text, marks)) == text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("http://a.b/c", "hxxp://a.b/c"),
        ("HTTPS://A.B", "HxxPS://A.B"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("data:text/html,x", "data[:]text/html,x"),
        ("vbscript:x", "vbscript[:]x"),
        ("ftp://a.b", "ftp[:]//a.b"),
        ("客服QQ:12345678", "客服QQ:12345678"),
        ("at 12:30, note: yes", "at 12:30, note: yes"),
    ],
)
def test_links_are_written_so_that_nothing_follows_them(sent: str, shown: str) -> None:
    assert defang(sent) == shown


def test_the_host_of_what_is_known_to_be_a_link_is_broken() -> None:
    assert defang("http://a.b.example/x.html", "url") == "hxxp://a[.]b[.]example/x.html"
    assert defang("a.b@c.example", "email") == "a[.]b@c[.]example"


def test_what_cannot_be_seen_is_shown_by_name() -> None:
    shown = show_line("微\u200b信 \u202egpj.exe")

    assert ">ZWSP</span>" in shown
    assert ">RLO</span>" in shown
    assert "\u202e" not in shown


def test_a_picture_made_of_several_stays_one() -> None:
    family = "\U0001f468\u200d\U0001f469"
    assert show_line(family) == family


def test_letters_piled_high_are_cut() -> None:
    assert len(show_line("a" + "\u0301" * 10_000)) < 20


@pytest.mark.parametrize("cut", range(1, 16))
def test_a_mark_that_begins_inside_a_link_does_not_put_it_together(cut: int) -> None:
    shown = show_text("http://a.example/b", [Mark(cut, 18, "url")], [(cut + 1, 12)])

    assert "http:" not in TAG.sub("", shown)


def test_what_speaks_for_an_offence_is_underlined_through_marks() -> None:
    shown = show_text("call 110 now", [Mark(5, 8, "shortcode", ("innocent",), "hotline")], [(3, 7)])

    assert shown == (
        'cal<u class="why-here">l </u><mark class="is-shortcode is-innocent" title="hotline">'
        '<u class="why-here">11</u>0</mark> now'
    )
