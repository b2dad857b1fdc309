"""Show notes as HTML: what is not closed, what apps do not show, what leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from sendeturm.text.notes import SAFE_TAGS

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_OPTIONAL_END = frozenset({"p", "li", "dt", "dd"})
"""HTML lets these end with what follows."""
_ACTIVE = frozenset(
    ["script", "style", "iframe", "object", "embed", "form", "input", "button", "video", "audio"]
)
_COMMON = SAFE_TAGS | frozenset(
    [
        "h4",
        "h5",
        "h6",
        "h1",
        "u",
        "s",
        "hr",
        "span",
        "div",
        "img",
        "del",
        "sub",
        "sup",
        "small",
        "time",
    ]
)
_FOLLOWED = ("http", "https", "mailto", "tel", "podcast", "geo", "xmpp", "matrix")


@dataclass
class HtmlFaults:
    """What was found; each list holds tags or addresses once, in order."""

    unbalanced: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    relative: list[str] = field(default_factory=list)


def html_faults(html: str) -> HtmlFaults:
    """Return what is wrong with `html`, the notes of a show or an episode."""
    if "<" not in html:
        return HtmlFaults()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.faults


class _Reader(HTMLParser):
    """Follows open tags; a few thousand are more than any notes have."""

    _DEPTH = 500

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults = HtmlFaults()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID and len(self._open) < self._DEPTH:
            self._open.append(tag)
        self._look_at(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag not in self._open:
            self._tell(self.faults.unbalanced, f"</{tag}>")
            return
        while (last := self._open.pop()) != tag:
            self._not_closed(last)

    def end(self) -> None:
        """Tell of what is still open."""
        for tag in self._open:
            self._not_closed(tag)

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self._tell(self.faults.active, f"<{tag}>")
        elif tag not in _COMMON:
            self._tell(self.faults.unknown, f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self._tell(self.faults.active, name)
            elif name in {"href", "src"}:
                self._look_at_address(value or "")

    def _look_at_address(self, address: str) -> None:
        scheme = _scheme(address)
        if scheme in {"javascript", "vbscript", "data"}:
            self._tell(self.faults.active, f"{scheme}:")
        elif scheme not in _FOLLOWED:
            self._tell(self.faults.relative, address)

    def _not_closed(self, tag: str) -> None:
        if tag not in _OPTIONAL_END:
            self._tell(self.faults.unbalanced, f"<{tag}>")

    @staticmethod
    def _tell(found: list[str], what: str) -> None:
        if what not in found:
            found.append(what)


def _scheme(address: str) -> str:
    try:
        return urlsplit(address.strip()).scheme.lower()
    except ValueError:
        return ""


def listed(names: list[str], most: int = 4) -> str:
    """Return a few names in a row, for a message."""
    return ", ".join(_short(names[:most])) + (" …" if len(names) > most else "")


def _short(names: list[str]) -> Iterator[str]:
    return (name if len(name) <= 60 else f"{name[:59]}…" for name in names)  # noqa: PLR2004  # a line
