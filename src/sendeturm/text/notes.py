"""Show notes: Markdown becomes clean HTML and readable plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sendeturm.text.cleaning import clean
from sendeturm.text.plain import plain_text
from sendeturm.text.stamps import begins_with_stamp, has_stamps

SAFE_TAGS = frozenset(
    {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}
    | {"br", "h2", "h3", "blockquote", "code", "pre"}
)
"""What podcast apps show (PSP-1: p to em), and a few more for the page."""
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Notes:
    """Show notes as safe HTML and as plain text."""

    html: str
    text: str


def render_notes(markdown: str) -> Notes:
    """Return `markdown` (CommonMark, bare addresses become links) as HTML and plain text.

    The HTML holds `SAFE_TAGS` only; links lead to http, https and mailto and carry
    `rel="noopener"`. HTML in the Markdown is cleaned the same way; pictures become their words.
    """
    source = clean(markdown)
    html = sanitize(_markdown().render(source, {"has_stamps": has_stamps(source)}))
    return Notes(html, plain_text(html))


def inline_words(markdown: str) -> tuple[str, str | None]:
    """Return a line of Markdown as plain words, and the address of the first link in it."""
    words, url = "", None
    for token in _markdown().parseInline(clean(markdown)):
        for child in token.children or ():
            if child.type in {"text", "code_inline", "image"}:
                words += child.content
            elif child.type == "link_open" and url is None:
                url = str(child.attrGet("href") or "")
    return words, url


def sanitize(html: str) -> str:
    """Return any `html` with safe tags, attributes and links only."""
    safe = nh3.clean(
        html,
        tags=set(SAFE_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_absolute_only,
        url_schemes=set(SAFE_SCHEMES),
        link_rel="noopener",
    )
    return clean(safe).strip()


def _absolute_only(tag: str, attribute: str, value: str) -> str | None:
    """Drop links that lead nowhere outside the page they were written for."""
    del tag
    if attribute != "href":
        return value
    scheme = re.match(r"[a-z]+(?=:)", value.strip().lower())
    return value if scheme and scheme[0] in SAFE_SCHEMES else None


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"linkify": True}).enable("linkify")
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False})  # `sendeturm.md` is no address
    parser.core.ruler.push("show_notes", _fit_show_notes)
    return parser


def _fit_show_notes(state: StateCore) -> None:
    """Keep headings below the page's own, pictures as their words, time stamps on their lines."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
        children = token.children or []
        for child in children:
            if child.type == "image":
                child.type, child.tag, child.nesting = "text", "", 0
        if state.env.get("has_stamps"):
            _break_before_stamps(children)


def _break_before_stamps(children: list[Token]) -> None:
    """Keep each time stamp on a line of its own; apps find it there alone."""
    breaks = [n for n, child in enumerate(children) if child.type == "softbreak"]
    for at, end in pairwise([*breaks, len(children)]):
        line = "".join(child.content for child in children[at + 1 : end])
        if begins_with_stamp(line):
            children[at].type = "hardbreak"
