"""Pages and assets as they are put into the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
FRESH = "max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_BUILT_ON_PAGE = ("player.js", "search.js")
_DIGEST_CHARACTERS = 12
_AFTER_NAME = re.compile(r"^([\w-]+): ", re.MULTILINE)
"""The space after a property's name, at the beginning of a line; selectors keep theirs."""
_BETWEEN_SIGNS = re.compile(r'("[^"]*")|\s*([{};,])\s+|\s+(?={)')
"""Space around signs, or a string, which stays as it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """An object of the site: its bytes, Content-Type and Cache-Control."""

    body: bytes
    content_type: str
    cache_control: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site's own that pages refer to; its `key` names its content."""

    key: str
    page: Page


@cache
def packaged_asset(name: str) -> Asset:
    """Return the asset `name` (`style.css`, `player.js`) that ships with sendeturm, made lean.

    A page loads one script: what every page does comes before what this one does.
    """
    folder = files("sendeturm.site").joinpath("assets")
    names = ("page.js", name) if name in _BUILT_ON_PAGE else (name,)
    text = "".join(_lean(folder.joinpath(part).read_text("utf-8")) for part in names)
    return asset(name, (_leaner(text) if name.endswith(".css") else text).encode())


def asset(name: str, body: bytes) -> Asset:
    """Return `body` as the asset `name`; its key names its content."""
    stem, _, suffix = name.rpartition(".")
    digest = sha256(body).hexdigest()[:_DIGEST_CHARACTERS]
    return Asset(f"assets/{stem}-{digest}.{suffix}", Page(body, _TYPES[suffix], FOR_EVER))


def _lean(text: str) -> str:
    """Return a stylesheet or script without indentation and comment lines.

    Buckets do not compress what they serve.
    """
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))) + "\n"


def _leaner(style: str) -> str:
    """Return a stylesheet without the spaces and line ends that mean nothing between its signs."""
    return _BETWEEN_SIGNS.sub(r"\1\2", _AFTER_NAME.sub(r"\1:", style))
