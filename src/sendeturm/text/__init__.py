"""What is written: clean text, slugs, show notes, chapters and transcripts; pure.

Names are imported when first asked for, so that reading a folder never pays for Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.text.chapter_json import chapters_json
    from sendeturm.text.chapters import is_chapter_list, parse_chapters
    from sendeturm.text.cleaning import clean, printable
    from sendeturm.text.notes import Notes, render_notes
    from sendeturm.text.slugs import (
        RESERVED_SLUGS,
        number_from_stem,
        slug,
        title_from_stem,
    )
    from sendeturm.text.speakers import tied_cues
    from sendeturm.text.stamps import has_stamps, note_chapters, retimed, stamps_html
    from sendeturm.text.timeline import (
        latest_ms,
        recorded_chapters,
        recorded_cues,
        shifted_chapters,
        shifted_cues,
    )
    from sendeturm.text.transcript_forms import maker_of, srt, transcript_html, transcript_text, vtt
    from sendeturm.text.transcripts import parse_transcript

__all__ = [
    "RESERVED_SLUGS",
    "Notes",
    "chapters_json",
    "clean",
    "has_stamps",
    "is_chapter_list",
    "latest_ms",
    "maker_of",
    "note_chapters",
    "number_from_stem",
    "parse_chapters",
    "parse_transcript",
    "printable",
    "recorded_chapters",
    "recorded_cues",
    "render_notes",
    "retimed",
    "shifted_chapters",
    "shifted_cues",
    "slug",
    "srt",
    "stamps_html",
    "tied_cues",
    "title_from_stem",
    "transcript_html",
    "transcript_text",
    "vtt",
]

__getattr__ = late(
    __name__,
    {
        "Notes": "notes",
        "RESERVED_SLUGS": "slugs",
        "chapters_json": "chapter_json",
        "clean": "cleaning",
        "stamps_html": "stamps",
        "retimed": "stamps",
        "latest_ms": "timeline",
        "maker_of": "transcript_forms",
        "note_chapters": "stamps",
        "has_stamps": "stamps",
        "is_chapter_list": "chapters",
        "number_from_stem": "slugs",
        "parse_chapters": "chapters",
        "parse_transcript": "transcripts",
        "printable": "cleaning",
        "recorded_chapters": "timeline",
        "recorded_cues": "timeline",
        "render_notes": "notes",
        "shifted_chapters": "timeline",
        "shifted_cues": "timeline",
        "slug": "slugs",
        "title_from_stem": "slugs",
        "transcript_text": "transcript_forms",
        "srt": "transcript_forms",
        "transcript_html": "transcript_forms",
        "tied_cues": "speakers",
        "vtt": "transcript_forms",
    },
)
