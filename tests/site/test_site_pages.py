"""What the rendered pages hold, read by an independent parser."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone
from posixpath import dirname, join, normpath
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from feedrecords import NOW, a_record, a_show, cover, with_chapters
from sendeturm.model import Credit, Cue, Record
from sendeturm.site import Page, render_site

CUES = (
    Cue(start_ms=0, end_ms=2000, text="Wer spricht?", speaker="Änne"),
    Cue(start_ms=62_500, end_ms=65_000, text="Der <Turm>.", speaker="Öhm"),
)
ADDRESS = "https://cdn.example.org/show"


def tree(page: Page) -> HtmlElement:
    return lxml.html.document_fromstring(page.body, parser=lxml.html.HTMLParser(encoding="utf-8"))


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rich_records(count: int = 3) -> list[Record]:
    records = [with_chapters(a_record(nth), 0, 62_500) for nth in range(1, count + 1)]
    return [r.model_copy(update={"cover": cover(f"covers/{r.facts.slug}.jpg")}) for r in records]


def rich_site(count: int = 3) -> dict[str, Page]:
    records = rich_records(count)
    return render_site(a_show(), records, {r.guid: CUES for r in records}, NOW)


def html_pages(site: dict[str, Page]) -> dict[str, HtmlElement]:
    return {key: tree(page) for key, page in site.items() if key.endswith(".html")}


def only_page(**changes: object) -> HtmlElement:
    record = a_record(1, **changes)
    site = render_site(a_show(), [record], {}, NOW)
    return tree(site[f"{record.facts.slug}/index.html"])


def test_every_internal_link_names_a_page_or_a_known_key() -> None:
    records = rich_records(25)
    site = rich_site(25)
    known = {*site, "feed.xml", "covers/show-abc.jpg"}
    known |= {r.enclosure.key for r in records if r.enclosure}
    known |= {r.cover.key for r in records if r.cover}
    for key, page in html_pages(site).items():
        for element, attribute, link, _ in page.iterlinks():
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            assert normpath(join(dirname(key), unquote(parts.path))) in known, (key, link)
            assert attribute in {"href", "src", "content"}
            assert element.tag in {"a", "audio", "img", "link", "meta", "script"}


def test_only_links_to_click_leave_the_address() -> None:
    for page in html_pages(rich_site()).values():
        for element, attribute, link, _ in page.iterlinks():
            if urlsplit(link).scheme and not link.startswith(ADDRESS):
                assert (element.tag, attribute) == ("a", "href"), link
        assert not page.xpath("//*[@srcset or @action or @style or @ping]")
        assert not page.xpath(
            "//script[not(@src or @type='application/ld+json')] | //style | //iframe"
            " | //form | //object"
        )


def test_links_within_a_page_have_their_target() -> None:
    for page in html_pages(rich_site()).values():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        for reference in page.xpath("//@aria-labelledby | //@for | //@data-copy"):
            assert reference in ids
        for link in page.xpath("//a/@href[starts-with(., '#')]"):
            assert link[1:] in ids


def test_the_policy_lets_nothing_foreign_in() -> None:
    for key, page in html_pages(rich_site()).items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        sources = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
        assert sources["default-src"] == ["'none'"]
        allowed = {source for rule in sources.values() for source in rule}
        assert allowed == ({"'none'"} if key[0].isdecimal() else {"'none'", "'self'"})


def test_newest_first_and_the_index_names_the_facts() -> None:
    index = tree(rich_site()["index.html"])
    entries = index.xpath("//ol[@class='entries']//article")
    assert [text(e.xpath(".//h3")[0]) for e in entries] == [
        "Der Turm, Teil 3",
        "Der Turm, Teil 2",
        "Der Turm, Teil 1",
    ]
    (audio,) = entries[0].xpath(".//audio")
    assert audio.get("preload") == "none"
    assert audio.get("src") == "media/turm-3-abcdef.mp3"
    assert entries[0].xpath(".//time/@datetime") == ["2026-03-04T06:30:00+01:00", "PT1830S"]


def test_earlier_episodes_stand_in_a_line_each() -> None:
    site = rich_site(15)
    index = tree(site["index.html"])
    assert len(index.xpath("//audio")) == 12
    assert index.xpath("//ol[@class='earlier']//a/@href") == [
        "turm-3/index.html",
        "turm-2/index.html",
        "turm-1/index.html",
    ]
    assert not [key for key in site if key.startswith("episodes/")]


def test_many_earlier_episodes_stand_on_pages_of_their_years() -> None:
    dates = {n: datetime(2023, 12, 1, 6, tzinfo=UTC) + timedelta(days=20 * n) for n in range(1, 41)}
    records = [a_record(n, published_at=date) for n, date in dates.items()]
    site = render_site(a_show(), records, {}, NOW)
    index = tree(site["index.html"])
    assert not index.xpath("//ol[@class='earlier']")
    years = index.xpath("//ul[@class='years']//a/@href")
    assert years == [f"episodes/{year}/index.html" for year in (2026, 2025, 2024, 2023)]
    named = []
    for key in years:
        page = tree(site[key])
        assert page.xpath("//ul[@class='years']//a[@aria-current]/@href") == [f"../../{key}"]
        named += page.xpath("//ol[@class='earlier']//a/@href")
    assert named == [f"../../turm-{n}/index.html" for n in range(40, 0, -1)]
    more = [*records, a_record(41, published_at=datetime(2026, 11, 1, tzinfo=UTC))]
    later = render_site(a_show(), more, {}, NOW)
    assert all(later[key] == site[key] for key in years if "2026" not in key)


def test_what_is_not_due_or_taken_back_has_no_page() -> None:
    planned = a_record(1, published_at=NOW + timedelta(seconds=1))
    taken_back = a_record(2, state="tombstone", enclosure=None)
    site = render_site(a_show(), [planned, taken_back, a_record(3)], {}, NOW)
    assert {"index.html", "turm-3/index.html", "3/index.html"} < set(site)
    assert not {"turm-1/index.html", "turm-2/index.html", "1/index.html", "2/index.html"} & set(
        site
    )
    assert b"Teil 1" not in site["index.html"].body
    at_last = render_site(a_show(), [planned], {}, NOW + timedelta(seconds=1))
    assert "turm-1/index.html" in at_last


def test_neighbours_lead_to_the_episodes_around() -> None:
    pages = html_pages(rich_site())
    assert pages["turm-2/index.html"].xpath("//nav/a[@rel='prev']/@href") == [
        "../turm-1/index.html"
    ]
    assert pages["turm-2/index.html"].xpath("//nav/a[@rel='next']/@href") == [
        "../turm-3/index.html"
    ]
    assert not pages["turm-1/index.html"].xpath("//a[@rel='prev']")
    assert not pages["turm-3/index.html"].xpath("//a[@rel='next']")


def test_chapters_and_transcript_lead_to_their_moments() -> None:
    page = html_pages(rich_site())["turm-1/index.html"]
    audio = page.xpath("//audio/@src")[0]
    assert page.xpath("//ol[@class='chapters']//a/@href") == [f"{audio}#t=0", f"{audio}#t=62.5"]
    (first, second) = page.xpath("//div[@class='transcript']/p")
    assert second.xpath("./a/@href") == [f"{audio}#t=62.5"]
    assert text(first) == "0:00 Änne Wer spricht?"
    assert text(second) == "1:02 Öhm Der <Turm>."


def test_the_way_to_answer_has_its_subject() -> None:
    show = a_show(voice_message="https://example.org/aufsprechen", address="https://türme.example")
    site = render_site(show, [a_record(1, title="Ä & ?")], {}, NOW)
    answer = tree(site["turm-1/index.html"]).xpath("//section[@class='answer']")[0]
    link, voice, spoken = answer.xpath(".//a/@href")
    assert voice == "https://example.org/aufsprechen"
    assert spoken == "https://xn--trme-0ra.example/1"
    assert text(answer.xpath("./p[@class='spoken']/a")[0]) == "türme.example/1"
    assert link.startswith("mailto:turm@example.org?")
    assert parse_qs(urlsplit(link).query) == {"subject": ["Über Türme & <Tore>: Ä & ?"]}


def test_ways_to_subscribe() -> None:
    index = tree(rich_site()["index.html"])
    podcast, others = index.xpath("//p[@class='ways']/a/@href")
    assert podcast == "podcast://cdn.example.org/show/feed.xml"
    page = tree(rich_site()[others])
    ways = {text(way): way.get("href") for way in page.xpath("//ul[@class='ways']//a")}
    assert {"AntennaPod", "Apple Podcasts", "Overcast", "Pocket Casts"} < set(ways)
    assert ways["Pocket Casts"] == "pktc://subscribe/cdn.example.org/show/feed.xml"
    assert parse_qs(urlsplit(ways["Overcast"]).query) == {"url": [f"{ADDRESS}/feed.xml"]}
    antennapod = ways["AntennaPod"]
    assert parse_qs(urlsplit(antennapod).query) == {
        "url": [f"{ADDRESS}/feed.xml"],
        "title": ["Über Türme & <Tore>"],
    }
    assert index.xpath("//input/@value") == [f"{ADDRESS}/feed.xml"]
    assert index.xpath("//link[@rel='alternate']/@type") == ["application/rss+xml"]


def test_the_date_is_the_one_where_it_was_published() -> None:
    tokyo = datetime(2026, 11, 1, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    (date,) = only_page(published_at=tokyo).xpath("//time[starts-with(@datetime, '2026')]")
    assert date.get("datetime") == "2026-11-01T00:30:00+09:00"
    assert text(date).startswith("1")


def test_an_episode_with_next_to_nothing() -> None:
    page = only_page(summary="", notes_html="", audio=None, number=None)
    assert text(page.xpath("//h1")[0]) == "Der Turm, Teil 1"
    assert not page.xpath("//*[@id='notes' or @id='chapters' or @id='transcript']")
    assert page.xpath("//audio/@src") == ["../media/turm-1-abcdef.mp3"]


def test_a_show_without_episodes_cover_or_public_address() -> None:
    show = a_show(cover=None, is_public=False, people=(), email=None, copyright=None)
    site = render_site(show, [], {}, NOW)
    index = tree(site["index.html"])
    assert text(index.xpath("//h1")[0]) == "Über Türme & <Tore>"
    assert index.xpath("//p[@class='empty']")
    assert not index.xpath("//img | //audio | //link[@rel='canonical']")


def test_only_notes_are_html() -> None:
    bad = "<script>alert(1)</script>"
    page = only_page(title=bad, summary=bad, notes_html="<p>Ein <em>Wort</em></p>")
    assert not page.xpath("//script[not(@src or @type='application/ld+json')]")
    (linked,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(linked.text)["name"] == bad
    assert text(page.xpath("//h1")[0]) == bad
    assert page.xpath("//*[@class='notes']//em")[0].text == "Wort"


def test_addresses_that_would_run_a_script_are_no_links() -> None:
    people = (Credit(name="Eve", role="Zeugin", url="javascript:alert(1)"),)
    page = only_page(people=people)
    eve = next(e for e in page.xpath("//ul[@class='people']/li") if "Eve" in e.text_content())
    assert text(eve) == "Eve Zeugin"
    assert not eve.xpath(".//a")
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")


@pytest.mark.parametrize(("code", "direction"), [("de-AT", "ltr"), ("he", "rtl"), ("fa-IR", "rtl")])
def test_language_and_its_direction(code: str, direction: str) -> None:
    index = tree(render_site(a_show(language=code), [], {}, NOW)["index.html"])
    assert (index.get("lang"), index.get("dir")) == (code, direction)


def test_pages_are_fresh_for_minutes_and_assets_for_ever() -> None:
    site = rich_site()
    for key, page in site.items():
        if key.startswith("assets/"):
            assert "immutable" in page.cache_control
        else:
            assert page.cache_control == "max-age=300"
            assert page.content_type.endswith("; charset=utf-8")
    kinds = {
        key.rpartition(".")[2]: page.content_type.partition(";")[0] for key, page in site.items()
    }
    assert kinds == {
        "html": "text/html",
        "css": "text/css",
        "js": "text/javascript",
        "xml": "application/xml",
        "txt": "text/plain",
        "json": "application/json",
    }


def test_same_records_same_bytes_in_any_order() -> None:
    records = rich_records(8)
    first = render_site(a_show(), records, {}, NOW)
    random.Random(4).shuffle(records)
    assert render_site(a_show(), records, {}, NOW) == first


@pytest.mark.parametrize("count", [20, 200])
def test_the_index_is_light(count: int) -> None:
    site = rich_site(count)
    index = tree(site["index.html"])
    loaded = index.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert len(loaded) == 2
    weight = sum(len(site[key].body) for key in ["index.html", *loaded])
    assert weight < 30_000


# Controls and surrogates cannot stand in HTML; `text` takes them out before a record is made.
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300).filter(
    str.strip
)


@settings(deadline=None)  # a busy computer may take its time
@given(TITLES)
def test_any_title_reads_as_written(title: str) -> None:
    site = render_site(a_show(title=title), [a_record(1, title=title)], {}, NOW)
    for key in ("index.html", "turm-1/index.html"):
        page = tree(site[key])
        assert page.xpath("//h1")[0].text_content() == title
        assert page.xpath("//meta[@property='og:title']/@content") == [title]
    assert tree(site["index.html"]).xpath("//h3/a")[0].text == title


@pytest.mark.slow
def test_a_thousand_episodes_have_a_thousand_pages() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    records = [
        with_chapters(a_record(n, published_at=start + timedelta(days=n)), 0, 60_000)
        for n in range(1, 1001)
    ]
    pages = render_site(a_show(), records, {}, NOW)
    assert sum(key.startswith("turm-") for key in pages) == 1000
    assert len(pages["sitemap.xml"].body.splitlines()) == 3 + 1003
