"""Rules about an episode's source: title, notes and chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sendeturm.checks.html import HtmlFaults, html_faults, listed
from sendeturm.checks.rules import breach
from sendeturm.checks.values import is_absolute
from sendeturm.errors import Place, Problem
from sendeturm.model import Chapter, Episode
from sendeturm.text.cleaning import printable
from sendeturm.units import clock_from_ms

NOTES_BYTES = 4000
CHAPTERS_MIN = 3
CUE_LENGTH = 400
"""What stands on a screen at once; some three lines of a telephone."""

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]{0,500}\]\(\s*<?([^)\s>]+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(?:[a-z][a-z0-9+.-]*:[^>\s]*|[^>\s@]+@[^>\s]+)>", re.IGNORECASE)

_WORD_AND_NUMBER = re.compile(
    r"(?:#|folge|episode|ep\.?|s\d{1,2}\s?e)\s?#?(\d{1,4})\b", re.IGNORECASE
)
_NUMBER_AND_MARK = re.compile(r"(\d{1,4})\s?([:|–—-]|[.)])\s")
MARKUP = re.compile(r"</?[a-z][^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);", re.IGNORECASE)


def check_episode(episode: Episode, file: str) -> list[Problem]:
    """Return what directories will not like about an episode; `file` is its name in messages."""
    title = episode.front.title if episode.front else ""
    number = episode.front.number if episode.front else None
    return [
        *_title(title, number, file),
        *_notes(episode.notes_markdown, file),
        *_chapters(episode.chapters, episode.chapters_from or file),
        *_transcript(episode, file),
    ]


def _title(title: str, number: int | None, file: str) -> Iterator[Problem]:
    lead = leading_number(title, number)
    if lead is not None:
        yield breach("SND201", Place(file, key="title"), title=title, number=lead)
    if printable(title) != title:
        yield breach("SND202", Place(file, key="title"))
    markup = MARKUP.search(title)
    if markup:
        yield breach("SND203", Place(file, key="title"), markup=markup[0])


def leading_number(title: str, number: int | None) -> int | None:
    """Return the episode's number if the title begins with it, as in `Folge 7: …` or `007 – …`.

    Without a word before it, a number counts only if it is the episode's, or if that is not
    known and a colon, bar or dash follows: `1. Advent` and `1984 – the book` are titles.
    """
    worded = _WORD_AND_NUMBER.match(title)
    if worded:
        return int(worded[1])
    marked = _NUMBER_AND_MARK.match(title)
    if not marked:
        return None
    lead, is_stop = int(marked[1]), marked[2] in ".)"
    looks_like_it = not is_stop and len(marked[1]) < len("1984")
    return lead if (lead == number if number is not None else looks_like_it) else None


def _notes(markdown: str, file: str) -> Iterator[Problem]:
    size_bytes = len(markdown.encode(errors="replace"))
    if size_bytes > NOTES_BYTES:
        yield breach("SND204", Place(file), size=size_bytes)
    yield from _markup(markdown, file)


def _markup(markdown: str, file: str) -> Iterator[Problem]:
    """Look at links, and at HTML that was written into the Markdown, code apart."""
    place, plain = Place(file), _CODE.sub("", markdown)
    targets = [target for target in _LINK.findall(plain) if not _SCHEME.match(target)]
    written = _AUTOLINK.sub("", plain)
    faults = html_faults(written) if MARKUP.search(written) else HtmlFaults()
    if faults.active:
        yield breach("SND205", place, markup=listed(faults.active))
    if faults.unbalanced:
        yield breach("SND206", place, markup=listed(faults.unbalanced))
    if relative := list(dict.fromkeys([*targets, *faults.relative])):
        yield breach("SND207", place, url=listed(relative))
    if faults.unknown:
        yield breach("SND208", place, markup=listed(faults.unknown))


def _chapters(chapters: Sequence[Chapter], file: str) -> Iterator[Problem]:
    shown = [chapter for chapter in chapters if not chapter.is_hidden]
    if shown and len(shown) < CHAPTERS_MIN:
        yield breach("SND211", Place(file), count=len(shown))
    if shown and shown[0].start_ms > 0:
        yield breach("SND212", Place(file), start=clock_from_ms(shown[0].start_ms))
    for chapter in chapters:
        is_file = chapter.own_picture and "/" not in chapter.own_picture.removeprefix("covers/")
        for address in filter(None, (chapter.url, None if is_file else chapter.image)):
            if not is_absolute(address):
                yield breach("SND213", Place(file), chapter=chapter.title, url=address)


def _transcript(episode: Episode, file: str) -> Iterator[Problem]:
    """Look at what is said; `cues` are there only where the transcript is new."""
    if not episode.cues or episode.transcript is None:
        return
    place = Place(f"{file.rpartition('/')[0]}/{episode.transcript.name}".lstrip("/"))
    if not any(cue.is_timed for cue in episode.cues):
        yield breach("SND221", place)
        return
    long = [cue for cue in episode.cues if len(cue.text) > CUE_LENGTH]
    if long:
        yield breach("SND222", place, count=len(long), at=clock_from_ms(long[0].start_ms))
