"""What the sources want the site to hold beside the episodes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from sendeturm.errors import Problem, problem
from sendeturm.model import PageFacts, SiteFacts
from sendeturm.publish.records import LiveShow
from sendeturm.sources import WrittenPage, read_pages


def wanted_site(
    folder: Path, show: LiveShow | None, slugs: Collection[str] = ()
) -> tuple[SiteFacts, list[Problem]]:
    """Return the site as the sources want it, and what is wrong with it.

    Absence is never a step: without a folder `pages` the published ones stay. A page whose
    address an episode has (`slugs`) is left out.
    """
    live = show.record.facts.site if show else SiteFacts()
    written, problems = read_pages(folder)
    if written is None:
        return live, problems
    known = {page.slug: page for page in live.pages}
    free = [page for page in written if page.slug not in slugs]
    problems += [
        problem("publish.page-slug-taken", file=page.file, slug=page.slug)
        for page in written
        if page not in free
    ]
    pages = tuple(_facts(page, known.get(page.slug)) for page in free)
    return live.model_copy(update={"pages": pages}), problems


def _facts(page: WrittenPage, live: PageFacts | None) -> PageFacts:
    """Return a page as it is published while its Markdown is the same, else rendered."""
    digest = hashlib.sha256(page.markdown.encode()).hexdigest()
    if live is not None and live.source_sha256 == digest:
        return live.model_copy(update={"title": page.title})
    from sendeturm.text import render_notes  # noqa: PLC0415  # Markdown's parser is heavy

    html = render_notes(page.markdown).html
    return PageFacts(slug=page.slug, title=page.title, html=html, source_sha256=digest)
