from __future__ import annotations

import pytest

from feedrecords import a_show
from sendeturm.model.addresses import (
    ascii_address,
    ascii_url,
    feed_url,
    media_url,
    page_url,
    podcast_guid,
)


@pytest.mark.parametrize("scheme", ["", "http://", "https://", "HTTPS://", "feed://"])
@pytest.mark.parametrize("end", ["", "/", "//"])
@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("example.org/feed.xml", "bab2ba12-9757-5da6-a770-0e70e6bcf214"),
    ],
)
def test_the_podcast_guid_is_the_one_everybody_computes(scheme, url, end, guid):
    assert str(podcast_guid(scheme + url + end)) == guid


def test_addresses_of_a_show():
    show = a_show(address="https://cdn.example.org/show")
    assert feed_url(show) == "https://cdn.example.org/show/feed.xml"
    assert page_url(show) == "https://cdn.example.org/show/index.html"
    assert page_url(show, "der-turm") == "https://cdn.example.org/show/der-turm/index.html"
    assert (
        media_url(show, "media/a b%ü.mp3")
        == "https://cdn.example.org/show/media/a%20b%25%C3%BC.mp3"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/", "https://example.org"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://türme.de:8443/ä/", "https://xn--trme-0ra.de:8443/%C3%A4"),
        ("http://[::1]:4242", "http://[::1]:4242"),
    ],
)
def test_an_address_becomes_ascii_without_its_last_slash(written, expected):
    assert ascii_address(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/?q=a&b=ü#ä", "https://example.org/?q=a&b=%C3%BC#%C3%A4"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://ex..ämple/", "https://ex..%C3%A4mple/"),
        ("https://[broken", "https://%5Bbroken"),
    ],
)
def test_any_url_becomes_ascii(written, expected):
    assert ascii_url(written) == expected
