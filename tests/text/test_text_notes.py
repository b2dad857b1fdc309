from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from sendeturm.text import render_notes

SAFE = set("p ol ul li a b i strong em br h2 h3 blockquote code pre".split())  # noqa: SIM905  # reads as in the standard


def elements(markup):
    return list(lxml_html.fragment_fromstring(markup, create_parent="div").iter())[1:]


def test_markdown_becomes_html():
    notes = render_notes(
        "# Über *uns*\n\nEin [Verweis](https://a.de/?x=1&y=2).\n\n- eins\n- zwei\n"
    )
    assert notes.html == (
        "<h2>Über <em>uns</em></h2>\n"
        '<p>Ein <a href="https://a.de/?x=1&amp;y=2" rel="noopener">Verweis</a>.</p>\n'
        "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>"
    )
    assert notes.text == "Über uns\n\nEin Verweis (https://a.de/?x=1&y=2).\n\n• eins\n• zwei"


def test_bare_addresses_become_links_but_file_names_do_not():
    notes = render_notes("Mehr auf https://example.org/a_b, in sendeturm.md, an wir@example.org")
    assert (
        '<a href="https://example.org/a_b" rel="noopener">https://example.org/a_b</a>' in notes.html
    )
    assert '<a href="mailto:wir@example.org"' in notes.html
    assert notes.text == "Mehr auf https://example.org/a_b, in sendeturm.md, an wir@example.org"


def test_plain_text_of_lists_quotes_and_code():
    notes = render_notes("1. eins\n   - innen\n2. zwei\n\n> Zitat\n\n    a  b\n\nhart  \nUmbruch\n")
    assert notes.text == "1. eins\n  • innen\n2. zwei\n\nZitat\n\na  b\n\nhart\nUmbruch"


def test_pictures_become_their_words():
    notes = render_notes('![Die "Bühne"](https://tracker.example/x.png)')
    assert notes.html == '<p>Die "Bühne"</p>'


def test_nothing_gives_nothing():
    assert render_notes(" \n") == render_notes("")
    assert render_notes("").html == render_notes("").text == ""


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" jAvAsCrIpT:alert(1)" onclick="x()">x</a>',
        "[x](data:text/html,<script>alert(1)</script>)",
        "<iframe src=https://example.org></iframe><style>*{}</style>",
        '<a href="//example.org/x">x</a> <a href="/x">x</a> <a href="#x">x</a>',
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<p style='position:fixed' class='x' id='y'>x",
    ],
)
def test_raw_html_is_sanitised(markdown):
    notes = render_notes(markdown)
    for element in elements(notes.html) if notes.html else []:
        assert element.tag in SAFE
        assert set(element.attrib) <= {"href", "rel"}
        assert "href" not in element.attrib
    assert "alert(1)" not in notes.html or "<script" not in notes.html


@given(st.text(alphabet=st.sampled_from("<>&\"'=/ *_[]()!#-`:\n\tabchttps.javscrip\u00e4\x00")))
def test_any_markdown_gives_safe_html_twice_the_same(markdown):
    notes = render_notes(markdown)
    assert render_notes(markdown) == notes
    for element in elements(notes.html) if notes.html else []:
        assert element.tag in SAFE
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https:").lower().startswith(("http:", "https:", "mailto:"))


def test_the_html_does_not_hang_on_the_hash_seed():
    program = (
        "from sendeturm.text import render_notes;"
        "print(render_notes('<b title=x>[a](https://b.de)</b> <a rel=x target=y href=http://c>d</a>'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
