"""Untrusted bytes become a tree of elements that answer to canonical names."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from lxml import etree

from sendeturm.errors import SendeturmError, fail
from sendeturm.model.namespaces import canonical
from sendeturm.rss.references import plain_references

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Node:
    """An element whose children are found by names like `itunes:image`, whatever the prefix."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._children: dict[str, list[etree._Element]] = {}
        for child in element.iterchildren("*"):
            self._children.setdefault(canonical_name(child), []).append(child)

    def all(self, name: str) -> Iterator[Node]:
        """Yield the children called `name`, in order."""
        return map(Node, self._children.get(name, ()))

    def text(self, name: str) -> str:
        """Return the first such child's text that is not empty, without space at the ends."""
        texts = (text_of(child) for child in self._children.get(name, ()))
        return next(filter(None, texts), "")

    def attribute(self, name: str, attribute: str) -> str:
        """Return an attribute of the first such child that has it, empty if none has."""
        children = self._children.get(name, ())
        values = (str(child.get(attribute, "")).strip() for child in children)
        return next(filter(None, values), "")


def channel_of(body: bytes) -> tuple[Node, bool]:
    """Return the RSS channel of `body`, and whether it was well-formed; raises as `parsed`."""
    root, fault_line, _ = parsed(body)
    return next(Node(root).all("channel")), not fault_line


def parsed(body: bytes) -> tuple[etree._Element, int, int]:
    """Return the rss element of `body`, where it is not well-formed, and the lines left out above.

    The line of the first fault is 0 where there is none.

    No entity is resolved, nothing is fetched, and depth and size keep libxml2's limits.
    Raises SendeturmError (`rss.not-a-feed`) if there is no channel in it.
    """
    root, faults = _recovered(_without_lead(body))
    if faults:
        root, _ = _recovered(plain_references(_without_lead(body)))
    # Bytes without any element give None.
    if not etree.iselement(root) or canonical_name(root) != "rss":
        raise _not_a_feed()
    if not any(Node(root).all("channel")):
        raise _not_a_feed()
    lead = _lead_lines(body)
    return root, max(1, faults[0].line + lead) if faults else 0, lead


def _recovered(body: bytes) -> tuple[etree._Element, etree._ListErrorLog]:
    """Return the root as far as it can be read, and what is wrong with the XML."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise _not_a_feed() from None
    return root, parser.error_log.filter_from_errors()


def canonical_name(element: etree._Element) -> str:
    """Return `prefix:name` with the customary prefix, the feed's own in an unknown namespace.

    A namespace that the feed gives to bare names leaves them bare. A prefix that was never declared
    stays in the name when the feed is mended.
    """
    name = canonical(str(element.tag))
    is_unknown = ":" not in name and element.prefix
    return f"{element.prefix}:{name}" if is_unknown else name


def text_of(element: etree._Element) -> str:
    """Return the text directly in `element`, without space at the ends.

    Entities were left alone by the parser; those that HTML knows become their character.
    """
    parts = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Entity):  # noqa: SLF001  # lxml has no public name for it
            parts.append(unescape(child.text or ""))
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _without_lead(body: bytes) -> bytes:
    """Drop what must not stand before an XML declaration."""
    return body.lstrip().removeprefix(_BYTE_ORDER_MARK).lstrip()


def _lead_lines(body: bytes) -> int:
    """Return how many lines were dropped."""
    return body[: len(body) - len(_without_lead(body))].count(b"\n")


def _not_a_feed() -> SendeturmError:
    return fail("rss.not-a-feed")
