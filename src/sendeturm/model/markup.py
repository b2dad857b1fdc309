"""A feed as it is written: elements with their names, words and lines; nothing is interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element; `name` has its customary prefix (`itunes:image`), whatever the feed's own.

    `text` is what stands directly in it, without space at either end unless `is_padded` says that
    there was some; `line` is 1-based, None where it is unknown.
    """

    name: str
    text: str = ""
    attributes: Mapping[str, str] | None = None
    children: tuple[Element, ...] = ()
    line: int | None = None
    is_padded: bool = False

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children called `name`, in order."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Return the first child called `name`, None without one."""
        return next(self.all(name), None)

    def words(self, name: str) -> str:
        """Return the text of the first child called `name`, empty without one."""
        found = self.first(name)
        return found.text if found else ""

    def get(self, attribute: str) -> str:
        """Return an attribute without space at either end, empty without one."""
        return (self.attributes or {}).get(attribute, "").strip()


@dataclass(frozen=True, slots=True)
class FeedText:
    """An RSS feed as it is written.

    `channel` holds all but the items, which are made one by one whenever `items` is gone through.
    `fault_line` is where it is not well-formed, 0 where it is; `namespaces` are those that the
    feed declares at its beginning, by prefix; `version` and `encoding` as declared, `encoding`
    UTF-8 where nothing is.
    """

    channel: Element
    items: Iterable[Element]
    version: str = "2.0"
    encoding: str = "UTF-8"
    fault_line: int = 0
    namespaces: Mapping[str, str] | None = None
    has_doctype: bool = False
