"""Which servers are asked, and which only when somebody clicks."""

from __future__ import annotations

import pytest

from feedrecords import NOW, a_record, a_show
from sendeturm.checks import hosts_of_feed, hosts_of_page, hosts_of_style
from sendeturm.feed import render_feed
from sendeturm.model import Credit
from sendeturm.site import render_site

OWN = "cdn.example.org"
LOADING = [
    '<img src="https://a.example/x.png">',
    '<img srcset="/b.png 1x, https://a.example/b.png 2x">',
    '<script src="//a.example/x.js"></script>',
    '<link rel="preload STYLESHEET" href="http://a.example/x.css">',
    '<iframe src="https://a.example/"></iframe>',
    '<audio src="https://a.example/1.mp3"></audio>',
    '<video poster="https://a.example/1.jpg"></video>',
    '<p style="background: url(https://a.example/1.jpg)">',
]


@pytest.mark.parametrize("html", LOADING)
def test_what_a_page_loads_is_asked(html):
    assert "a.example" in hosts_of_page(html.encode(), OWN).asked


def test_what_a_page_leads_to_is_linked():
    html = '<a href="https://a.example/">x</a><a href="mailto:b@b.example">y</a><a href="/z">z</a>'
    found = hosts_of_page(html.encode() + b'<link rel="canonical" href="https://c.example/">', OWN)
    assert (found.asked, found.linked) == (set(), {"a.example", "c.example", OWN})


def test_a_stylesheet_asks():
    css = b"@import 'https://a.example/x.css'; p { background: URL( \"//b.example/x\" ) }"
    assert hosts_of_style(css, OWN).asked == {"a.example", "b.example"}


def test_our_feed_and_pages_ask_our_server_alone():
    site = render_site(a_show(), [a_record(1)], {}, NOW)
    found = hosts_of_feed(render_feed(a_show(), [a_record(1)], NOW), OWN)
    for page in site.values():
        found |= hosts_of_page(page.body, OWN)
    assert found.asked == {OWN}
    assert {"example.org", "antennapod.org"} <= found.linked


def test_a_persons_picture_elsewhere_is_told():
    people = (Credit(name="Bo", image="https://a.example/bo.jpg", url="https://b.example/"),)
    found = hosts_of_feed(render_feed(a_show(people=people), [a_record(1)], NOW), OWN)
    assert found.asked == {OWN, "a.example"}
    assert "b.example" in found.linked
