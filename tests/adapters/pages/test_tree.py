from hypothesis import given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from tipline.adapters.pages import LexborReader

MARKUP = st.lists(
    st.sampled_from(
        ["<div>", "</div>", "<p>", "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "text",
         " ¥5 ", "<script>1</script>", "<b>", "</b>", "<!--", "-->", "&amp;", "\x00", "<svg><a>", "<"]
    ),
    max_size=60,
)  # fmt: skip


@given(MARKUP)
@settings(max_examples=200)
def test_elements_nest_and_keep_within_the_text(parts: list[str]) -> None:
    tree = LexborReader().read("".join(parts))

    for each in tree.elements:
        assert 0 <= each.start <= each.end <= len(tree.text)
        for child in map(tree.elements.__getitem__, each.children):
            assert child.parent == each.number
            assert each.number < child.number <= child.last <= each.last
            assert each.start <= child.start <= child.end <= each.end


def test_a_path_leads_to_its_element_alone() -> None:
    html = "<title>t</title><div><p>a</p><!-- x --><p>b<i>c</i></p></div><div><p>d</p></div>"
    tree, parser = LexborReader().read(html), LexborHTMLParser(html)

    for each in tree.elements:
        found = parser.css(each.path)
        assert [node.tag for node in found] == [each.tag]
        if each.tag == "p":
            assert found[0].text() == tree.read(each)


def test_text_is_as_a_reader_sees_it() -> None:
    html = "<title>T</title><p>one <b>two</b>three</p><script>no()</script><div>four<br>five</div>"

    tree = LexborReader().read(html)

    assert tree.title == "T"
    assert tree.text == "one twothree\nfour\nfive\n"
    assert tree.scripts == ("no()",)


def test_a_page_deep_or_large_beyond_measure_is_read_as_far_as_is_allowed() -> None:
    deep = LexborReader().read("<div>" * 50_000 + "end")
    large = LexborReader().read("<i>x</i>" * 150_000)

    assert len(deep.elements) < 200
    assert "end" in deep.text
    assert large.is_cut
