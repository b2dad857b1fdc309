"""HTML becomes text that reads well without it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "pre", "ul", "ol"})


def plain_text(html: str) -> str:
    """Return clean `html` as plain text: paragraphs apart, lists with marks, links written out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = re.sub(r"[ \t]+\n", "\n", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Reader(HTMLParser):
    """Collects the text between tags; `parts` joined is the result, but for blank space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._lists: list[int | None] = []  # the next number, None in an unnumbered list
        self._links: list[tuple[str, int]] = []  # the address, and where its words begin
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._begin_block(tag)
        elif tag == "li":
            self.parts.append(f"\n{self._mark()}")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag == "pre":
            self._pre -= 1
        if tag in _BLOCKS:
            self.parts.append("" if tag in {"ul", "ol"} and self._lists else "\n\n")
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())

    def handle_data(self, data: str) -> None:
        if self._pre:
            self.parts.append(data)
        elif data.strip() or (self.parts and not self.parts[-1].endswith(("\n", " "))):
            self.parts.append(self._fitting(re.sub(r"\s+", " ", data)))

    def _fitting(self, words: str) -> str:
        """Leave out a space where a line, or a list's mark, has just begun."""
        begins = not self.parts or self.parts[-1].endswith(("\n", " "))
        return words.lstrip(" ") if begins else words

    def _begin_block(self, tag: str) -> None:
        if tag == "pre":
            self._pre += 1
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        elif not (self.parts and self.parts[-1].endswith(("• ", ". "))):
            self.parts.append("\n")

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        indent = "  " * (len(self._lists) - 1)
        if number is None:
            return f"{indent}• "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _end_link(self, address: str, begin: int) -> None:
        words = "".join(self.parts[begin:]).strip()
        shown = address.removeprefix("mailto:")
        if shown and shown.rstrip("/") not in words:
            self.parts.append(f" ({shown})")
