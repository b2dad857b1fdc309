"""What the show's site holds beside its episodes."""

from __future__ import annotations

from pydantic import Field

from sendeturm.model.base import Kept, Written

ABOUT = "about"
SUBSCRIBE = "subscribe"
SEARCH = "search"
LEGAL = ("impressum", "imprint", "datenschutz", "privacy")
"""Pages that every other page names at its foot."""

OWN_STYLE = "own.css"
"""The name of a person's own stylesheet among the files of the site."""

_COLOUR = r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"
_FONT = r"^[A-Za-z0-9 ,\"'-]+$"


class Look(Kept):
    """A person's colours (`#a5311a`) and fonts, None where ours stay; `_dark` for dark screens."""

    colour: str | None = None
    colour_dark: str | None = None
    paper: str | None = None
    paper_dark: str | None = None
    ink: str | None = None
    ink_dark: str | None = None
    font: str | None = None


class SiteSettings(Written):
    """The table `[site]`: how the show's pages look."""

    colour: str | None = Field(None, pattern=_COLOUR, description="the colour of links and signals")
    colour_dark: str | None = Field(None, pattern=_COLOUR, description="the same on dark screens")
    paper: str | None = Field(None, pattern=_COLOUR, description="the background")
    paper_dark: str | None = Field(None, pattern=_COLOUR, description="the same on dark screens")
    ink: str | None = Field(None, pattern=_COLOUR, description="the colour of the text")
    ink_dark: str | None = Field(None, pattern=_COLOUR, description="the same on dark screens")
    font: str | None = Field(
        None, pattern=_FONT, max_length=300, description="fonts, the first that is there counts"
    )
    stylesheet: str | None = Field(None, description="a stylesheet of your own, after ours")
    templates: str | None = Field(
        None, description="a folder of Jinja templates of your own, before ours"
    )


class PageFacts(Kept):
    """A page of the show's own: `html` is clean, `source_sha256` names the Markdown it was.

    While the Markdown is the same, the published HTML stays.
    """

    slug: str
    title: str
    html: str
    source_sha256: str


class SiteFacts(Kept):
    """The site as published; rendering needs nothing else beside the records.

    `files` maps the names of own stylesheet and templates to their keys in the store, which name
    their content.
    """

    pages: tuple[PageFacts, ...] = ()
    look: Look = Look()
    files: dict[str, str] = Field(default_factory=dict)
