"""The whole site from the records: a pure function of show, records, transcripts and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from sendeturm.model import Cue, Record, ShowRecord, SiteFacts
from sendeturm.model.addresses import FEED_KEY, INDEX_KEY, ascii_address, page_url, site_url
from sendeturm.model.schedule import due
from sendeturm.model.short import short_names, spoken_names
from sendeturm.model.site import ABOUT, OWN_STYLE, SEARCH, SUBSCRIBE
from sendeturm.site.archive import RECENT_COUNT, years_of
from sendeturm.site.figures import written_speed
from sendeturm.site.layout import Layout, Tell, Values, ignore
from sendeturm.site.linked import ROBOTS_KEY, SITEMAP_KEY, episode, robots, series, sitemap
from sendeturm.site.look import look_rules
from sendeturm.site.page import FRESH, HTML, TEXT, XML, Asset, Page, asset, packaged_asset
from sendeturm.site.searching import search_pages
from sendeturm.site.views import (
    Entry,
    Language,
    ShowView,
    card_view,
    entry,
    episode_view,
    language_of,
    page_view,
    show_view,
)
from sendeturm.site.waveform import BARS, HEIGHT
from sendeturm.site.words import primary_language

NOTHING: Mapping[str, str] = {}

SPEEDS = ("0.8", "1", "1.2", "1.5", "1.8", "2")
"""How fast an episode can be played."""


def policy(asked: str | None = None, media: str = "") -> str:
    """Return the Content-Security-Policy of a page: it loads from its own place alone.

    `asked` is the host whose replies a visitor may ask for, `media` where sound and pictures live
    if it is another place than the pages'.
    """
    own = f"'self' {media}" if media else "'self'"
    connect = f"{own} https://{asked}" if asked else own
    return (
        f"default-src 'none'; style-src 'self'; script-src 'self'; img-src {own}; "
        f"media-src {own}; connect-src {connect}; font-src 'self'; base-uri 'none'; "
        "form-action 'none'"
    )


def render_site(
    show: ShowRecord,
    records: Sequence[Record],
    transcripts: Mapping[str, tuple[Cue, ...]],
    now: datetime,
    *,
    in_bucket: bool = False,
    own: Mapping[str, str] = NOTHING,
    tell: Tell = ignore,
) -> dict[str, Page]:
    """Return every page and asset of the show's site by key.

    Only episodes that are on the air and due at `now` (aware) appear, newest first, ties by GUID.
    `transcripts` maps an episode's GUID to its cues; an episode may have none. Few buckets answer
    for a folder, so that `in_bucket` puts what can be spoken under its bare name (`42`); web
    servers ask a file for its ending and find a folder's index (`42/index.html`).

    `own` are the texts of the person's own stylesheet (`OWN_STYLE`) and templates, by name; what
    fails in them is told, and the page is laid out by ours.
    """
    language = language_of(show.facts.language)
    aired = due(records, now)
    look = _own_look(show.facts.site, own.get(OWN_STYLE, ""))
    templates = {name: text for name, text in own.items() if name != OWN_STYLE}
    common = _common(show, language)
    common |= {"layout": Layout(templates, tell), "look_key": look.key if look else ""}
    pages = _episodes(show, aired, transcripts, common)
    pages |= _own_pages(show, common)
    short = _short_pages(show, aired, common | {"root": "" if in_bucket else "../"})
    pages |= {(key if in_bucket else f"{key}/{INDEX_KEY}"): page for key, page in short.items()}
    pages |= _signposts(show, aired)
    pages |= search_pages(aired, transcripts)
    assets = _assets() + ([look] if look else [])
    return pages | {asset.key: asset.page for asset in assets}


def _episodes(
    show: ShowRecord,
    aired: Sequence[Record],
    transcripts: Mapping[str, tuple[Cue, ...]],
    common: Values,
) -> dict[str, Page]:
    """Return the index, the years' pages and a page for each episode."""
    language = common["language"]
    entries = [entry(record, language) for record in aired]
    spoken = spoken_names(aired)
    pages = _lists(show, common, entries)
    for position, record in enumerate(aired):
        cues, name = transcripts.get(record.guid, ()), spoken.get(record.guid)
        view = episode_view(show, record, cues, language, name)
        newer = entries[position - 1] if position else None
        older = entries[position + 1] if position + 1 < len(entries) else None
        pages[view.entry.path] = _page(
            "episode.html",
            common,
            root="../",
            here=view.entry.path,
            episode=view,
            newer=newer,
            older=older,
            linked=episode(show, record),
            policy=policy(view.thread.host if view.thread else None, _media_host(show)),
        )
    return pages


def _own_pages(show: ShowRecord, common: Values) -> dict[str, Page]:
    """Return the about page, the ways to subscribe, and what the person wrote beside."""
    own = {page.slug: page_view(show, page) for page in show.facts.site.pages}
    about = own.pop(ABOUT, None)
    templates: dict[str, Values] = {
        ABOUT: {"name": "about.html", "page": about},
        SUBSCRIBE: {"name": "subscribe.html"},
        SEARCH: {"name": "search.html"},
        **{slug: {"name": "page.html", "page": page} for slug, page in own.items()},
    }
    pages = {}
    for slug, values in templates.items():
        key = f"{slug}/{INDEX_KEY}"
        canonical = page_url(show, slug) if show.is_public else None
        pages[key] = _page(common=common, root="../", here=key, canonical=canonical, **values)
    return pages


def _short_pages(show: ShowRecord, aired: Sequence[Record], common: Values) -> dict[str, Page]:
    """Return a page for each name that can be spoken; it leads to the episode's."""
    root = common["root"]
    return {
        name: _page(
            "short.html",
            common,
            target=f"{root}{record.facts.slug}/{INDEX_KEY}",
            canonical=page_url(show, record.facts.slug),
            title=record.facts.title,
            card=card_view(show, record),
        )
        for name, record in short_names(aired).items()
    }


def _signposts(show: ShowRecord, aired: Sequence[Record]) -> dict[str, Page]:
    """Return what search engines look for, where there is a public address to be found at."""
    if not show.is_public:
        return {}
    slugs = (ABOUT, SUBSCRIBE, *(p.slug for p in show.facts.site.pages if p.slug != ABOUT))
    return {
        SITEMAP_KEY: Page(sitemap(show, aired, slugs), XML, FRESH),
        ROBOTS_KEY: Page(robots(show), TEXT, FRESH),
    }


def _lists(show: ShowRecord, common: Values, entries: Sequence[Entry]) -> dict[str, Page]:
    """Return the index, and the years' pages where there are too many episodes for it."""
    common = common | {"years": years_of(entries), "linked": series(show)}
    index = {"recent": entries[:RECENT_COUNT], "earlier": entries[RECENT_COUNT:]}
    pages = {INDEX_KEY: _page("index.html", common, root="", here=INDEX_KEY, **index)}
    for year in common["years"]:
        canonical = site_url(show, year.path) if show.is_public else None
        here = {"root": "../../", "here": year.path, "canonical": canonical}
        pages[year.path] = _page("year.html", common, year=year, **here)
    return pages


def _common(show: ShowRecord, language: Language) -> Values:
    style, page, player, search = _assets()
    view = show_view(show, language)
    return {
        "show": view,
        "menu": _menu(view, language),
        "language": language,
        "words": SimpleNamespace(**language.words),
        "policy": policy(media=_media_host(show)),
        "media_at": f"{ascii_address(show.address)}/" if show.pages_address else "",
        "feed_key": FEED_KEY,
        "style_key": style.key,
        "page_key": page.key,
        "player_key": player.key,
        "search_key": search.key,
        "speeds": [
            (speed, written_speed(speed, primary_language(language.code))) for speed in SPEEDS
        ],
        "wave_width": BARS,
        "wave_height": HEIGHT,
    }


def _media_host(show: ShowRecord) -> str:
    """Return scheme and host of sound and pictures, empty if they live beside the pages."""
    if show.pages_address is None:
        return ""
    parts = urlsplit(ascii_address(show.address))
    return f"{parts.scheme}://{parts.netloc}"


def _menu(show: ShowView, language: Language) -> list[tuple[str, str]]:
    """Return path and title of the pages that every page names at its head."""
    words = language.words
    return [
        (f"{SUBSCRIBE}/{INDEX_KEY}", words["subscribe"]),
        (f"{SEARCH}/{INDEX_KEY}", words["search"]),
        (f"{ABOUT}/{INDEX_KEY}", words["about_short"]),
        *((page.path, page.title) for page in show.menu),
    ]


def _own_look(site: SiteFacts, style: str) -> Asset | None:
    """Return the person's colours, fonts and rules as one stylesheet, if there are any."""
    rules = look_rules(site.look) + style
    return asset("own.css", rules.encode()) if rules else None


def _assets() -> list[Asset]:
    return [packaged_asset(name) for name in ("style.css", "page.js", "player.js", "search.js")]


def _page(name: str, common: Values, **values: Any) -> Page:
    layout: Layout = common["layout"]
    return Page(layout.page(name, common | values), HTML, FRESH)
