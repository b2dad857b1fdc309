"""Where an episode is talked about."""

from __future__ import annotations

import lxml.html
import pytest

from feedrecords import NOW, a_record, a_show
from sendeturm.model import Chapter
from sendeturm.model.vocabulary import SocialPost
from sendeturm.site import render_site
from sendeturm.site.threads import thread


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://social.example/@ada/1123", "1123"),
        ("https://social.example/users/ada/statuses/1123", "1123"),
        ("https://pleroma.example/notice/AbC9", "AbC9"),
    ],
)
def test_replies_are_asked_of_the_posts_own_host(url, status):
    found = thread([SocialPost(url=url, account="@ada")])
    assert found.name == "@ada"
    assert found.replies == f"https://{found.host}/api/v1/statuses/{status}/context"
    assert url.startswith(f"https://{found.host}/")


@pytest.mark.parametrize(
    ("protocol", "url"),
    [
        ("bluesky", "https://bsky.example/profile/ada/post/1"),
        ("activitypub", "https://social.example/somewhere"),
        ("activitypub", "https://so;cial.example/@ada/1"),
    ],
)
def test_elsewhere_only_the_link_leads_on(protocol, url):
    found = thread([SocialPost(protocol=protocol, url=url)])
    assert (found.url, found.replies, found.host) == (url, "", None)


def test_the_lowest_priority_counts_and_disabled_means_none():
    posts = [
        SocialPost(url="https://a.example/@x/1", priority=2),
        SocialPost(url="https://b.example/@x/1", priority=1),
    ]
    assert thread(posts).host == "b.example"
    assert thread([SocialPost(protocol="disabled")]) is None
    assert thread([SocialPost(protocol="matrix", url="matrix:r/turm")]) is None


def page_of(**facts):
    record = a_record(1)
    record = record.model_copy(update={"facts": record.facts.model_copy(update=facts)})
    site = render_site(a_show(), [record], {}, NOW)
    return lxml.html.document_fromstring(site["turm-1/index.html"].body.decode())


def test_only_the_page_that_leads_to_a_host_may_ask_it():
    page = page_of(social=(SocialPost(url="https://social.example/@ada/1"),))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "connect-src 'self' https://social.example;" in policy
    (other,) = page_of().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "https://" not in other


def test_pictures_of_chapters_are_those_of_the_show_alone():
    chapters = (
        Chapter(start_ms=0, title="a", image="https://cdn.example.org/show/covers/a.jpg"),
        Chapter(start_ms=9000, title="b", image="https://elsewhere.example/b.jpg"),
    )
    links = page_of(chapters=chapters).xpath("//ol[@class='chapters']//a")
    assert [link.get("data-picture") for link in links] == [chapters[0].image, None]
