"""Pages beside the episodes: about, imprint, addresses to be spoken, signposts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID

import lxml.etree
import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from feedrecords import NOW, a_record, a_show
from sendeturm.model import PageFacts, SiteFacts
from sendeturm.model.short import short_names
from sendeturm.model.vocabulary import RemoteShow
from sendeturm.site import render_site

ADDRESS = "https://cdn.example.org/show"
PAGES = (
    PageFacts(slug="about", title="Über uns", html="<p>Zu <em>zweit</em>.</p>", source_sha256=""),
    PageFacts(slug="impressum", title="Impressum", html="<p>Hier.</p>", source_sha256=""),
    PageFacts(
        slug="technik", title="Technik & <Ton>", html="<p>Ein Mikrofon.</p>", source_sha256=""
    ),
)


def site_with_pages(count: int = 2) -> dict[str, lxml.html.HtmlElement]:
    show = a_show(site=SiteFacts(pages=PAGES))
    site = render_site(show, [a_record(n) for n in range(1, count + 1)], {}, NOW)
    return {
        key: lxml.html.document_fromstring(page.body.decode())
        for key, page in site.items()
        if key.endswith(".html")
    }


def test_own_words_stand_on_the_about_page_with_the_people() -> None:
    about = site_with_pages()["about/index.html"]
    assert about.xpath("//main//em")[0].text == "zweit"
    assert [name.text_content() for name in about.xpath("//*[@class='name']")] == ["Änne Öhler"]


def test_every_page_leads_to_the_imprint_and_the_menu() -> None:
    for key, page in site_with_pages().items():
        if key[0].isdecimal():
            continue
        root = "../" if "/" in key else ""
        assert f"{root}impressum/index.html" in page.xpath("//footer//a/@href")
        menu = page.xpath("//nav[@class='menu']/a/@href")
        own = [f"{root}{name}/index.html" for name in ("subscribe", "search", "about", "technik")]
        assert menu == [f"{root}index.html", *own]


def test_recommended_shows_stand_on_the_about_page() -> None:
    first = RemoteShow(feed_guid=UUID(int=1), feed_url="https://a.example/feed", title="Freunde")
    second = RemoteShow(feed_guid=UUID(int=2), feed_url="https://b.example/feed")
    nameless = RemoteShow(feed_guid=UUID(int=3))
    site = render_site(a_show(podroll=(first, second, nameless)), [], {}, NOW)
    page = lxml.html.document_fromstring(site["about/index.html"].body.decode())
    links = page.xpath("//section[@aria-labelledby='recommended']//a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Freunde", "https://a.example/feed"),
        ("https://b.example/feed", "https://b.example/feed"),
    ]


def test_the_menu_says_where_one_is() -> None:
    pages = site_with_pages()
    for key in ("index.html", "about/index.html", "technik/index.html"):
        (here,) = pages[key].xpath("//*[@aria-current='page']/@href")
        assert here.removeprefix("../") == key
    assert pages["technik/index.html"].xpath("//h1")[0].text == "Technik & <Ton>"


def test_a_spoken_number_leads_to_its_episode() -> None:
    page = site_with_pages()["2/index.html"]
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == "0; url=../turm-2/index.html"
    assert page.xpath("//a/@href") == ["../turm-2/index.html"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/turm-2/index.html"]


def test_in_a_bucket_the_bare_name_is_the_page() -> None:
    site = render_site(a_show(), [a_record(2)], {}, NOW, in_bucket=True)
    page = lxml.html.document_fromstring(site["2"].body.decode())
    assert site["2"].content_type == "text/html; charset=utf-8"
    assert page.xpath("//a/@href") == ["turm-2/index.html"]
    assert "2/index.html" not in site


def record_of(nth: int, number: int | None, season: int | None):
    moment = datetime(2026, 1, 1, tzinfo=NOW.tzinfo) + timedelta(days=nth)
    return a_record(nth, number=number, season=season, published_at=moment)


def test_another_season_does_not_take_a_number_away() -> None:
    records = [record_of(1, 1, 1), record_of(2, 1, 2), record_of(3, 1, None), record_of(4, None, 2)]
    said = {name: record.guid for name, record in short_names(records).items()}
    assert said == {"1": records[0].guid, "s2e1": records[1].guid}


@given(
    st.lists(st.tuples(st.none() | st.integers(1, 5), st.none() | st.integers(1, 3)), max_size=9)
)
def test_a_spoken_number_never_comes_to_mean_another_episode(numbers) -> None:
    records = [record_of(n, number, season) for n, (number, season) in enumerate(numbers, 1)]
    for count in range(len(records)):
        before, after = short_names(records[:count]), short_names(records[: count + 1])
        assert {name: after[name].guid for name in before} == {n: r.guid for n, r in before.items()}


def test_the_address_of_a_page_is_no_spoken_number() -> None:
    eleven = a_record(1, number=2, slug="11")
    assert list(short_names([eleven, a_record(2, number=11, slug="b")])) == ["2"]


def test_search_engines_find_every_page_once() -> None:
    show = a_show(site=SiteFacts(pages=PAGES))
    site = render_site(show, [a_record(1)], {}, NOW)
    found = lxml.etree.fromstring(site["sitemap.xml"].body)
    names = [e.text.removeprefix(f"{ADDRESS}/") for e in found.iter("{*}loc")]
    assert len(names) == len(set(names))
    pages = {key for key in site if key.endswith(".html") and not key[0].isdecimal()}
    assert set(names) == pages - {"search/index.html"}
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in site["robots.txt"].body.decode()


def test_a_show_that_is_only_here_is_no_search_engines_business() -> None:
    site = render_site(a_show(is_public=False), [a_record(1)], {}, NOW)
    assert not {"sitemap.xml", "robots.txt"} & set(site)


def test_previews_read_what_an_episode_is() -> None:
    show = a_show(title="</script><b>")
    page = lxml.html.document_fromstring(
        render_site(show, [a_record(1)], {}, NOW)["turm-1/index.html"].body.decode()
    )
    (script,) = page.xpath("//script[@type='application/ld+json']")
    linked = json.loads(script.text)
    assert linked["@type"] == "PodcastEpisode"
    assert linked["partOfSeries"]["name"] == "</script><b>"
    assert linked["associatedMedia"]["contentUrl"] == f"{ADDRESS}/media/turm-1-abcdef.mp3"
    assert linked["duration"] == "PT1830S"
