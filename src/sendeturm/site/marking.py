"""What tells a preview's pages from published ones: a bar, marks, a script that keeps watch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from markupsafe import Markup

from sendeturm.site.page import packaged_asset
from sendeturm.site.words import direction, preview_words

FOLDER = "_preview/"
"""No slug begins with an underscore: these pages are in nobody's way."""

LIST = f"/{FOLDER}index.html"
STATE_KEY = f"{FOLDER}state.json"
"""Where the script asks which version each page has, and what is wrong."""

BAR, LIVE = "bar.css", "live.js"
_HEAD_END = b"</head>"
_FIRST = re.compile(rb'<body>\n(?:<a class="skip"[^\n]*\n)?')
"""Where the bar comes: behind the link that skips it."""
_HEADING = re.compile(rb"</h1>")
_LINK = re.compile(rb'(<a [^>]*href="(?:\.\./)*([^"/]+)/index\.html"[^>]*>.*?)</a>', re.DOTALL)
_PASSING = b'http-equiv="refresh"'
_UNKNOWN = b'data-version=""'
_DIGEST_CHARACTERS = 16


def own_key(name: str) -> str:
    """Return the key of one of the preview's own assets."""
    return f"{FOLDER}{packaged_asset(name).key.rpartition('/')[2]}"


def compared_key(slug: str) -> str:
    """Return the key of the page that compares an episode with its recording."""
    return f"{FOLDER}{slug}.html"


def versioned(body: bytes) -> tuple[bytes, str]:
    """Return a marked page that knows its version, and that version: another for each content."""
    version = sha256(body).hexdigest()[:_DIGEST_CHARACTERS]
    return body.replace(_UNKNOWN, f'data-version="{version}"'.encode(), 1), version


def bar(words: Mapping[str, str], links: Mapping[str, str], state: str = "") -> Markup:
    """Return the bar: what this is, the episode's state, and links (words to addresses)."""
    parts = [
        Markup('<b>{}</b> <span class="here">{}</span>').format(
            words["preview_mark"], words["preview_here"]
        )
    ]
    parts += [Markup('<span class="state">{}</span>').format(state)] if state else []
    parts += [Markup('<a href="{}">{}</a>').format(href, text) for text, href in links.items()]
    name, inside = words["preview_mark"], Markup(" ").join(parts)
    return Markup('<nav class="preview-bar" aria-label="{}"{}>{}</nav>\n{}').format(
        name, _spoken_in(words), inside, _notice(words)
    )


def _spoken_in(words: Mapping[str, str]) -> Markup:
    """Return the language of the person here: the page's own may be another."""
    code = words["preview_language"]
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


def _notice(words: Mapping[str, str]) -> Markup:
    """Return where the script says what is wrong; empty it takes no room."""
    return Markup(
        '<p class="preview-notice" role="status"{} data-version="" data-state="/{}"'
        ' data-gone="{}" data-later="{}" data-ended="{}"></p>'
    ).format(
        _spoken_in(words),
        STATE_KEY,
        words["preview_gone"],
        words["preview_later"],
        words["preview_ended"],
    )


class Marking:
    """Marks pages of the site as a preview's, in the language of the person at this computer.

    `states` are the states of all episodes in words, by slug; empty for what would be on the air.
    """

    def __init__(self, states: Mapping[str, str], language: str) -> None:
        """Keep the words."""
        self._states = states
        self._words = preview_words(language)

    def marked(self, key: str, body: bytes) -> bytes:
        """Return the page with the bar, the states of the episodes it names, and the script."""
        if _PASSING in body:
            return body  # it only leads to another one
        slug = key.partition("/")[0]
        links = {self._words["preview_this"]: LIST}
        if slug in self._states:
            own = f"/{compared_key(slug)}"
            links = {self._words["preview_this"]: own, self._words["preview_all"]: LIST}
        state = self._states.get(slug, "")
        shown = f"{bar(self._words, links, state)}\n".encode()
        body = _LINK.sub(self._with_state, body)
        body = _HEADING.sub(lambda found: found[0] + self._mark(state, "p"), body, count=1)
        body = body.replace(_HEAD_END, _head() + _HEAD_END, 1)
        return _FIRST.sub(lambda found: found[0] + shown, body, count=1)

    def _with_state(self, link: re.Match[bytes]) -> bytes:
        """Return a link to an episode that says its state to those who only hear links, too."""
        slug = link[2].decode("utf-8", "replace")
        return link[1] + self._mark(self._states.get(slug, "")) + b"</a>"

    def _mark(self, state: str, element: str = "span") -> bytes:
        if not state:
            return b""
        mark = Markup(' <{0} class="state"{1}>{2}</{0}>').format(
            element, _spoken_in(self._words), state
        )
        return mark.encode()


def _head() -> bytes:
    style, script = own_key(BAR), own_key(LIVE)
    return (
        f'<link rel="stylesheet" href="/{style}">\n<script defer src="/{script}"></script>\n'
    ).encode()
