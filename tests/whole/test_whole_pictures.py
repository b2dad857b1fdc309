"""The pictures of the terminal: there, well-formed, and asking nobody for anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import draw_terminal

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["init", *draw_terminal.SCENES])
def test_a_picture_loads_nothing_and_its_words_are_text(name):
    picture = ROOT / f"docs/pictures/terminal-{name}.svg"
    root = etree.parse(picture).getroot()
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "style", "defs", "clipPath", "rect", "g", "circle", "text"),
    }
    style = "".join(root.itertext(f"{SVG}style"))
    assert "url(" not in style
    assert "@" not in style
    assert any("sendeturm" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_what_was_redrawn_stands_there_once():
    screen = draw_terminal.Screen()
    screen.feed("one\r\n\x1b[?25lbar  10%\r\n\x1b[31mother\x1b[0m\r\x1b[2K\x1b[1A\x1b[2K")
    screen.feed("bar 100%\r\nother\x1b[?25h\r\nend\r\n")
    assert screen.lines == ["one", "bar 100%", "other", "end", ""]


def test_a_picture_of_colours_is_the_same_each_time():
    text = "\x1b[32mnew\x1b[0m  Grüße"
    assert draw_terminal.drawn("plan", text) == draw_terminal.drawn("plan", text)
    assert "Grüße" in draw_terminal.drawn("plan", text)
