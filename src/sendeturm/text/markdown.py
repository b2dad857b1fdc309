"""HTML becomes Markdown that gives the same HTML again, or stays clean HTML inside Markdown."""

from __future__ import annotations

import html as html_escapes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sendeturm.text.cleaning import clean
from sendeturm.text.notes import render_notes, sanitize

_SAME = {"i": "em", "b": "strong"}
_AS_PARAGRAPHS = re.compile(
    r"<(/?)(?:div|section|article|aside|header|footer|main|figure|figcaption|address|center|"
    r"dl|dt|dd|table|tr|hr)\b[^>]*>",
    re.IGNORECASE,
)
_AS_HEADINGS = (
    (re.compile(r"<(/?)h1\b[^>]*>", re.IGNORECASE), "h2"),
    (re.compile(r"<(/?)h[4-6]\b[^>]*>", re.IGNORECASE), "h3"),
)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_ESCAPED = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)(?:(\d{1,9})([.)])(?=\s|$)|([-+#>~=|]))", re.MULTILINE)
_BLOCKS = frozenset({"p", "ul", "ol", "h2", "h3", "blockquote", "pre"})
_BLANK = re.compile(r"\n(?=[ \t]*\n)")
_LINE_END = "&#10;"
_BREAK = "\\"


def is_html(text: str) -> bool:
    """Say whether a text of a feed is meant as HTML."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def markdown_of(text: str) -> str:
    """Return the notes of a feed, HTML or plain text, as Markdown of the same meaning.

    `render_notes` gives of it what is safe in the HTML, bare addresses as links. Where Markdown
    has no words for it, the clean HTML stays. Tags that notes cannot have become paragraphs or
    vanish, their words stay.
    """
    source = text if is_html(text) else _as_html(text)
    safe = sanitize(_plainer(clean(source)))
    if not safe:
        return ""
    tree = _tree(safe)
    written = _joined(_blocks(tree))
    wanted = _essence(tree)
    if _essence(_tree(render_notes(written).html)) == wanted:
        return written
    return _kept_html(safe)


def _as_html(text: str) -> str:
    """Return plain text as HTML: an empty line parts paragraphs, others stay lines."""
    blocks = re.split(r"\n\s*\n", clean(text).strip())
    escaped = (html_escapes.escape(block, quote=False).replace("\n", "<br>") for block in blocks)
    return "".join(f"<p>{block}</p>" for block in escaped)


def _plainer(source: str) -> str:
    """Return HTML whose structure is in tags that notes can have."""
    source = _AS_PARAGRAPHS.sub(r"<\1p>", _CELL.sub(" ", source))
    for pattern, tag in _AS_HEADINGS:
        source = pattern.sub(rf"<\1{tag}>", source)
    return source


def _kept_html(safe: str) -> str:
    """Return HTML that Markdown passes on: HTML ends there at an empty line."""
    safe = _BLANK.sub(_LINE_END, safe.replace("<pre>\n", f"<pre>\n{_LINE_END}"))
    return f"<div>\n{safe}\n</div>"


@dataclass
class _Tag:
    """An element of clean HTML; children are elements and texts."""

    name: str
    href: str = ""
    children: list[_Tag | str] = field(default_factory=list)


class _Builder(HTMLParser):
    """Makes a tree of what `sanitize` gave, which is balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Tag("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Tag(_SAME.get(tag, tag), dict(attrs).get("href") or "")
        self._open[-1].children.append(element)
        if tag != "br":
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].name == _SAME.get(tag, tag):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _tree(safe: str) -> _Tag:
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    return _tidied(builder.root)


def _tidied(tag: _Tag) -> _Tag:
    """Return an element as Markdown would write it: no empty blocks, no words outside of one."""
    children: list[_Tag | str] = []
    for child in tag.children:
        inner = child if isinstance(child, str) else _tidied(child)
        if isinstance(inner, _Tag) and inner.name == "a" and not inner.href:
            children += inner.children
        elif isinstance(inner, str) or not _is_empty(inner):
            children.append(inner)
    if tag.name in {"", "blockquote"}:
        children = list(_in_paragraphs(children))
    while tag.name in {"li", "h2", "h3"} and children and _is_break_or_blank(children[-1]):
        children.pop()
    return _Tag(tag.name, tag.href, children)


def _is_empty(tag: _Tag) -> bool:
    return tag.name in _BLOCKS and not _words(tag).strip()


def _in_paragraphs(children: list[_Tag | str]) -> Iterator[_Tag]:
    """Yield blocks alone: loose words become paragraphs, two breaks in a row part them."""
    loose: list[_Tag | str] = []
    for child in [*children, _Tag("p")]:
        if isinstance(child, str) or child.name not in _BLOCKS:
            loose.append(child)
            continue
        yield from _paragraphs(loose)
        loose = []
        yield from _paragraphs(child.children) if child.name == "p" else (child,)


def _paragraphs(words: list[_Tag | str]) -> Iterator[_Tag]:
    found: list[list[_Tag | str]] = [[]]
    for child in words:
        is_break = isinstance(child, _Tag) and child.name == "br"
        if is_break and found[-1] and _is_break_or_blank(found[-1][-1]):
            while found[-1] and _is_break_or_blank(found[-1][-1]):
                found[-1].pop()
            found.append([])
        elif found[-1] or not _is_break_or_blank(child):
            found[-1].append(child)
    for one in found:
        while one and _is_break_or_blank(one[-1]):
            one.pop()
        if one:
            yield _Tag("p", "", one)


def _is_break_or_blank(child: _Tag | str) -> bool:
    return not child.strip() if isinstance(child, str) else child.name == "br"


def _blocks(parent: _Tag) -> list[str]:
    """Return the blocks in an element as Markdown; words between them are paragraphs."""
    blocks: list[str] = []
    loose: list[_Tag | str] = []
    for child in [*parent.children, _Tag("p")]:
        if isinstance(child, _Tag) and child.name in _BLOCKS:
            blocks.append(_inline(loose))
            loose = []
            blocks.append(_block(child))
        else:
            loose.append(child)
    return [block for block in blocks if block.strip()]


def _block(tag: _Tag) -> str:
    if tag.name in {"ul", "ol"}:
        return _list(tag)
    if tag.name == "blockquote":
        lines = _joined(_blocks(tag)).split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)
    if tag.name == "pre":
        return f"```\n{_words(tag).strip(chr(10))}\n```"
    marks = {"h2": "## ", "h3": "### "}.get(tag.name, "")
    words = _inline(tag.children)
    if marks:
        words = words.replace("\\\n", " ").replace("\n", " ")
    return f"{marks}{words}" if words else ""


def _list(tag: _Tag) -> str:
    items = [child for child in tag.children if isinstance(child, _Tag) and child.name == "li"]
    bodies = [_blocks(item) for item in items]
    is_loose = any(
        isinstance(child, _Tag) and child.name == "p" for item in items for child in item.children
    )
    lines = []
    for number, body in enumerate(bodies, 1):
        mark = f"{number}. " if tag.name == "ol" else "- "
        text = ("\n\n" if is_loose else "\n").join(body)
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return ("\n\n" if is_loose else "\n").join(lines)


def _inline(children: list[_Tag | str]) -> str:
    """Return words with their links and stresses; a break in a line ends with a backslash."""
    text = "".join(map(_inline_of, children))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return _LINE_START.sub(_escaped_start, "\n".join(line for line in lines if line))


def _inline_of(child: _Tag | str) -> str:
    if isinstance(child, str):
        return _ESCAPED.sub(lambda found: f"\\{found[0]}", re.sub(r"\s+", " ", child))
    if child.name == "br":
        return f"{_BREAK}\n"
    inner = "".join(map(_inline_of, child.children))
    if child.name == "code":
        return f"`{_words(child)}`"
    if child.name in {"em", "strong"}:
        mark = "*" if child.name == "em" else "**"
        return _around(inner, mark, mark)
    if child.name == "a":
        return _link(child, inner)
    return inner


def _link(tag: _Tag, inner: str) -> str:
    if not tag.href:
        return inner
    if tag.href in {words := _words(tag), f"mailto:{words}"} and re.fullmatch(r"\S+", words):
        return f"<{words}>"
    target = f"<{tag.href}>" if re.search(r"[()\s]", tag.href) else tag.href
    return _around(inner, "[", f"]({target})")


def _around(inner: str, before: str, after: str) -> str:
    """Put marks around words, with the space at their ends outside."""
    words = inner.strip()
    if not words:
        return inner
    head, _, tail = inner.partition(words)
    return f"{head}{before}{words}{after}{tail}"


def _escaped_start(found: re.Match[str]) -> str:
    lead, number, dot, sign = found.groups()
    return f"{lead}{number}\\{dot}" if number else f"{lead}\\{sign}"


def _joined(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


def _words(tag: _Tag) -> str:
    return "".join(c if isinstance(c, str) else _words(c) for c in tag.children)


def _essence(tag: _Tag) -> list[str]:
    """Return what HTML says: tags and words, without the space that nobody sees.

    Bare addresses count like links to themselves, paragraphs in lists like their words.
    """
    tokens: list[str] = []
    _collect(tag, tokens, in_list=False, in_pre=False)
    merged: list[str] = []
    for token in tokens:
        if merged and not token.startswith("<") and not merged[-1].startswith("<"):
            merged[-1] += token
        else:
            merged.append(token)
    tidy = (t if t.startswith("<") else " ".join(t.split()) for t in merged)
    return [token for token in tidy if token]


def _collect(tag: _Tag, tokens: list[str], *, in_list: bool, in_pre: bool) -> None:
    for child in tag.children:
        if isinstance(child, str):
            tokens.append(child.replace("<", "‹"))
            continue
        is_shown = child.name not in {"p", "a"} or (child.name == "p" and not in_list)
        if child.name == "a":
            is_shown = child.href.removeprefix("mailto:") != _words(child).strip()
        opening = f"<{child.name} {child.href}>" if child.href else f"<{child.name}>"
        tokens += [opening] if is_shown else []
        _collect(child, tokens, in_list=in_list or child.name == "li", in_pre=in_pre)
        tokens += [f"</{child.name}>"] if is_shown else []
