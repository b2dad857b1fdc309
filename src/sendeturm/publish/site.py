"""What the sources want the site to hold beside the episodes, on its way to the store and back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Problem, fail, problem
from sendeturm.model import Config, Look, PageFacts, SiteFacts
from sendeturm.publish.keys import SITE_PREFIX, content_key
from sendeturm.publish.records import LiveShow
from sendeturm.sources import WrittenPage, read_look, read_pages, read_pulled
from sendeturm.store.protocol import ObjectMeta, Store

_TEXT = ObjectMeta("text/plain; charset=utf-8", "no-cache")


@dataclass(frozen=True, slots=True)
class WantedSite:
    """The site as the sources want it; `files` are its own stylesheet and templates by key."""

    facts: SiteFacts
    files: Mapping[str, str]
    problems: tuple[Problem, ...]


def wanted_site(
    folder: Path, config: Config, show: LiveShow | None, slugs: Collection[str]
) -> WantedSite:
    """Return the site as the sources want it, and what is wrong with it.

    Absence is never a step: without a folder `pages` the published ones stay. A page whose
    address an episode has (`slugs`) is left out. Stylesheet and templates that cannot be used
    leave the published ones as they are.
    """
    live = show.record.facts.site if show else SiteFacts()
    pages, about_pages = _pages(folder, live, slugs)
    texts, about_look = read_look(folder, config.site)
    about_look += _template_problems(texts)
    files = {_key(name, text): text for name, text in texts.items()}
    named = {name: _key(name, text) for name, text in texts.items()}
    fields = {"pages": pages, "look": _look(config), "files": live.files if about_look else named}
    facts = live.model_copy(update=fields)
    return WantedSite(facts, files, (*about_pages, *about_look))


def put_site_files(store: Store, site: SiteFacts, files: Mapping[str, str]) -> None:
    """Put the own stylesheet and templates that `site` names and the store lacks."""
    for key in site.files.values():
        if key in files and store.head(key) is None:
            store.put(key, files[key].encode(), _TEXT)


def read_site_files(store: Store, site: SiteFacts) -> dict[str, str]:
    """Return the own stylesheet and templates by name; raises `publish.lost-site-file`."""
    texts = {}
    for name, key in site.files.items():
        stored = store.get(key)
        if stored is None:
            raise fail("publish.lost-site-file", file=key, name=name)
        texts[name] = stored.body.decode("utf-8", "replace")
    return texts


def _key(name: str, text: str) -> str:
    stem, _, suffix = name.rpartition(".")
    return content_key(SITE_PREFIX, stem, hashlib.sha256(text.encode()).hexdigest(), suffix)


def _look(config: Config) -> Look:
    return Look.model_validate(config.site.model_dump(include=set(Look.model_fields)))


def _template_problems(texts: Mapping[str, str]) -> list[Problem]:
    templates = {name: text for name, text in texts.items() if name.endswith(".html")}
    if not templates:
        return []
    from sendeturm.site import check_templates  # noqa: PLC0415  # Jinja2 is heavy

    return check_templates(templates)


def _pages(
    folder: Path, live: SiteFacts, slugs: Collection[str]
) -> tuple[tuple[PageFacts, ...], list[Problem]]:
    written, problems = read_pages(folder)
    if written is None:
        return live.pages, problems
    known = {page.slug: page for page in live.pages}
    free = [page for page in written if page.slug not in slugs]
    problems += [
        problem("publish.page-slug-taken", file=page.file, slug=page.slug)
        for page in written
        if page not in free
    ]
    if {page.slug for page in free} == known.keys():
        # Files that were pulled are called by the address: that must not turn the menu around.
        order = list(known)
        free.sort(key=lambda page: order.index(page.slug))
    pulled = read_pulled(folder)
    return tuple(_facts(page, known.get(page.slug), pulled) for page in free), problems


def _facts(page: WrittenPage, live: PageFacts | None, pulled: Mapping[str, str]) -> PageFacts:
    """Return a page as it is published while its Markdown is the same, else rendered."""
    own = hashlib.sha256(page.markdown.encode()).hexdigest()
    digest = pulled.get(own, own)
    if live is not None and live.source_sha256 == digest:
        return live.model_copy(update={"title": page.title})
    from sendeturm.text import render_notes  # noqa: PLC0415  # Markdown's parser is heavy

    html = render_notes(page.markdown).html
    return PageFacts(slug=page.slug, title=page.title, html=html, source_sha256=digest)
