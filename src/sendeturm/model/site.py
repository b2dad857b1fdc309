"""What the show's site holds beside its episodes."""

from __future__ import annotations

from sendeturm.model.base import Kept

ABOUT = "about"
SUBSCRIBE = "subscribe"
SEARCH = "search"
LEGAL = ("impressum", "imprint", "datenschutz", "privacy")
"""Pages that every other page names at its foot."""


class PageFacts(Kept):
    """A page of the show's own: `html` is clean, `source_sha256` names the Markdown it was.

    While the Markdown is the same, the published HTML stays.
    """

    slug: str
    title: str
    html: str
    source_sha256: str


class SiteFacts(Kept):
    """The site as published; rendering needs nothing else beside the records."""

    pages: tuple[PageFacts, ...] = ()
