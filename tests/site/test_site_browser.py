"""The page in a real browser: heard, read, searched, by keyboard, in the dark, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import browser as browsers
import shows
from sendeturm.site.searching import folded, shard_key

pytestmark = pytest.mark.slow

CHAPTERS = "00:00:00.000 Anfang\n00:00:20.000 <Mitte>\n00:00:40.500 Ende\n"
CUES = "".join(
    f"{clock}\n<v {speaker}>{text}\n\n"
    for clock, speaker, text in [
        ("00:00:00.000 --> 00:00:04.000", "Ada", "Guten Morgen vom Turm."),
        ("00:00:20.000 --> 00:00:24.000", "Bo", "Die Möwe schreit."),
        ("00:00:40.500 --> 00:00:44.000", "Ada", "Bis zum nächsten Mal."),
    ]
)
THREAD = "https://social.example/@ada/1123"
NOTES = "Mit [einem Verweis](https://example.org/) und\n\n- einer\n- Liste\n"
PAGE = "folge-zwei/index.html"
PATHS = [
    "index.html",
    PAGE,
    "about/index.html",
    "subscribe/index.html",
    "search/index.html?q=folge",
    "impressum/index.html",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    folder = shows.new_folder(
        tmp_path_factory.mktemp("show"), show='email = "ada@example.org"', storage=shows.PUBLIC
    )
    for nth, stem in enumerate(("eins", "zwei", "drei"), start=1):
        front = f'title = "Folge {stem}"\nnumber = {nth}\npublished_at = 2026-11-0{nth}T06:00:00Z'
        if stem == "drei":
            front += f"\n[[social]]\nurl = {THREAD!r}"
        folder.write_episode(stem, front, NOTES)
    (folder.root / "pages").mkdir()
    (folder.root / "pages/impressum.md").write_text("# Impressum\n\nAda, Turmweg 1\n\n- hier\n")
    (folder.root / "episodes/zwei.chapters.txt").write_text(CHAPTERS, encoding="utf-8")
    (folder.root / "episodes/zwei.vtt").write_text(f"WEBVTT\n\n{CUES}", encoding="utf-8")
    shows.published(folder)
    with browsers.served(shows.place_of(folder)) as address:
        yield address
    patch.undo()


@pytest.fixture
def tab(chromium, site) -> Iterator[browsers.Visit]:
    with browsers.visit(chromium, base_url=site) as visit:
        yield visit


def now_s(page) -> float:
    return page.evaluate("document.querySelector('#player').currentTime")


def plays_from(page, seconds: float) -> None:
    page.wait_for_function(
        "from => { const p = document.querySelector('#player');"
        " return !p.paused && p.currentTime > from; }",
        arg=seconds,
    )


def test_it_plays_in_ranges_and_a_chapter_is_jumped_to(tab):
    partial = []
    tab.page.on("response", lambda answer: partial.append((answer.url, answer.status)))
    tab.page.goto(PAGE)
    tab.page.get_by_role("link", name="<Mitte>").click()
    plays_from(tab.page, 20)
    assert now_s(tab.page) < 40
    shown = tab.page.locator(".chapters [aria-current]")
    assert shown.count() == 1
    assert "<Mitte>" in shown.inner_text()
    assert tab.page.url.endswith("#t=20")
    assert {status for url, status in partial if url.endswith(".mp3")} == {206}
    assert tab.said == []


def test_a_link_to_a_moment_begins_there(tab):
    tab.page.goto(f"{PAGE}?t=0:35")
    tab.page.wait_for_function("document.querySelector('#player').currentTime === 35")
    tab.page.goto(f"{PAGE}#t=41")
    tab.page.wait_for_function("document.querySelector('#player').currentTime === 41")


def test_a_moment_can_be_copied(chromium, site):
    permissions = ["clipboard-read", "clipboard-write"]
    with browsers.visit(chromium, base_url=site, permissions=permissions) as tab:
        tab.page.goto(f"{PAGE}?t=0:35")
        tab.page.wait_for_function("document.querySelector('#player').currentTime === 35")
        tab.page.get_by_role("button", name="Link zu dieser Stelle").click()
        tab.page.get_by_role("button", name="Kopiert").wait_for()
        copied = tab.page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{site}/{PAGE}?t=0:35"


def test_a_nonsense_moment_begins_at_the_start(tab):
    tab.page.goto(f"{PAGE}?t=<script>alert(1)</script>")
    tab.page.wait_for_function("document.querySelector('#player').readyState > 0")
    assert now_s(tab.page) == 0


def test_where_one_stopped_is_remembered_by_this_browser_alone(tab, site):
    tab.page.goto(PAGE)
    tab.page.get_by_role("link", name="<Mitte>").click()
    plays_from(tab.page, 20.5)
    tab.page.evaluate("document.querySelector('#player').pause()")
    tab.page.wait_for_function("localStorage.length === 1")
    tab.page.goto("folge-eins/index.html")
    assert now_s(tab.page) == 0
    tab.page.goto(PAGE)
    tab.page.wait_for_function("document.querySelector('#player').currentTime >= 20")
    assert tab.page.context.cookies() == []


def test_the_speed_is_kept_for_the_next_episode(tab):
    tab.page.goto(PAGE)
    tab.page.get_by_label("Tempo").select_option(label="1,5 ×")
    assert tab.page.evaluate("document.querySelector('#player').playbackRate") == 1.5
    tab.page.goto("folge-eins/index.html")
    assert tab.page.evaluate("document.querySelector('#player').playbackRate") == 1.5


def test_the_transcript_is_searched_and_leads_to_its_moments(tab):
    tab.page.goto(PAGE)
    tab.page.get_by_text("Mitlesen").click()
    paragraphs = tab.page.locator(".transcript p")
    assert paragraphs.count() == 3
    tab.page.get_by_label("Im Transkript suchen").fill("MÖWE")
    assert [p.is_visible() for p in paragraphs.all()] == [False, True, False]
    assert tab.page.locator("output").inner_text().startswith("1 ")
    paragraphs.nth(1).get_by_role("link").click()
    plays_from(tab.page, 20)
    tab.page.get_by_label("Im Transkript suchen").fill("")
    assert all(p.is_visible() for p in paragraphs.all())
    tab.page.wait_for_function("document.querySelector('.transcript [aria-current]') !== null")


def results(page) -> list[str]:
    return [link.inner_text() for link in page.locator("#results a").all()]


def test_the_whole_show_is_searched_without_a_server(tab):
    tab.page.goto("index.html")
    tab.page.get_by_role("link", name="Suche").click()
    field = tab.page.get_by_label("Titel, Notizen und Transkripte")
    field.fill("folge")
    tab.page.locator("output", has_text="3 ").wait_for()
    assert results(tab.page) == ["Folge drei", "Folge zwei", "Folge eins"]
    field.fill("MOWE fol")
    tab.page.locator("output", has_text="1 ").wait_for()
    assert results(tab.page) == ["Folge zwei"]
    field.fill("Möwe")
    tab.page.wait_for_url("**/search/index.html?q=M*")
    tab.page.get_by_role("link", name="Folge zwei").click()
    tab.page.wait_for_url(f"**/{PAGE}?find=*")
    assert [p.is_visible() for p in tab.page.locator(".transcript p").all()] == [False, True, False]
    tab.page.go_back()
    tab.page.locator("output", has_text="1 ").wait_for()


def test_nothing_found_is_said(tab):
    tab.page.goto("search/index.html?q=xylophon")
    tab.page.locator("output", has_text="0 ").wait_for()
    assert results(tab.page) == []


WORDS = ["Straße", "ÉCOLE", "İstanbul", "ﬁn", "Йод", "हिन्दी", "電波", "Ångström", "ẞ", "Ǆ", "٣"]


def test_the_browser_folds_words_as_the_index_does(tab):
    tab.page.goto("search/index.html")
    for word in WORDS:
        asked = "word => [fold(word), `search/${shardOf(fold(word))}.json`]"
        assert tab.page.evaluate(asked, word) == [folded(word), shard_key(folded(word))]


REPLIES = {
    "descendants": [
        {
            "account": {"display_name": "Cy", "acct": "cy"},
            "content": "<p>Schön!<script>alert(1)</script></p><p>Mehr <b>davon</b></p>",
            "url": "https://social.example/@cy/2",
            "created_at": "2026-11-04T10:00:00Z",
        },
        {"account": {}, "content": None, "url": "javascript:alert(1)"},
    ]
}
HEADERS = {"Access-Control-Allow-Origin": "*"}


def test_replies_are_asked_for_only_when_wanted_and_shown_as_text(tab):
    asked = []

    def answer(route):
        asked.append(route.request.headers.get("referer"))
        route.fulfill(json=REPLIES, headers=HEADERS)

    tab.page.route("https://social.example/**", answer)
    tab.page.goto("folge-drei/index.html")
    button = tab.page.get_by_role("button", name="Zeigen, was dort gesagt wird")
    button.wait_for()
    assert asked == []
    button.click()
    shown = tab.page.locator(".replies li")
    shown.nth(1).wait_for()
    assert asked == [None]
    assert shown.nth(0).locator("b").inner_text() == "Cy"
    assert shown.nth(0).locator("p").inner_text() == "Schön!alert(1)\nMehr davon"
    assert tab.page.locator(".replies script, .replies p b").count() == 0
    assert tab.page.locator(".replies a").count() == 1


def test_a_host_that_does_not_answer_is_said(tab):
    tab.page.route("https://social.example/**", lambda route: route.abort())
    tab.page.goto("folge-drei/index.html")
    tab.page.get_by_role("button", name="Zeigen, was dort gesagt wird").click()
    tab.page.get_by_text("social.example hat nicht geantwortet.").wait_for()


def test_the_waveform_is_a_way_to_move(tab):
    tab.page.goto(PAGE)
    tab.page.wait_for_function("document.querySelector('#player').duration > 0")
    box = tab.page.locator(".wave").bounding_box()
    tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    plays_from(tab.page, 25)
    length = tab.page.evaluate("document.querySelector('#player').duration")
    assert abs(now_s(tab.page) - length / 2) < length / 20


def test_a_spoken_number_leads_there(tab):
    tab.page.goto("2/")
    tab.page.wait_for_url(f"**/{PAGE}")


def test_only_one_voice_at_a_time(tab):
    tab.page.goto("index.html")
    tab.page.evaluate("document.querySelectorAll('audio')[0].play()")
    tab.page.evaluate("document.querySelectorAll('audio')[1].play()")
    tab.page.wait_for_function("!document.querySelectorAll('audio')[1].paused")
    tab.page.wait_for_function("document.querySelectorAll('audio')[0].paused")


def test_the_keyboard_alone_is_enough(tab):
    page = tab.page
    page.goto("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Folge zwei":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PAGE}")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Ende" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    plays_from(page, 40.5)
    was = now_s(page)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "was => document.querySelector('#player').currentTime < was - 5", arg=was
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", [*PATHS, "folge-eins/index.html"])
def test_nobody_is_shut_out(chromium, site, path, colours):
    with browsers.visit(chromium, base_url=site, color_scheme=colours) as tab:
        tab.page.goto(path)
        for details in tab.page.locator("summary").all():
            details.click()
        found = Axe().run(tab.page)
        assert found.violations_count == 0, found.generate_report()
        assert tab.said == []


def test_dark_is_dark_and_light_is_light(chromium, site):
    shades = {}
    for colours in ("light", "dark"):
        with browsers.visit(chromium, base_url=site, color_scheme=colours) as tab:
            tab.page.goto("index.html")
            paper = tab.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            shades[colours] = sum(map(int, paper[4:-1].split(",")))
    assert shades["dark"] < 200
    assert shades["light"] > 600


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_on_a_telephone(chromium, site, path):
    phone = {"width": 360, "height": 740}
    with browsers.visit(chromium, base_url=site, viewport=phone, has_touch=True) as tab:
        tab.page.goto(path)
        for details in tab.page.locator("summary").all():
            details.click()
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_other_server_is_asked_and_nothing_is_set(tab, site):
    tab.page.goto("index.html")
    tab.page.get_by_role("link", name="Folge zwei").click()
    tab.page.get_by_role("link", name="<Mitte>").click()
    plays_from(tab.page, 20)
    assert {urlsplit(url).netloc for url in tab.urls} == {urlsplit(site).netloc}
    assert tab.page.context.cookies() == []


@pytest.mark.parametrize("path", ["index.html", PAGE])
def test_without_javascript_it_is_still_a_page(chromium, site, path):
    with browsers.visit(chromium, base_url=site, java_script_enabled=False) as tab:
        tab.page.goto(path)
        assert tab.page.locator("audio").first.is_visible()
        dead = tab.page.locator("button, select, input[type=search]")
        assert [control.is_visible() for control in dead.all()].count(True) == 0


def test_on_paper_the_words_remain(chromium, site, tmp_path: Path):
    with browsers.visit(chromium, base_url=site) as tab:
        tab.page.goto(PAGE)
        tab.page.emulate_media(media="print")
        assert tab.page.locator(".notes").is_visible()
        assert not tab.page.locator("audio").is_visible()
        pages = tab.page.pdf(path=tmp_path / "page.pdf")
        assert pages.startswith(b"%PDF")
