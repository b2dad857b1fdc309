"""What search engines and link previews read: JSON-LD, sitemap, robots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from sendeturm.model import Record, ShowRecord
from sendeturm.model.addresses import feed_url, media_url, page_url, site_url
from sendeturm.site.figures import iso_duration

SITEMAP_KEY = "sitemap.xml"
ROBOTS_KEY = "robots.txt"
_MOST_URLS = 50_000
_SCHEMA = "https://schema.org"


def series(show: ShowRecord) -> Markup:
    """Return the show as a schema.org PodcastSeries, to stand in a script element."""
    facts = show.facts
    return _script(
        _named(show)
        | {
            "description": facts.description,
            "inLanguage": facts.language,
            "webFeed": feed_url(show),
            "author": {"@type": "Person", "name": facts.author},
            "image": media_url(show, show.cover.key) if show.cover else None,
        }
    )


def episode(show: ShowRecord, record: Record) -> Markup:
    """Return an episode as a schema.org PodcastEpisode, to stand in a script element."""
    facts, enclosure, audio = record.facts, record.enclosure, record.audio
    assert enclosure is not None
    duration = iso_duration(audio.duration_ms) if audio else None
    picture = record.card or record.cover or show.cover
    return _script(
        {
            "@type": "PodcastEpisode",
            "url": page_url(show, facts.slug),
            "name": facts.title,
            "description": facts.summary or None,
            "datePublished": facts.published_at.isoformat(),
            "duration": duration,
            "image": media_url(show, picture.key) if picture else None,
            "episodeNumber": facts.number,
            "inLanguage": facts.language or show.facts.language,
            "associatedMedia": {
                "@type": "AudioObject",
                "contentUrl": media_url(show, enclosure.key),
                "encodingFormat": enclosure.type,
                "duration": duration,
            },
            "partOfSeries": _named(show),
        }
    )


def sitemap(show: ShowRecord, aired: Sequence[Record], slugs: Iterable[str]) -> bytes:
    """Return all pages for search engines (sitemaps.org 0.9): `slugs` are those of no episode."""
    addresses = [page_url(show), *(page_url(show, slug) for slug in slugs)]
    addresses += [page_url(show, record.facts.slug) for record in aired]
    lines = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in addresses[:_MOST_URLS])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()


def robots(show: ShowRecord) -> bytes:
    """Return a robots.txt that forbids nothing and names the sitemap."""
    return f"User-agent: *\nDisallow:\nSitemap: {site_url(show, SITEMAP_KEY)}\n".encode()


def _named(show: ShowRecord) -> dict[str, Any]:
    return {"@type": "PodcastSeries", "url": page_url(show), "name": show.facts.title}


def _script(values: dict[str, Any]) -> Markup:
    """Return JSON-LD in which nothing can end the element around it."""
    known = {"@context": _SCHEMA} | {name: v for name, v in values.items() if v is not None}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # no sign of HTML is left in it
