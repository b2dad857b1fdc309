"""A feed read to its end: all its pages, from the web or from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from sendeturm.errors import Place, Problem, SendeturmError, fail, problem
from sendeturm.importing.nearby import Nearby
from sendeturm.importing.tags import is_known
from sendeturm.model.addresses import FEED_KEY
from sendeturm.rss import Part, WholeFeed, read_whole
from sendeturm.web import Fetched

MOST_PAGES: Final = 2000
MOST_BYTES: Final = 50_000_000
"""The largest feed known has some 20 MB."""
_WEB = ("http://", "https://")
_BY_APPS = re.compile(r"(?:feed|itpc|pcast|podcast|rss):(?://)?(https?://)?", re.IGNORECASE)
"""What browsers and apps write before a feed's address."""
_HOST = re.compile(r"(?:[\w-]+\.)+(?!xml$|rss$)[a-z]{2,}(?::\d+)?(?:/|$)", re.IGNORECASE)
_FEED_LINK = re.compile(r"<link\b[^>]*application/rss\+xml[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)

Ask = Callable[[str], Fetched]


@dataclass(slots=True)
class OldFeed:
    """A whole feed: its channel, the items of all its pages in their order.

    `address` is what it calls itself, or where it was found; `addresses` are all it is known by,
    empty for a file that names none. `lost` is why pages are missing at its end.
    """

    channel: Part
    items: list[Part]
    nearby: Nearby
    address: str = ""
    addresses: tuple[str, ...] = ()
    pages: int = 1
    is_broken: bool = False
    lost: list[Problem] = field(default_factory=list)


def read_feed_to_its_end(feed: str, ask: Ask, heard: Callable[[int], None]) -> OldFeed:
    """Return the feed at an address or in a file, with all its further pages.

    `ask` fetches an address; `heard` is told how many pages were read. Raises SendeturmError if
    there is no feed; pages that cannot be read are told in `lost`.
    """
    first, own, ways, folder = _first_page(feed, ask)
    self_url = _link(first.channel, "self", own)
    address = self_url or own
    nearby = Nearby(folder, address) if folder else Nearby()
    moved = first.channel.element.words("itunes:new-feed-url")
    known = [url for url in (*ways, self_url, moved) if url.startswith(_WEB)]
    found = OldFeed(first.channel, list(first.items), nearby, address)
    found.addresses = tuple(dict.fromkeys(known))
    found.is_broken = bool(first.fault_line)
    heard(1)
    for page in _further_pages(first, address, {*known, own}, _Asking(ask, nearby), found.lost):
        found.items += page.items
        found.pages += 1
        heard(found.pages)
    return found


def _first_page(feed: str, ask: Ask) -> tuple[WholeFeed, str, tuple[str, ...], Path | None]:
    """Return the page, its own address, all addresses that led to it, and its folder if any."""
    feed = _BY_APPS.sub(lambda found: found[1] or "https://", feed.strip(), count=1)
    if not feed.lower().startswith(_WEB):
        path = _file(feed)
        return _read(read_file(path), feed), "", (), path.absolute().parent
    answer = ask(feed)
    page = _read(answer.body, answer.url)
    return page, answer.url, (feed, *answer.ways, answer.url), None


def _file(feed: str) -> Path:
    """Return a feed's file; an address that is no file is told from one."""
    if feed.lower().startswith("file://"):
        return Path(unquote(urlsplit(feed).path))
    path = Path(feed).expanduser()
    if not path.exists() and _HOST.match(feed):
        raise fail("importing.no-scheme", file=feed, better=f"https://{feed}")
    return path / FEED_KEY if path.is_dir() and (path / FEED_KEY).is_file() else path


def read_file(path: Path) -> bytes:
    """Return a feed in a file; raises SendeturmError if it is none, or too large to be one."""
    try:
        with path.open("rb") as opened:
            body = opened.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail("sources.unreadable", file=path, reason=reason) from None
    if len(body) > MOST_BYTES:
        raise fail("importing.too-large", file=path, most_mb=MOST_BYTES // 1_000_000)
    return body


def _read(body: bytes, feed: str) -> WholeFeed:
    """Return a page's feed; a web page is told from a feed, with the feed that it names."""
    try:
        return read_whole(body, is_known)
    except SendeturmError:
        if not _HTML.search(body[:5000]):
            raise fail("rss.not-a-feed", file=feed) from None
        link = _FEED_LINK.search(body[:500_000].decode(errors="replace"))
        href = _HREF.search(link[0]) if link else None
        if href is None:
            raise fail("importing.web-page", file=feed) from None
        better = _joined(feed, unescape(href[1]))
        raise fail("importing.web-page-of", file=feed, better=better) from None


@dataclass(frozen=True, slots=True)
class _Asking:
    """Brings a further page, from beside the first one where it lies there."""

    ask: Ask
    nearby: Nearby

    def page(self, url: str) -> WholeFeed:
        path = self.nearby.file_for(url)
        body = read_file(path) if path else self.ask(url).body
        return read_whole(body, is_known)


def _further_pages(
    first: WholeFeed, address: str, known: set[str], asking: _Asking, lost: list[Problem]
) -> Iterator[WholeFeed]:
    """Yield the pages after the first; one that leads back, or brings nothing new, is the end."""
    page, base, seen = first, address, {urldefrag(url)[0] for url in known}
    items = set(map(_identity, first.items))
    for _ in range(MOST_PAGES):
        url = _link(page.channel, "next", base) or _link(page.channel, "prev-archive", base)
        if not url or url in seen:
            return
        seen.add(url)
        try:
            page = asking.page(url)
        except SendeturmError as error:
            lost += [problem("importing.page-lost", file=url, cause=error.problems[0].code)]
            lost += [Problem(p.code, p.params, Place(url)) for p in error.problems]
            return
        new = set(map(_identity, page.items)) - items
        if not new:
            return
        items |= new
        base = url
        yield page
    lost.append(problem("importing.many-pages", file=url, most=MOST_PAGES))


def _identity(part: Part) -> tuple[str, str, str]:
    node = part.element
    enclosure = node.first("enclosure")
    url = enclosure.get("url") if enclosure else ""
    return (node.words("guid"), url, "" if url else node.words("title"))


def _link(channel: Part, rel: str, base: str) -> str:
    """Return where the channel's link of this relation leads, without a fragment."""
    links = (tag for tag in channel.element.all("atom:link") if tag.get("rel").lower() == rel)
    hrefs = (_joined(base, tag.get("href")) for tag in links if tag.get("href"))
    return next((href for href in hrefs if href.startswith(_WEB)), "")


def _joined(base: str, href: str) -> str:
    """Return a link's whole address without a fragment; empty where it is none."""
    try:
        return urldefrag(urljoin(base, href))[0]
    except ValueError:
        return ""
