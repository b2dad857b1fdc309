"""The whole site from the records: a pure function of show, records, transcripts and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from sendeturm.model import Cue, Record, ShowRecord
from sendeturm.model.addresses import FEED_KEY
from sendeturm.model.schedule import due
from sendeturm.site.figures import written_speed
from sendeturm.site.page import FRESH, HTML, Asset, Page, packaged_asset
from sendeturm.site.views import Entry, Language, entry, episode_view, language_of, show_view
from sendeturm.site.waveform import BARS, HEIGHT
from sendeturm.site.words import primary_language

Values = dict[str, Any]

RECENT_COUNT = 20
"""How many episodes the index shows in full; earlier ones stand there in a line each."""

SPEEDS = ("0.8", "1", "1.2", "1.5", "1.8", "2")
"""How fast an episode can be played."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'"
)


def render_site(
    show: ShowRecord,
    records: Sequence[Record],
    transcripts: Mapping[str, tuple[Cue, ...]],
    now: datetime,
) -> dict[str, Page]:
    """Return every page and asset of the show's site by key.

    Only episodes that are on the air and due at `now` (aware) appear, newest first, ties by GUID.
    `transcripts` maps an episode's GUID to its cues; an episode may have none.
    """
    language = language_of(show.facts.language)
    aired = due(records, now)
    entries = [entry(record, language) for record in aired]
    common = _common(show, language)
    pages = {"index.html": _index(common, entries)}
    for position, record in enumerate(aired):
        view = episode_view(show, record, transcripts.get(record.guid, ()), language)
        newer = entries[position - 1] if position else None
        older = entries[position + 1] if position + 1 < len(entries) else None
        pages[view.entry.path] = _page(
            "episode.html", common, root="../", episode=view, newer=newer, older=older
        )
    return pages | {asset.key: asset.page for asset in _assets()}


def _index(common: Values, entries: Sequence[Entry]) -> Page:
    recent, earlier = entries[:RECENT_COUNT], entries[RECENT_COUNT:]
    return _page("index.html", common, root="", recent=recent, earlier=earlier)


def _common(show: ShowRecord, language: Language) -> Values:
    style, player = _assets()
    return {
        "show": show_view(show, language),
        "language": language,
        "words": SimpleNamespace(**language.words),
        "policy": POLICY,
        "feed_key": FEED_KEY,
        "style_key": style.key,
        "player_key": player.key,
        "speeds": [
            (speed, written_speed(speed, primary_language(language.code))) for speed in SPEEDS
        ],
        "wave_width": BARS,
        "wave_height": HEIGHT,
    }


def _assets() -> tuple[Asset, Asset]:
    return packaged_asset("style.css"), packaged_asset("player.js")


def _page(name: str, common: Values, **values: Any) -> Page:
    return Page(page_of(name, common | values), HTML, FRESH)


def page_of(name: str, values: Values) -> bytes:
    """Return the template `name` filled with `values`, in UTF-8."""
    return _template(name).render(values).encode()


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=PackageLoader("sendeturm.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
