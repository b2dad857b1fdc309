"""How to answer, as notes say it."""

from __future__ import annotations

import lxml.html
import pytest

from feedrecords import a_record, a_show
from sendeturm.text.answering import answers, answers_html


def test_a_show_that_nobody_can_answer_says_nothing():
    found = answers(a_show(email=None), a_record(1), "1")
    assert answers_html(found, "de") == ""


def test_what_is_only_here_has_no_address_to_say():
    found = answers(a_show(is_public=False), a_record(1), "1")
    assert (found.spoken, found.spoken_link) == ("", "")
    assert "turm@example.org" in answers_html(found, "de")


def test_what_is_written_cannot_break_out():
    show = a_show(title='"><script>', voice_message='https://example.org/"><b>')
    paragraph = lxml.html.fragment_fromstring(answers_html(answers(show, a_record(1), "1"), "en"))
    assert [element.tag for element in paragraph.iter()] == ["p", "a", "a", "a"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org"])
def test_a_link_that_nobody_should_follow_is_none(link):
    assert answers(a_show(voice_message=link), a_record(1), "1").voice is None


def test_a_telephone_number_is_shown_in_the_shows_language():
    found = answers(a_show(voice_message="tel:+49301234", language="de-AT"), a_record(1), None)
    assert found.voice.name == "Sprich mir etwas auf: +49301234"
