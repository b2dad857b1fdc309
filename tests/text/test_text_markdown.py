"""Notes of strange feeds become Markdown that gives the same notes again."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendeturm.text.markdown import markdown_of
from sendeturm.text.notes import render_notes, sanitize
from sendeturm.text.plain import plain_text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Hallo <b>Welt</b></p><p>Zwei</p>", "Hallo **Welt**\n\nZwei"),
        ("<div>Eins</div><div>Zwei</div>", "Eins\n\nZwei"),
        ("Eins<br>Zwei<br><br>Drei", "Eins\\\nZwei\n\nDrei"),
        ("<h1>Oben</h1><h4>Unten</h4>", "## Oben\n\n### Unten"),
        ("<ul><li>a</li><li>b <i>c</i></li></ul>", "- a\n- b *c*"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n   - b"),
        ('<a href="https://x.example/a_(b)">Da</a>', "[Da](<https://x.example/a_(b)>)"),
        ('<a href="https://x.example/">https://x.example/</a>', "<https://x.example/>"),
        ('<a href="/hier">nirgends</a>', "nirgends"),
        ("<blockquote><p>Zitat</p></blockquote>", "> Zitat"),
        ("<p> </p><p>&nbsp;</p>", ""),
        ("<script>böse()</script><p onclick='x'>gut</p>", "gut"),
        ("<p>1. April</p><p>- weg</p><p>2 * 3 * 4</p>", "1\\. April\n\n\\- weg\n\n2 \\* 3 \\* 4"),
        (
            "Zeile eins\nZeile zwei\n\nAbsatz & *Stern*",
            "Zeile eins\\\nZeile zwei\n\nAbsatz & \\*Stern\\*",
        ),
        ("Anna &amp; Bo &lt;3", "Anna & Bo \\<3"),
        ("", ""),
    ],
)
def test_html_and_plain_text_become_markdown(html, markdown):
    assert markdown_of(html) == markdown


def test_what_markdown_cannot_say_stays_html():
    kept = markdown_of("<p><strong>Titel:</strong>direkt</p>")
    assert render_notes(kept).html == "<p><strong>Titel:</strong>direkt</p>"
    lists = markdown_of("<ol><li>a</li></ol>\n\n<ol><li>b</li></ol>")
    assert render_notes(lists).html.count("<ol>") == 2


def test_lines_with_times_stay_lines():
    notes = render_notes(markdown_of("<p>00:00 Los<br>01:00 Weiter<br>02:00 Ende</p>"))
    assert notes.text == "00:00 Los\n01:00 Weiter\n02:00 Ende"


WORDS = st.text(
    st.sampled_from("ab*_`[]()<>#-+=~|\\.!:&1 2\"'äß@/")
    | st.characters(min_codepoint=160, exclude_categories=("Cs",)),
    max_size=12,
)
TAGS = st.sampled_from(("p", "b", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "div"))


@st.composite
def pieces(draw, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return escape(draw(WORDS), quote=False) + draw(st.sampled_from(("", "<br>", "\n")))
    tag, inner = draw(TAGS), draw(st.lists(pieces(depth - 1), max_size=3))
    if draw(st.integers(0, 5)) == 0:
        return f'<a href="https://x.example/{draw(st.integers(0, 9))}">k{"".join(inner)}</a>'
    return f"<{tag}>{''.join(inner)}</{tag}>"


def read(html: str) -> str:
    """Return all that can be read, without space and the marks of lists."""
    text = plain_text(sanitize(html))
    return "".join(sign for sign in text if not sign.isspace() and sign != "•")


@settings(max_examples=40)
@given(st.lists(pieces(), max_size=4).map("".join))
def test_no_word_is_lost_or_gains_a_meaning(html):
    source = f"<p>x</p>{html}"
    again = render_notes(markdown_of(source)).html
    assert read(again) == read(source.replace("<div>", "<p>").replace("</div>", "</p>"))
