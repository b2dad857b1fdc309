"""An open page of the preview in a real browser: it follows what is saved, and disturbs nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import browser as browsers
from livepreviews import REGEN, WIND, Live, begun, new_show
from sendeturm.i18n import use_language

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def live(tmp_path_factory) -> Iterator[Live]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", "2026-11-20T12:00:00+00:00")
        root: Path = new_show(tmp_path_factory.mktemp("live") / "turm")
        use_language("de")
        with begun(root) as live:
            yield live
        use_language("en")


@pytest.fixture(scope="module")
def tab(live) -> Iterator[browsers.Visit]:
    options = {
        "base_url": f"http://127.0.0.1:{live.port}",
        "viewport": {"width": 600, "height": 300},
    }
    with browsers.chromium() as chromium, browsers.visit(chromium, **options) as tab:
        yield tab


@pytest.fixture(autouse=True)
def _german(live) -> None:
    use_language("de")


def test_what_is_saved_is_shown_and_drafts_are_marked(live, tab):
    tab.page.goto("/index.html")
    live.change(WIND, 'title = "Wind"', 'title = "Wind"\ndraft = true')
    tab.page.get_by_role("heading", name="Wind Entwurf").wait_for()
    live.change(REGEN, "published_at = 2026-11-02", "published_at = 2099-12-31T18:00:00+01:00")
    tab.page.get_by_text("Geht auf Sendung am 31. Dezember 2099, 18:00 Uhr").wait_for()
    for path in ("/index.html", "/wind/index.html", "/_preview/wind.html"):
        tab.page.goto(path)
        found = Axe().run(tab.page)
        assert found.violations_count == 0, found.generate_report()


def test_a_mistake_is_told_on_the_page_until_it_is_mended(live, tab):
    tab.page.goto("/wind/index.html")
    live.change("sendeturm.toml", 'title = "Türme', "title = Türme")
    notice = tab.page.get_by_role("status").filter(has_text="sendeturm.toml:3")
    notice.wait_for()
    assert "nicht auf dem neuesten Stand" in notice.inner_text()
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()
    live.change("sendeturm.toml", "title = Türme", 'title = "Türme')
    tab.page.locator(".preview-notice:empty").wait_for(state="attached")


def test_whoever_reads_or_listens_elsewhere_stays_where_they_are(live, tab):
    tab.page.goto("/wind/index.html")
    tab.page.evaluate("window.still = true; scrollTo(0, 120)")
    with tab.page.expect_response("**/state.json"):
        live.change(REGEN, "Notizen.", "Andere Notizen.")
    with tab.page.expect_response("**/state.json"):
        pass
    assert tab.page.evaluate("[window.still, scrollY]") == [True, 120]


def test_a_page_that_plays_waits_until_it_is_paused(live, tab):
    tab.page.goto("/wind/index.html")
    player = "document.querySelector('#player')"
    tab.page.evaluate(f"window.still = true; {player}.loop = true; {player}.play()")
    live.change(WIND, "Notizen.", "Ganz neue Notizen.")
    tab.page.get_by_text("sobald nichts mehr spielt").wait_for()
    assert tab.page.evaluate("window.still")
    tab.page.evaluate(f"{player}.pause()")
    tab.page.get_by_text("Ganz neue Notizen.").wait_for()


def test_a_page_moves_with_its_title_and_says_when_it_is_gone(live, tab):
    tab.page.goto("/wind/index.html")
    live.change(WIND, 'title = "Wind"', 'title = "Böe"')
    tab.page.wait_for_url("**/boee/index.html")
    live.remove(WIND, "episodes/001-wind.wav")
    tab.page.get_by_text("gehört nicht mehr zur Sendung").wait_for()
    assert [line for line in tab.said if "404" not in line] == []
