"""A person's taste: colours, fonts, an own stylesheet, own templates within limits."""

from __future__ import annotations

import lxml.html
import pytest

from feedrecords import NOW, a_record, a_show
from sendeturm.errors import Problem
from sendeturm.model import Look, SiteFacts
from sendeturm.model.site import OWN_STYLE
from sendeturm.site import render_site


def rendered(own=None, *, look=None):
    told: list[Problem] = []
    show = a_show(site=SiteFacts(look=look or Look()))
    site = render_site(show, [a_record(1)], {}, NOW, own=own or {}, tell=told.append)
    return site, told


def test_colours_and_fonts_come_after_ours():
    look = Look(colour="#0a5", paper_dark="#101418", font="'Fira Sans', sans-serif")
    site, _ = rendered(look=look)
    (key,) = (key for key in site if key.startswith("assets/own-"))
    rules = site[key].body.decode()
    assert rules == (
        ":root{--signal:#0a5;--serif:'Fira Sans', sans-serif;--sans:'Fira Sans', sans-serif;}\n"
        "@media (prefers-color-scheme:dark){:root{--paper:#101418;}}\n"
    )
    page = lxml.html.document_fromstring(site["turm-1/index.html"].body.decode())
    assert page.xpath("//link[@rel='stylesheet']/@href")[-1] == f"../{key}"


def test_an_own_stylesheet_has_the_last_word():
    site, _ = rendered({OWN_STYLE: "h1 { color: teal }"}, look=Look(ink="#222222"))
    (key,) = (key for key in site if key.startswith("assets/own-"))
    assert site[key].body.decode().endswith("}\nh1 { color: teal }")


def test_whoever_sets_nothing_loads_nothing_more():
    site, _ = rendered()
    assert not any(key.startswith("assets/own-") for key in site)


def test_an_own_template_may_build_on_ours():
    body = "{% block body %}<h1>{{ show.title }}!</h1>{% endblock %}"
    text = '{% extends "sendeturm/index.html" %}' + body
    site, told = rendered({"index.html": text})
    assert "<h1>Über Türme &amp; &lt;Tore&gt;!</h1>" in site["index.html"].body.decode()
    assert told == []
    ours, _ = rendered()
    assert site["turm-1/index.html"] == ours["turm-1/index.html"]


def test_own_parts_change_every_page():
    base = (
        '{% import "parts.html" as parts with context %}'
        "<!doctype html><title>x</title>{% block body %}{% endblock %}"
    )
    site, told = rendered({"base.html": base})
    assert told == []
    assert site["about/index.html"].body.startswith(b"<!doctype html><title>x</title>")


ENDLESS = {
    "loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "includes": "{% include 'episode.html' %}",
    "macros": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "text": "{{ 'x' * 1000000000 }}",
    "powers": "{{ 9 ** 99999999 }}",
    "ranges": "{% for a in range(99999999) %}{% endfor %}",
}
FORBIDDEN = {
    "files": "{% include '/etc/passwd' %}",
    "parents": "{% include '../../page.py' %}",
    "classes": "{{ show.__class__.__mro__ }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "changes": "{{ menu.append(1) }}",
}
WRONG = {
    "unknown": "\n\n{{ nothing_of_that_name }}",
    "syntax": "\n\n{% if %}",
    "zero": "\n\n{{ 1 // 0 }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_templates_without_end_are_told_and_the_page_is_whole(name):
    ours, _ = rendered()
    site, (found,) = rendered({"episode.html": ENDLESS[name]})
    assert (found.code, found.place.file) == ("site.template-endless", "templates/episode.html")
    assert site["turm-1/index.html"] == ours["turm-1/index.html"]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_templates_reach_for_nothing(name):
    ours, _ = rendered()
    site, (found,) = rendered({"episode.html": FORBIDDEN[name]})
    assert found.code == "site.template"
    assert site["turm-1/index.html"] == ours["turm-1/index.html"]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_line(name):
    _, (found,) = rendered({"episode.html": WRONG[name]})
    assert (found.place.file, found.place.line) == ("templates/episode.html", 3)


def test_a_template_that_fails_for_all_episodes_is_told_once():
    told: list[Problem] = []
    records = [a_record(n) for n in range(1, 6)]
    render_site(a_show(), records, {}, NOW, own={"episode.html": "{{ x }}"}, tell=told.append)
    assert len(told) == 1


def test_what_a_template_shows_is_escaped():
    show = a_show(title="<script>")
    site = render_site(show, [], {}, NOW, own={"index.html": "{{ show.title }}"})
    assert site["index.html"].body == b"&lt;script&gt;"
