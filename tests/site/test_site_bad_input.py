"""Odd shows in a real browser and at any size: a whole page every time, and nothing executed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe

import browser as browsers
from feedrecords import NOW, a_record, a_show, with_chapters
from sendeturm.model import Cue
from sendeturm.site import render_site
from sendeturm.store.folder import FolderStore
from sendeturm.store.protocol import ObjectMeta
from sendeturm.text import render_notes

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4
ARABIC = "برج الإرسال — حلقة طويلة عن البحر والريح " * 6
EMOJI = "🗼👩🏽‍💻🏳️‍🌈 " * 60
NOTES = """
<script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">
<a href="javascript:window.hurt = 3">klick</a> <b>nicht zu <i>Ende

<iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><input></form>
<p style="position:fixed" onclick="window.hurt = 4">gut</p>
"""


def facts(record, **changes):
    return record.model_copy(update={"facts": record.facts.model_copy(update=changes)})


RECORDS = [
    a_record(1, title=LONG[:300], summary=LONG, number=1),
    a_record(2, title=ARABIC[:300].strip(), summary=ARABIC, number=None),
    a_record(3, title=EMOJI[:300].strip(), number=999_999),
    a_record(4, title="Nichts", summary="", notes_html="", notes_text="", audio=None, number=None),
    facts(
        with_chapters(a_record(5, title="Böses"), 0, 60_000),
        notes_html=render_notes(NOTES).html,
    ),
    facts(
        a_record(6, title="Viele"), notes_html=render_notes("[x](https://a.example) " * 5000).html
    ),
]
MANY_LINKS = "turm-6/"
CUES = {RECORDS[0].guid: (Cue(start_ms=0, end_ms=10, text=LONG, speaker=LONG[:90]),)}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    store = FolderStore(tmp_path_factory.mktemp("odd"), "odd/")
    show = a_show(title=ARABIC[:80], description=LONG, author=EMOJI[:60], cover=None)
    for key, page in render_site(show, RECORDS, CUES, NOW).items():
        store.put(key, page.body, ObjectMeta(page.content_type, page.cache_control))
    with browsers.served(store) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with browsers.chromium() as browser:
        yield browser


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", *(f"turm-{n}/" for n in range(1, 7)), "about/", "subscribe/"])
def test_every_page_is_whole_on_a_telephone(chromium, site, path):
    phone = {"width": 360, "height": 740}
    with browsers.visit(chromium, base_url=site, viewport=phone) as tab:
        tab.page.goto(f"{path}index.html")
        for details in tab.page.locator("summary").all():
            details.click()
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert tab.page.locator("footer").is_visible()
        assert tab.page.evaluate("window.hurt") is None
        assert not [url for url in tab.urls if not url.startswith(site)]
        if path != MANY_LINKS:  # axe compares each with all the others
            assert Axe().run(tab.page).violations_count == 0


def test_notes_hold_nothing_that_runs_or_loads():
    page = lxml.html.document_fromstring(
        render_site(a_show(), RECORDS, {}, NOW)["turm-5/index.html"].body.decode()
    )
    (notes,) = page.xpath("//div[@class='notes']")
    assert not notes.xpath(".//script | .//img | .//iframe | .//form | .//input | .//@style")
    assert not notes.xpath(".//@onclick | .//@onerror | .//a[starts-with(@href, 'javascript')]")
    assert "gut" in notes.text_content()


@pytest.mark.slow
def test_two_thousand_episodes_are_in_reach_of_the_index_and_leave_it_light():
    start = datetime(2006, 1, 1, tzinfo=UTC)
    records = [a_record(n, published_at=start + timedelta(days=3 * n)) for n in range(1, 2001)]
    site = render_site(a_show(), records, {}, NOW)
    index = lxml.html.document_fromstring(site["index.html"].body.decode())
    assert len(site["index.html"].body) < 20_000
    years = [link for link in index.xpath("//main//a/@href") if link.startswith("episodes/")]
    named = {
        link.removeprefix("../../")
        for year in years
        for link in lxml.html.document_fromstring(site[year].body.decode()).xpath("//main//a/@href")
    }
    assert {f"turm-{n}/index.html" for n in range(1, 2001)} <= named
