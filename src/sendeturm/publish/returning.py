"""What lies beside an episode's page, and the show's own pages, as files that publish reads alike.

Published times are those of the rendition: they go back to the recording's, so that publishing
again never moves them twice. What would not come out as it is published is told and left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendeturm.errors import Problem, Severity, problem
from sendeturm.model import Chapter, Cue, Cut, Episode, Record, StoredFile
from sendeturm.model.site import PageFacts
from sendeturm.publish.transcripts import PLAIN, VTT
from sendeturm.publish.wanted import has_chapter_file
from sendeturm.sources import EPISODES
from sendeturm.sources.pages import PAGES
from sendeturm.store.protocol import Store

_BLANK = re.compile(r"\n(?=[ \t]*\n)")
_LINE_END = "&#10;"


@dataclass(frozen=True, slots=True)
class Returned:
    """A file to make, by its name in the folder; `source_sha256` is what its content stands for.

    That is empty where nothing else was published than the file itself says.
    """

    name: str
    body: bytes
    source_sha256: str = ""

    @property
    def sha256(self) -> str:
        """Return the digest of the content, in hex."""
        return hashlib.sha256(self.body).hexdigest()


def returned_sidecars(
    store: Store, record: Record, episode: Episode
) -> Iterator[Returned | Problem]:
    """Yield the cover, chapters and transcript that `episode` lacks, or why one stays away."""
    beside = f"{EPISODES}/{episode.stem}"
    if record.cover is not None and episode.cover is None:
        name = f"{beside}.{record.cover.key.rpartition('.')[2]}"
        yield _object(store, record.cover, name, record.digests.cover or "")
    if record.transcripts and episode.transcript is None:
        yield from _transcript(store, record, beside)
    if _lacks_chapters(record, episode):
        yield from _chapters(store, record, f"{beside}.chapters.json")


def returned_page(page: PageFacts) -> Returned | Problem:
    """Return a page of the show's own: its HTML below its title, which Markdown lets through.

    Whatever stands there, the published page stays until somebody changes the file.
    """
    from sendeturm.text import render_notes  # noqa: PLC0415  # Markdown's parser is heavy

    name = f"{PAGES}/{page.slug}.md"
    # HTML passes over the first line end in <pre>; Markdown takes up again after a blank line.
    html = _BLANK.sub(_LINE_END, page.html.replace("<pre>\n", f"<pre>\n{_LINE_END}"))
    if not html.strip():
        return _told(name)
    body = html if render_notes(html).html == page.html else f"<div>\n{html}\n</div>"
    return Returned(name, f"# {page.title}\n\n{body}\n".encode(), page.source_sha256)


def digest_of_page(returned: Returned) -> str:
    """Return the digest of a page's Markdown as publish takes it: without the title."""
    markdown = returned.body.decode().partition("\n\n")[2]
    return hashlib.sha256(markdown.strip("\n").encode()).hexdigest()


def _timeline(record: Record) -> tuple[Cut, ...]:
    return record.audio.timeline if record.audio else ()


def _told(name: str) -> Problem:
    return problem("publish.not-as-published", file=name, severity=Severity.WARNING)


def _object(store: Store, file: StoredFile, name: str, source_sha256: str) -> Returned | Problem:
    stored = store.get(file.key)
    if stored is None:
        return _lost(name, file.key)
    return Returned(name, stored.body, source_sha256)


def _lost(name: str, key: str) -> Problem:
    return problem("publish.lost-object", file=name, severity=Severity.WARNING, missing=key)


def _lacks_chapters(record: Record, episode: Episode) -> bool:
    """Say whether chapters are published that nothing here lists: no file, notes or recording."""
    if has_chapter_file(episode) or episode.recording or not record.facts.chapters:
        return False
    if record.audio is not None and record.audio.has_own_chapters:
        return False  # they are part of the finished file
    from sendeturm.text import shifted_chapters  # noqa: PLC0415  # few episodes have chapters

    return shifted_chapters(episode.chapters, _timeline(record)) != record.facts.chapters


def _chapters(store: Store, record: Record, name: str) -> Iterator[Returned | Problem]:
    from sendeturm.text import (  # noqa: PLC0415  # few episodes have chapters
        chapters_json,
        parse_chapters,
        recorded_chapters,
        shifted_chapters,
    )

    timeline, chapters = _timeline(record), record.facts.chapters
    keys = dict.fromkeys(key for chapter in chapters if (key := chapter.own_picture))
    pictures = [_picture(store, key) for key in keys]
    yield from pictures
    if any(isinstance(picture, Problem) for picture in pictures):
        return
    recorded = tuple(map(_with_file, recorded_chapters(chapters, timeline)))
    body = chapters_json(recorded)
    read = parse_chapters(body.decode(), name, "json")[0]
    is_same = shifted_chapters(read, timeline) == tuple(map(_with_file, chapters))
    yield Returned(name, body) if is_same else _told(name)


def _picture(store: Store, key: str) -> Returned | Problem:
    name = f"{EPISODES}/{_file_name(key)}"
    stored = store.get(key)
    if stored is None:
        return _lost(name, key)
    # Its key is all that is kept of the file it was made from.
    return Returned(name, stored.body, key.rpartition("-")[2].partition(".")[0])


def _with_file(chapter: Chapter) -> Chapter:
    key = chapter.own_picture
    return chapter.model_copy(update={"image": _file_name(key)}) if key else chapter


def _file_name(key: str) -> str:
    return key.rpartition("/")[2]


def _transcript(store: Store, record: Record, beside: str) -> Iterator[Returned | Problem]:
    by_type = {file.type: file for file in record.transcripts}
    file = by_type.get(VTT) or by_type.get(PLAIN)
    if file is None:
        return
    name = f"{beside}.vtt" if file.type == VTT else f"{beside}.transcript.txt"
    found = _object(store, file, name, record.digests.transcript or "")
    timeline = _timeline(record)
    if isinstance(found, Problem) or not timeline or file.type != VTT:
        yield found
        return
    body = _recorded_vtt(found.body, timeline)
    yield Returned(name, body, found.source_sha256) if body else _told(name)


def _recorded_vtt(body: bytes, timeline: tuple[Cut, ...]) -> bytes:
    """Return a published transcript in the recording's time; nothing if that loses anything."""
    from sendeturm.text import (  # noqa: PLC0415  # few episodes have a transcript
        maker_of,
        recorded_cues,
        shifted_cues,
        vtt,
    )

    published = _cues(body)
    written = vtt(recorded_cues(published, timeline), maker_of(body.decode("utf-8", "replace")))
    return written if shifted_cues(_cues(written), timeline) == published else b""


def _cues(body: bytes) -> tuple[Cue, ...]:
    from sendeturm.text import parse_transcript  # noqa: PLC0415  # the same

    return parse_transcript(body.decode("utf-8", "replace"), "vtt", "")[0]
